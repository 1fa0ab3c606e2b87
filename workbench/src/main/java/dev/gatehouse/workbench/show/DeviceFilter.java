package dev.gatehouse.workbench.show;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which devices somebody wants to see.
 *
 * @param name part of the name, in any case; empty for all
 * @param location part of the location, in any case; empty for all
 * @param condition how they are doing; empty for all
 */
public record DeviceFilter(String name, String location, Optional<Condition> condition) {

    static DeviceFilter from(Map<String, String> parameters) {
        return new DeviceFilter(
                parameters.getOrDefault("name", "").strip(),
                parameters.getOrDefault("location", "").strip(),
                Condition.named(parameters.getOrDefault("status", "")));
    }

    boolean hasText() {
        return !name.isEmpty() || !location.isEmpty();
    }

    /** Whether the texts fit; the tabs count these. */
    boolean fitsTexts(DeviceRow row) {
        return contains(row.device().name(), name) && contains(row.device().location(), location);
    }

    boolean fitsCondition(DeviceRow row) {
        return condition.isEmpty() || condition.get() == row.condition();
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /** The address of the same filter with another tab; an empty key means all. */
    public String tab(String key) {
        var address = UriComponentsBuilder.fromPath(DevicePages.LIST);
        add(address, "name", name);
        add(address, "location", location);
        add(address, "status", key);
        return address.encode().build().toUriString();
    }

    private static void add(UriComponentsBuilder address, String name, String value) {
        if (!value.isEmpty()) {
            address.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
        }
    }
}
