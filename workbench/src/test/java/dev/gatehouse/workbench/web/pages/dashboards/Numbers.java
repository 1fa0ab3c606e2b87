package dev.gatehouse.workbench.web.pages.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The numbers of a page that lead somewhere, and how many rows are there. */
final class Numbers {

    private static final Pattern LINK =
            Pattern.compile("<a\\s[^>]*?href=\"([^\"]+)\"[^>]*\\sdata-counts[^>]*>(.*?)</a>", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*");
    private static final Pattern ROW = Pattern.compile("<tr[^>]* data-key=");
    private static final Pattern KEY = Pattern.compile("<tr[^>]* data-key=\"([^\"]+)\"");
    private static final Pattern PREVIOUS = Pattern.compile("<a[^>]*?href=\"([^\"]+)\"[^>]*rel=\"prev\"");
    private static final Pattern NEXT = Pattern.compile("<a[^>]*?href=\"([^\"]+)\"[^>]*rel=\"next\"");

    private Numbers() {}

    /**
     * A number with a link.
     *
     * @param address where its rows are
     * @param text with what is said about it
     * @param value the number itself
     */
    record Count(String address, String text, int value) {}

    /** Those of a page, in its order. */
    static List<Count> of(String page) {
        var numbers = new ArrayList<Count>();
        var link = LINK.matcher(page);
        while (link.find()) {
            var text = link.group(2)
                    .replaceAll("<[^>]+>", " ")
                    .replaceAll("\\s+", " ")
                    .strip();
            var number = NUMBER.matcher(text);
            if (number.find()) {
                numbers.add(new Count(
                        link.group(1).replace("&amp;", "&"),
                        text,
                        Integer.parseInt(number.group().replace(",", ""))));
            }
        }
        return numbers;
    }

    /** How many rows a list has, on all of its pages. */
    static int rows(String address, UnaryOperator<String> open) {
        var rows = 0;
        var here = Optional.of(address);
        while (here.isPresent()) {
            var page = open.apply(here.get());
            rows += (int) ROW.matcher(page).results().count();
            here = NEXT.matcher(page)
                    .results()
                    .map(found -> found.group(1).replace("&amp;", "&"))
                    .findFirst();
        }
        return rows;
    }

    /** The keys of the rows of a page. */
    static List<String> keys(String page) {
        return KEY.matcher(page).results().map(found -> found.group(1)).toList();
    }

    /** Where the rows after those of a page are. */
    static String next(String page) {
        return at(NEXT, page);
    }

    /** Where the rows before those of a page are. */
    static String previous(String page) {
        return at(PREVIOUS, page);
    }

    private static String at(Pattern link, String page) {
        return link.matcher(page)
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .findFirst()
                .orElseThrow();
    }
}
