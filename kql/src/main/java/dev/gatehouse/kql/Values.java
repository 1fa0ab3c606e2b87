package dev.gatehouse.kql;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How values of Kusto's types look in Java, turn into each other and compare. {@code int} and {@code long} are both
 * {@code Long}; {@code dynamic} is a {@code JsonNode} and its JSON null is null.
 */
final class Values {

    /** Kusto keeps a dynamic value up to about a megabyte of text, which is this much in memory. */
    static final long HEAVIEST = 16_000_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Values() {}

    /** A cell as a column of that type may hold it; null where the tenant's table holds something else. */
    static @Nullable Object fit(@Nullable Object raw, Table.Type type) {
        if (raw == null) {
            return null;
        }
        return switch (type) {
            case STRING -> raw instanceof String ? raw : text(raw);
            case INT, LONG ->
                raw instanceof Long ? raw : raw instanceof Number number ? (Object) number.longValue() : null;
            case REAL ->
                raw instanceof Double ? raw : raw instanceof Number number ? (Object) number.doubleValue() : null;
            case BOOL -> raw instanceof Boolean ? raw : null;
            case DATETIME -> raw instanceof Instant ? raw : null;
            case TIMESPAN -> raw instanceof Duration ? raw : null;
            case DYNAMIC -> raw instanceof JsonNode node ? (isNothing(node) ? null : node) : json(raw);
        };
    }

    private static boolean isNothing(JsonNode node) {
        return node.isNull() || node.isMissingNode();
    }

    /** A value as part of a dynamic one; null for null. */
    static @Nullable JsonNode json(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonNode node -> isNothing(node) ? null : node;
            case Long number -> JsonNodeFactory.instance.numberNode(number);
            case Double number -> JsonNodeFactory.instance.numberNode(number);
            case Boolean bool -> JsonNodeFactory.instance.booleanNode(bool);
            default -> JsonNodeFactory.instance.stringNode(text(value));
        };
    }

    /** The simple value inside of a dynamic one; arrays and bags stay as they are. */
    static @Nullable Object plain(@Nullable Object value) {
        if (!(value instanceof JsonNode node)) {
            return value;
        }
        if (isNothing(node)) {
            return null;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.asDouble(Double.NaN);
        }
        return node;
    }

    /** As {@code tostring()}: empty for null, JSON for arrays and bags. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Instant instant -> Times.text(instant);
            case Duration span -> Times.text(span);
            case JsonNode node when node.isString() -> node.stringValue();
            case JsonNode node when isNothing(node) -> "";
            case JsonNode node -> node.toString();
            default -> value.toString();
        };
    }

    /** As {@code toint()}, {@code todatetime()} and so on: null where the value cannot be read as the type. */
    static @Nullable Object convert(@Nullable Object raw, Table.Type type) {
        @Nullable Object value = plain(raw);
        if (type == Table.Type.STRING) {
            return text(value);
        }
        if (value == null) {
            return null;
        }
        return switch (type) {
            case INT -> {
                @Nullable Long number = whole(value);
                yield number == null || number.intValue() != number ? null : number;
            }
            case LONG -> whole(value);
            case REAL -> real(value);
            case BOOL -> bool(value);
            case DATETIME ->
                switch (value) {
                    case Instant instant -> instant;
                    case String text -> Times.parseInstant(text).orElse(null);
                    case Long ticks -> Times.instant(ticks);
                    default -> null;
                };
            case TIMESPAN ->
                switch (value) {
                    case Duration span -> span;
                    case String text -> Times.parseSpan(text).orElse(null);
                    case Long ticks -> Times.span(ticks);
                    default -> null;
                };
            case DYNAMIC -> json(value);
            case STRING -> text(value);
        };
    }

    private static @Nullable Long whole(Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number.isNaN() || Math.abs(number) >= 0x1p63 ? null : (Long) number.longValue();
            case Boolean bool -> bool ? 1L : 0L;
            case Instant instant -> Times.ticks(instant);
            case Duration span -> Times.ticks(span);
            case String text -> wholeOf(text.strip());
            default -> null;
        };
    }

    private static @Nullable Long wholeOf(String text) {
        try {
            return text.startsWith("0x") || text.startsWith("0X")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseLong(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable Double real(Object value) {
        return switch (value) {
            case Double number -> number;
            case Long number -> number.doubleValue();
            case Boolean bool -> bool ? 1.0 : 0.0;
            case String text -> realOf(text.strip().toLowerCase(Locale.ROOT));
            default -> null;
        };
    }

    private static @Nullable Double realOf(String text) {
        switch (text) {
            case "nan" -> {
                return Double.NaN;
            }
            case "inf", "+inf" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                // Java also reads "1d" and "0x1p3", which Kusto does not.
                boolean ordinary = !text.isEmpty()
                        && text.length() <= 400
                        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.e".indexOf(c) >= 0);
                try {
                    return ordinary ? Double.valueOf(text) : null;
                } catch (NumberFormatException _) {
                    return null;
                }
            }
        }
    }

    private static @Nullable Boolean bool(Object value) {
        return switch (value) {
            case Boolean bool -> bool;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "1" -> true;
                    case "false", "0" -> false;
                    default -> null;
                };
            default -> null;
        };
    }

    /** As {@code parse_json()}: a text that is not JSON stays a text. */
    static @Nullable JsonNode parseJson(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        try {
            return json(JSON.readTree(stripped));
        } catch (JacksonException _) {
            return JsonNodeFactory.instance.stringNode(text);
        }
    }

    /** Whether two values that are not null are the same; {@code 1} and {@code 1.0} are. */
    static boolean same(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return compare(left, right) == 0;
        }
        return Objects.equals(left, right);
    }

    /** Values of different kinds, which only dynamic ones can be, are ordered by their texts. */
    static int compare(Object left, Object right) {
        if (left instanceof Long first && right instanceof Long second) {
            return first.compareTo(second);
        }
        if (left instanceof Number first && right instanceof Number second) {
            return Double.compare(first.doubleValue(), second.doubleValue());
        }
        if (left instanceof Instant first && right instanceof Instant second) {
            return first.compareTo(second);
        }
        if (left instanceof Duration first && right instanceof Duration second) {
            return first.compareTo(second);
        }
        if (left instanceof Boolean first && right instanceof Boolean second) {
            return first.compareTo(second);
        }
        return text(left).compareTo(text(right));
    }

    /** Bytes in memory, roughly. */
    static long weight(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> 40 + text.length();
            case JsonNode node -> jsonWeight(node, HEAVIEST);
            default -> 24;
        };
    }

    /** Gives up counting once it is too much, because parts may be shared many times over. */
    private static long jsonWeight(JsonNode node, long enough) {
        if (!node.isContainer()) {
            return node.isString() ? 56 + node.stringValue().length() : 32;
        }
        long weight = 64;
        for (JsonNode child : node) {
            weight += 48 + jsonWeight(child, enough - weight);
            if (weight > enough) {
                return weight;
            }
        }
        return weight;
    }

    /** Bytes in an answer's JSON, roughly. */
    static long answerSize(@Nullable Object value) {
        return switch (value) {
            case null -> 4;
            case String text -> 2 + text.length();
            case JsonNode node -> jsonWeight(node, HEAVIEST) / 2;
            default -> 28;
        };
    }

    static boolean isNumber(Table.Type type) {
        return type == Table.Type.INT || type == Table.Type.LONG || type == Table.Type.REAL;
    }

    static boolean isWhole(Table.Type type) {
        return type == Table.Type.INT || type == Table.Type.LONG;
    }

    /** The type's name in queries and messages. */
    static String name(Table.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
