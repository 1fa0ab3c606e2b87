package dev.gatehouse.workbench.web.pages.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody typed into the search box, understood. {@code host:dc01} asks for hosts alone; without a word before a colon
 * everything is searched, and what the text looks like comes first.
 *
 * @param typed as it was typed
 * @param text what to look for, without the word before the colon
 * @param only the one thing that is asked for
 * @param guess what the text looks like
 */
public record SearchQuery(String typed, String text, Optional<SearchTarget> only, Optional<SearchTarget> guess) {

    /** Shorter texts are in nearly everything. */
    static final int SHORTEST = 2;

    private static final int LONGEST = 200;

    private static final Pattern TARGETED = Pattern.compile("([a-zA-Z-]+):\\s*(.*)", Pattern.DOTALL);
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){1,2}\\.?|\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:.]{3,45}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");
    private static final Pattern CASE = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,9}-\\d{1,9}");
    private static final Pattern ACCOUNT = Pattern.compile("[^\\s\\\\@]*\\\\[^\\s\\\\]*|[^\\s@]+@\\S*|S-1-[\\d-]+");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");

    static SearchQuery of(String typed) {
        var whole = typed.strip();
        var cut = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
        var targeted = TARGETED.matcher(cut);
        if (targeted.matches()) {
            var only = SearchTarget.of(targeted.group(1));
            if (only.isPresent()) {
                return new SearchQuery(cut, targeted.group(2).strip(), only, Optional.empty());
            }
        }
        return new SearchQuery(cut, cut, Optional.empty(), guess(cut));
    }

    private static Optional<SearchTarget> guess(String text) {
        if (NUMBER.matcher(text).matches()) {
            return Optional.of(SearchTarget.VENDOR_INCIDENTS);
        }
        if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
            return Optional.of(SearchTarget.ADDRESSES);
        }
        if (HASH.matcher(text).matches()) {
            return Optional.of(SearchTarget.HASHES);
        }
        if (GUID.matcher(text).matches()) {
            return Optional.of(SearchTarget.DEVICES);
        }
        if (ACCOUNT.matcher(text).matches()) {
            return Optional.of(SearchTarget.ACCOUNTS);
        }
        return CASE.matcher(text).matches() ? Optional.of(SearchTarget.CASES) : Optional.empty();
    }

    /** Whether there is enough to look for. */
    public boolean isLongEnough() {
        return text.length() >= SHORTEST;
    }

    /** What to look for, in the order in which it is shown. */
    List<SearchTarget> targets() {
        return only.map(List::of)
                .or(() -> guess.map(SearchTarget::beginningWith))
                .orElse(Arrays.asList(SearchTarget.values()));
    }

    /** What the text was taken for, e.g. {@code It looks like an IP address: those come first.}; empty when for nothing. */
    public String hint() {
        return guess.map(target -> switch (target) {
                    case VENDOR_INCIDENTS -> "It looks like the number of a vendor incident: those come first.";
                    case ADDRESSES -> "It looks like an IP address: those come first.";
                    case HASHES -> "It looks like a hash: those come first.";
                    case DEVICES ->
                        "It looks like an id: devices come first, with their Directory and Application IDs.";
                    case ACCOUNTS -> "It looks like an account: those come first.";
                    case CASES -> "It looks like a number of an investigation: those come first.";
                    default -> target.title().toLowerCase(Locale.ROOT) + " come first.";
                })
                .orElse("");
    }
}
