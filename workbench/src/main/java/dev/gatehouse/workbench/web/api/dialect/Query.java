package dev.gatehouse.workbench.web.api.dialect;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;

/**
 * The query of a request: {@code filter[name]=…}, {@code sort=-created_at}, {@code page[limit]=50}.
 *
 * @param path of the request
 * @param parameters all of them, in the order received
 */
public record Query(String path, Map<String, List<String>> parameters) {

    private static final String OFFSET = "page[offset]";
    private static final String LIMIT = "page[limit]";

    /**
     * Reads the query.
     *
     * @throws Refusal when it is not properly encoded
     */
    public static Query of(HttpServletRequest request) {
        var parameters = new LinkedHashMap<String, List<String>>();
        try {
            request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        } catch (IllegalStateException e) {
            // Tomcat's word for %zz and the like.
            throw Refusal.body(
                    HttpStatus.BAD_REQUEST,
                    "The query is not properly encoded. Percent signs stand for bytes, for example %20.");
        }
        return new Query(request.getRequestURI(), parameters);
    }

    /**
     * Which part is wanted.
     *
     * @throws Refusal when that is no number
     */
    public Page page() {
        for (var name : parameters.keySet()) {
            if (name.startsWith("page[") && !name.equals(OFFSET) && !name.equals(LIMIT)) {
                throw Refusal.parameter(name, "There is only page[offset] and page[limit].");
            }
        }
        return new Page(number(OFFSET, 0), number(LIMIT, Page.USUAL_LIMIT));
    }

    private int number(String name, int usual) {
        var text = last(name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            var number = Integer.parseInt(text.get().strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, together with negative numbers.
        }
        throw Refusal.parameter(name, "%s must be a whole number from 0 to %d.".formatted(name, Integer.MAX_VALUE));
    }

    /** Whether a switch such as {@code flag[dry_run]} is on. */
    public boolean flag(String name) {
        return last("flag[" + name + "]")
                .filter(value -> value.equalsIgnoreCase("true"))
                .isPresent();
    }

    /**
     * The values of {@code filter[field]}; several times, and several with commas, both mean any of them.
     *
     * @param field for example {@code severity}, or {@code security_device][id} for a relation
     */
    public List<String> filter(String field) {
        return parameters.getOrDefault("filter[" + field + "]", List.of());
    }

    /**
     * Refuses filters that would silently be without effect.
     *
     * @param known the fields that there are
     */
    public void allowFilters(Set<String> known) {
        for (var name : parameters.keySet()) {
            if (name.startsWith("filter") && !known.contains(name.replaceAll("^filter\\[|]$", ""))) {
                throw Refusal.parameter(
                        name,
                        "There is no such filter. There are: %s."
                                .formatted(String.join(
                                        ", ",
                                        known.stream()
                                                .sorted()
                                                .map(field -> "filter[" + field + "]")
                                                .toList())));
            }
        }
    }

    /** The columns to sort by, such as {@code -created_at}; a leading plus is taken off. */
    public List<String> sort() {
        return parameters.getOrDefault("sort", List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                // A plus that was not encoded arrives as a blank.
                .map(column -> column.strip().replaceFirst("^\\+", ""))
                .toList();
    }

    /**
     * A time from a filter: ISO, with or without fraction, without a zone in UTC, or just a date.
     *
     * @throws Refusal when it is none
     */
    public static Instant time(String field, String text) {
        return Times.read(text).orElseThrow(() -> Refusal.parameter("filter[" + field + "]", Times.refusal(text)));
    }

    /** The same query for another part, without a host: a client sends its token wherever a link leads. */
    String link(Page page) {
        var parts = new ArrayList<String>();
        parameters.forEach((name, values) -> {
            if (!name.equals(OFFSET) && !name.equals(LIMIT)) {
                values.forEach(value -> parts.add(encoded(name) + "=" + encoded(value)));
            }
        });
        parts.add(encoded(OFFSET) + "=" + page.offset());
        parts.add(encoded(LIMIT) + "=" + page.limit());
        return path + "?" + String.join("&", parts);
    }

    private Optional<String> last(String name) {
        var values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
