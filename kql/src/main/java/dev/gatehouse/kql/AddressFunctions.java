package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Functions for IPv4 addresses. */
final class AddressFunctions {

    private AddressFunctions() {}

    static void addTo(Definitions definitions) {
        definitions.define(
                "ipv4_is_private", Table.Type.BOOL, List.of(Takes.ANYTHING), 1, (call, row) -> Addresses.range(
                                call.text(0, row))
                        .map(range -> Addresses.PRIVATE.stream().anyMatch(range::isInside))
                        .orElse(null));
        definitions.define(
                "ipv4_is_in_range",
                Table.Type.BOOL,
                Takes.two(),
                2,
                (call, row) -> inRange(call.text(0, row), call.text(1, row)));
        definitions.define(
                "ipv4_is_match",
                Table.Type.BOOL,
                Takes.two(),
                2,
                (call, row) -> inRange(call.text(0, row), call.text(1, row)));
        definitions.defineRepeating("ipv4_is_in_any_range", Table.Type.BOOL, Takes.two(), 2, (call, row) -> {
            String address = call.text(0, row);
            List<String> ranges = new ArrayList<>();
            for (int i = 1; i < call.count(); i++) {
                if (call.type(i) == Table.Type.DYNAMIC) {
                    DynamicFunctions.elements(call, i, row)
                            .forEach(element -> ranges.add(Values.text(Values.json(element))));
                } else {
                    ranges.add(call.text(i, row));
                }
            }
            call.budget().spend(ranges.size());
            return Addresses.range(address).isEmpty()
                    ? null
                    : (Object) ranges.stream().anyMatch(range -> Boolean.TRUE.equals(inRange(address, range)));
        });
        definitions.define("parse_ipv4", Table.Type.LONG, List.of(Takes.ANYTHING), 1, (call, row) -> Addresses.range(
                        call.text(0, row))
                .map(Addresses.Range::first)
                .orElse(null));
    }

    private static @Nullable Boolean inRange(String address, String range) {
        Optional<Addresses.Range> inner = Addresses.range(address);
        Optional<Addresses.Range> outer = Addresses.range(range);
        if (inner.isEmpty() || outer.isEmpty()) {
            return null;
        }
        return inner.get().isInside(outer.get());
    }
}
