package dev.gatehouse.workbench.web.api.dialect;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Filters that take one value, read from a query. What cannot be understood is refused with what there is.
 *
 * @param query where they stand
 */
public record Filters(Query query) {

    /** The relation of a resource to its device, as a filter has it. */
    public static final String DEVICE = "security_device][id";

    /** The id of a device. */
    public Optional<UUID> device() {
        return first(DEVICE).map(text -> {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw Refusal.parameter("filter[" + DEVICE + "]", "'%s' is no id of a device.".formatted(text));
            }
        });
    }

    /** A time. */
    public Optional<Instant> time(String name) {
        return first(name).map(text -> Query.time(name, text));
    }

    /**
     * One of several things.
     *
     * @param all of them
     * @param key what each is called
     */
    public <T> Optional<T> one(String name, T[] all, Function<T, String> key) {
        return first(name).map(text -> Arrays.stream(all)
                .filter(each -> key.apply(each).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Refusal.parameter(
                        "filter[" + name + "]",
                        "There is no %s '%s'. There are: %s."
                                .formatted(
                                        name, text, Arrays.stream(all).map(key).collect(Collectors.joining(", "))))));
    }

    private Optional<String> first(String name) {
        return query.filter(name).stream().findFirst().map(String::strip);
    }
}
