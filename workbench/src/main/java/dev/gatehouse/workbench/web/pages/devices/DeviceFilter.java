package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Condition;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which devices somebody wants to see.
 *
 * @param name part of the name, in any case; empty for all
 * @param location part of the location, in any case; empty for all
 * @param condition how they are doing; empty for all
 * @param page counted from one
 */
public record DeviceFilter(String name, String location, Optional<Condition> condition, int page) {

    static final int ROWS = 50;

    /** Every device. */
    static DeviceFilter all() {
        return new DeviceFilter("", "", Optional.empty(), 1);
    }

    static DeviceFilter from(QueryParameters parameters) {
        return new DeviceFilter(
                parameters.text("name"),
                parameters.text("location"),
                parameters.oneOf("status", "status", Condition.values(), Condition::key),
                parameters.page());
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

    /** Its page of rows. */
    Slice<DeviceRow> pageOf(List<DeviceRow> rows) {
        var offset = (page - 1) * ROWS;
        return new Slice<>(
                rows.subList(Math.min(offset, rows.size()), Math.min(offset + ROWS, rows.size())), offset, rows.size());
    }

    /** The address of this filter, on its first page. */
    public Address address() {
        return tab(condition.map(Condition::key).orElse(""));
    }

    /** The address of the same filter with another tab; an empty key means all. */
    public Address tab(String key) {
        return Address.of(DevicePages.LIST)
                .with("name", name)
                .with("location", location)
                .with("status", key);
    }
}
