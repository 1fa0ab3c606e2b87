package dev.gatehouse.workbench.web.frame;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the address of a list asks for. A value that there is not, as old and hand-written links may have it, does not filter
 * and is noted, so that the page can say that it was left out: nobody takes a list of all for the answer to a question.
 *
 * <p>Read all that the list knows, then put {@link #leftOut()} into the model under {@link #LEFT_OUT}; the frame shows it.
 */
public final class QueryParameters {

    /** Where the model of a page has what was left out. */
    public static final String LEFT_OUT = "leftOut";

    /** The zone that times in an address are in; UTC without it. */
    public static final String ZONE = "zone";

    private static final int LAST_PAGE = 100_000;

    private final Map<String, String> parameters;
    private final Set<String> known = new HashSet<>(Set.of(ZONE));
    private final List<String> leftOut = new ArrayList<>();

    private QueryParameters(Map<String, String> parameters) {
        this.parameters = Map.copyOf(parameters);
    }

    /** Those of an address. */
    public static QueryParameters of(Map<String, String> parameters) {
        return new QueryParameters(parameters);
    }

    /** A text as it was typed, without the blanks around it; empty when there is none. */
    public String text(String name) {
        known.add(name);
        return parameters.getOrDefault(name, "").strip();
    }

    /**
     * One of several.
     *
     * @param name in the address, e.g. {@code severity}
     * @param word what it is called to people, e.g. {@code severity}
     * @param all those that there are
     * @param key what each is called in the address
     * @return empty when nothing is asked for, or something that there is not
     */
    public <T> Optional<T> oneOf(String name, String word, Collection<T> all, Function<T, String> key) {
        var text = text(name);
        var found = all.stream().filter(each -> key.apply(each).equals(text)).findFirst();
        if (found.isEmpty() && !text.isEmpty()) {
            leaveOut(word, text);
        }
        return found;
    }

    /** One of several. */
    public <T> Optional<T> oneOf(String name, String word, T[] all, Function<T, String> key) {
        return oneOf(name, word, Arrays.asList(all), key);
    }

    /** An id, whatever it leads to; empty when there is none. */
    public Optional<UUID> id(String name, String word) {
        var text = text(name);
        var found = Typed.id(text);
        if (found.isEmpty() && !text.isEmpty()) {
            leaveOut(word, text);
        }
        return found;
    }

    /** A date and time, in the {@link #ZONE} of the address; empty when there is none. */
    public Optional<Instant> time(String name, String word) {
        var text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(text).atZone(zone()).toInstant());
        } catch (DateTimeException e) {
            leftOut.add("The %s '%s' is no date and time such as 2026-11-23T09:00: it was left out."
                    .formatted(word, brief(text)));
            return Optional.empty();
        }
    }

    /** A day, e.g. {@code 2026-11-23}; empty when there is none. */
    public Optional<LocalDate> day(String name, String word) {
        var text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            leaveOut(word, text);
            return Optional.empty();
        }
    }

    /** The zone that the address's times are in. */
    public ZoneId zone() {
        return Preferences.zone(parameters.getOrDefault(ZONE, "")).orElse(ZoneOffset.UTC);
    }

    /** Whether something is set that only can be or not, e.g. {@code merged=show}. */
    public boolean is(String name, String word, String value) {
        return oneOf(name, word, List.of(value), Function.identity()).isPresent();
    }

    /** Which page of a numbered list, counted from one. */
    public int page() {
        var text = text("page");
        if (text.isEmpty()) {
            return 1;
        }
        try {
            return Math.clamp(Integer.parseInt(text), 1, LAST_PAGE);
        } catch (NumberFormatException e) {
            leaveOut("page", text);
            return 1;
        }
    }

    private void leaveOut(String word, String text) {
        leftOut.add("There is no %s '%s': it was left out.".formatted(word, brief(text)));
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** A sentence for each value that was asked for and that there is not. */
    public List<String> leftOutValues() {
        return List.copyOf(leftOut);
    }

    public boolean hasLeftOutValues() {
        return !leftOut.isEmpty();
    }

    /** A sentence for each thing that was asked for and that there is not, names of filters included. */
    public List<String> leftOut() {
        var all = new ArrayList<>(leftOut);
        parameters.forEach((name, value) -> {
            if (!known.contains(name) && !value.isBlank()) {
                all.add("There is no filter '%s' here: it was left out.".formatted(brief(name)));
            }
        });
        return List.copyOf(all);
    }
}
