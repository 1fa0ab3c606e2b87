package dev.gatehouse.workbench.web.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How somebody wants to see pages. It is kept in cookies, so that the server draws each page as it is wanted, for people and
 * machines that have no script as well.
 *
 * @param density how close rows stand
 * @param zone that times are shown in; empty when nobody has said, which means UTC
 * @param hidden the keys of the columns that are not shown, by the name of the list
 * @param letters whether one letter alone does something
 */
public record Preferences(Density density, Optional<ZoneId> zone, Map<String, Set<String>> hidden, boolean letters) {

    /** The cookie that holds the zone, e.g. {@code Europe/Berlin}. The script writes it as well, see gatehouse.js. */
    static final String ZONE = "gatehouse-zone";

    static final String DENSITY = "gatehouse-density";
    static final String LETTERS = "gatehouse-letters";
    static final String OFF = "off";
    static final String COLUMNS = "gatehouse-columns-";

    /** What lists and columns are called in cookies, forms and templates. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,40}");

    /** Chosen by the reader; nothing is known of whoever has no cookies. */
    public static final Preferences NONE = new Preferences(Density.COMFORTABLE, Optional.empty(), Map.of(), true);

    /** How close rows stand. */
    public enum Density {
        COMFORTABLE("Comfortable"),
        COMPACT("Compact");

        private final String title;

        Density(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** The word in cookies, forms and the style sheet. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Density> of(String key) {
            return Arrays.stream(values())
                    .filter(density -> density.key().equals(key))
                    .findFirst();
        }
    }

    public Preferences {
        hidden = Map.copyOf(hidden);
    }

    /** What the cookies of a request say. One that makes no sense counts as none. */
    static Preferences of(HttpServletRequest request) {
        var cookies = Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .collect(Collectors.toMap(Cookie::getName, Cookie::getValue, (first, second) -> first));
        return new Preferences(
                Density.of(cookies.getOrDefault(DENSITY, "")).orElse(Density.COMFORTABLE),
                zone(cookies.getOrDefault(ZONE, "")),
                cookies.keySet().stream()
                        .filter(name -> name.startsWith(COLUMNS))
                        .collect(Collectors.toMap(
                                name -> name.substring(COLUMNS.length()),
                                name -> names(cookies.getOrDefault(name, ""))))
                        .entrySet()
                        .stream()
                        .filter(list -> isName(list.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                !cookies.getOrDefault(LETTERS, "").equals(OFF));
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split("\\.", -1)).filter(Preferences::isName).collect(Collectors.toSet());
    }

    /** Whether a list or a column can be called that. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The zone of that name; empty when there is none. Escaped slashes are those of cookies. */
    static Optional<ZoneId> zone(String name) {
        try {
            return name.isBlank() ? Optional.empty() : Optional.of(ZoneId.of(name.replace("%2F", "/")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The zone that a form or an address names; UTC when it names none that there is. */
    public static ZoneId zoneOrUtc(String name) {
        return zone(name).orElse(ZoneOffset.UTC);
    }

    /** The zone in which times are shown and typed. */
    public ZoneId zoneOrUtc() {
        return zone.orElse(ZoneOffset.UTC);
    }

    /** Whether a list shows a column; it does unless somebody has taken it away. */
    public boolean shows(String list, String column) {
        return !hidden.getOrDefault(list, Set.of()).contains(column);
    }

    /** How many of these columns a list shows, for a cell that stands below all of them. */
    public int count(String list, Iterable<Column> columns) {
        var shown = new LinkedHashSet<String>();
        columns.forEach(column -> {
            if (shows(list, column.key())) {
                shown.add(column.key());
            }
        });
        return shown.size();
    }

    /** Remembers what a list does not show, as its cookie has it. */
    static String text(Set<String> hidden) {
        return hidden.stream().sorted().map(Function.identity()).collect(Collectors.joining("."));
    }
}
