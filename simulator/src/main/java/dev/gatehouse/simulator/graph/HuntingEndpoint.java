package dev.gatehouse.simulator.graph;

import dev.gatehouse.kql.Kql;
import dev.gatehouse.kql.KqlException;
import dev.gatehouse.kql.KqlLimits;
import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import dev.gatehouse.simulator.world.Defender;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1.0/security/runHuntingQuery}: a query over the tenant's tables. */
final class HuntingEndpoint {

    static final String ROLES = "ThreatHunting.Read.All";

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    ObjectNode answer(Request request, Defender defender, GraphBehaviour behaviour, Instant now) throws Refused {
        var body = body(request);
        var query =
                text(body, "Query").orElseThrow(() -> Refused.badRequest("The parameter 'Query' is missing or empty."));
        var timespan = Timespan.parse(text(body, "Timespan"), now);
        var result = run(query, defender, timespan, now);

        var answer = Json.object()
                .put("@odata.context", request.base() + "/v1.0/$metadata#microsoft.graph.security.huntingQueryResults");
        var schema = answer.putArray("schema");
        result.columns().forEach(column -> schema.addObject()
                .put("name", column.name())
                .put("type", column.type().graphName()));
        var results = answer.putArray("results");
        for (var row : result.rows()) {
            var node = results.addObject();
            result.columns().forEach(column -> node.set(column.name(), json(row.get(column.name()), behaviour)));
        }
        return answer;
    }

    private static Table run(String query, Defender defender, Timespan timespan, Instant now) throws Refused {
        try {
            return Kql.run(
                    query,
                    name -> defender.table(name, now).map(table -> within(table, timespan)),
                    now,
                    KqlLimits.microsofts());
        } catch (KqlException exception) {
            var message = String.valueOf(exception.getMessage());
            throw switch (exception.kind()) {
                case SYNTAX, SEMANTIC, TOO_LARGE -> Refused.badRequest(message);
                case TIMED_OUT -> new Refused(504, "UnknownError", message);
            };
        }
    }

    /** The rows of that time. A table without timestamps is not bounded by it. */
    private static Table within(Table table, Timespan timespan) {
        var rows = table.rows().stream()
                .filter(row -> !(row.get("Timestamp") instanceof Instant instant) || timespan.contains(instant))
                .toList();
        return new Table(table.name(), table.columns(), rows);
    }

    private static JsonNode body(Request request) throws Refused {
        try {
            var body = Json.parse(request.body());
            if (body.isObject()) {
                return body;
            }
        } catch (IllegalArgumentException _) {
            // Refused below, together with JSON that is not an object.
        }
        throw Refused.badRequest(
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload"
                        + " is of valid JSON format.");
    }

    /** A parameter. Examples spell it with a capital, the metadata without. */
    private static Optional<String> text(JsonNode body, String name) {
        return body.propertyStream()
                .filter(property -> property.getKey().equalsIgnoreCase(name))
                .map(property -> property.getValue().asString(""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private static JsonNode json(@Nullable Object value, GraphBehaviour behaviour) {
        var nodes = Json.object();
        return switch (value) {
            case null -> nodes.nullNode();
            case String text -> nodes.stringNode(text);
            case Long number -> nodes.numberNode(number);
            case Integer number -> nodes.numberNode(number);
            // JSON has no word for these; Kusto writes them as text.
            case Double number when number.isNaN() || number.isInfinite() -> nodes.stringNode(number.toString());
            case Double number -> nodes.numberNode(number);
            // The type SByte is a number.
            case Boolean truth -> nodes.numberNode(truth ? 1 : 0);
            case Instant instant -> nodes.stringNode(TIMESTAMP.format(instant));
            case Duration duration -> nodes.stringNode(timespan(duration));
            case JsonNode node ->
                behaviour.dynamicColumns() == GraphBehaviour.DynamicColumns.AS_TEXT
                        ? nodes.stringNode(node.toString())
                        : node;
            default -> throw new IllegalStateException("A table cannot hold a " + value.getClass());
        };
    }

    /** .NET's {@code [-][d.]hh:mm:ss[.fffffff]}. */
    private static String timespan(Duration duration) {
        var length = duration.abs();
        var fraction = length.toNanosPart() / 100;
        return "%s%s%02d:%02d:%02d%s"
                .formatted(
                        duration.isNegative() ? "-" : "",
                        length.toDaysPart() == 0 ? "" : length.toDaysPart() + ".",
                        length.toHoursPart(),
                        length.toMinutesPart(),
                        length.toSecondsPart(),
                        fraction == 0 ? "" : ".%07d".formatted(fraction));
    }
}
