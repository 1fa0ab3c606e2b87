package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.workbench.platform.database.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a resource is known by: one column of its table, or several that stand in an id as {@code one:two}.
 *
 * @param parts in the order in which they stand in an id
 */
public record Key(List<Part> parts) {

    public Key {
        parts = List.copyOf(parts);
    }

    /**
     * A column.
     *
     * @param type of PostgreSQL: {@code uuid}, {@code bigint} or {@code text}
     */
    public record Part(String column, String type) {

        boolean fits(String value) {
            return switch (type) {
                case "uuid" -> isUuid(value);
                case "bigint" -> value.matches("\\d{1,18}");
                default -> value.indexOf('\0') < 0;
            };
        }

        private static boolean isUuid(String value) {
            try {
                return UUID.fromString(value).toString().equalsIgnoreCase(value);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    public static Key uuid(String column) {
        return new Key(List.of(new Part(column, "uuid")));
    }

    public static Key number(String column) {
        return new Key(List.of(new Part(column, "bigint")));
    }

    public static Key text(String column) {
        return new Key(List.of(new Part(column, "text")));
    }

    /** A directory's, and Microsoft's id of something in it. */
    public static Key ofTenant(String tenant, String id) {
        return new Key(List.of(new Part(tenant, "uuid"), new Part(id, "text")));
    }

    /** The first parts: what is known of something by the first of its columns alone. */
    Key beginning(int length) {
        return new Key(parts.subList(0, length));
    }

    List<String> columns() {
        return parts.stream().map(Part::column).toList();
    }

    /**
     * The values that an id stands for; empty when it cannot be one of this kind.
     *
     * @param id as it stands in a document, or in an address
     */
    Optional<List<String>> read(String id) {
        var values = split(id);
        if (values.size() != parts.size()) {
            return Optional.empty();
        }
        for (var place = 0; place < parts.size(); place++) {
            if (!parts.get(place).fits(values.get(place))) {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(values));
    }

    /** Microsoft's id is all that stands behind the first colon of two values; of more than two, each is escaped. */
    private List<String> split(String id) {
        return switch (parts.size()) {
            case 1 -> List.of(AddressedId.read(id.strip()));
            case 2 -> {
                var colon = id.indexOf(':');
                yield colon < 0
                        ? List.of(id)
                        : List.of(
                                id.substring(0, colon).strip(), Columns.key(AddressedId.read(id.substring(colon + 1))));
            }
            default -> Arrays.stream(id.split(":", -1)).map(AddressedId::read).toList();
        };
    }

    /** The id of a resource as it stands in documents. */
    static String id(List<String> values) {
        return values.size() > 2
                ? values.stream().map(AddressedId::of).collect(Collectors.joining(":"))
                : String.join(":", values);
    }

    /** The id as it stands in addresses. */
    static String address(List<String> values) {
        return values.stream().map(AddressedId::of).collect(Collectors.joining(":"));
    }
}
