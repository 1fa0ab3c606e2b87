package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.notifications.Delivery.Attempt;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was delivered of late, and what was not and why. Kept for {@link #KEPT}. */
@Component
public class Deliveries {

    /** How long events and their deliveries are kept. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;
    private final Fence fence;
    private final DeliverySignal signal;
    private final InstantSource clock;

    Deliveries(JdbcClient database, Fence fence, DeliverySignal signal, InstantSource clock) {
        this.database = database;
        this.fence = fence;
        this.signal = signal;
        this.clock = clock;
    }

    private static final String OF = "d.rule_organization_id";

    private static final String SELECT = """
            select d.*, e.event_name, e.at, e.subject_id, e.summary, e.data
            from notification_delivery d join notification_event e on e.id = d.event_id
            where {scope}
            """;

    private static final String COUNT = """
            select count(*) from (select from notification_delivery d
                                  where d.destination = :destination and {scope} limit 1001) c
            """;

    /**
     * The deliveries to an integration, the newest first.
     *
     * @param offset how many to skip
     */
    public Slice<Delivery> to(Scope scope, Integration integration, int offset, int limit) {
        var key = integration.destination().key();
        var total = scope.organizations(database, COUNT, OF)
                .param("destination", key)
                .query(Long.class)
                .single();
        var rows = scope.organizations(
                        database,
                        SELECT
                                + " and d.destination = :destination order by d.created_at desc, d.id limit :limit offset :offset",
                        OF)
                .param("destination", key)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> delivery(row))
                .list();
        return new Slice<>(rows, offset, Math.min(total, 1_000), total <= 1_000);
    }

    /** A delivery with what a webhook gets of it, as text. */
    public record Shown(Delivery delivery, String payload) {}

    /** One delivery to an integration. */
    public Optional<Shown> find(Scope scope, Integration integration, UUID id) {
        return scope.organizations(database, SELECT + " and d.id = :id and d.destination = :destination", OF)
                .param("id", id)
                .param("destination", integration.destination().key())
                .query((row, number) -> new Shown(
                        delivery(row), new String(Requests.body(DeliveryTable.message(row)), StandardCharsets.UTF_8)))
                .optional();
    }

    private static final String AGAIN = """
            update notification_delivery d set status = 'WAITING', attempts = 0, due_at = :now, claim = null, ended_at = null
            where d.id = :id and d.destination = :destination and (d.status <> 'WAITING' or d.claim is null) and {scope}
            """;

    /**
     * Sends a delivery on its way again, at once and with all its attempts. Its receiver knows it by the same guid.
     *
     * @return false when it is under way already
     */
    public boolean again(Scope scope, Integration integration, UUID id) {
        var rows = fence.write(() -> scope.organizations(database, AGAIN, OF)
                .param("id", id)
                .param("destination", integration.destination().key())
                .param("now", Columns.timestamp(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .update());
        signal.wake();
        return rows > 0;
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getString("rule_name"),
                row.getString("destination"),
                new Delivery.Event(row.getString("event_name"), row.getString("summary")),
                Delivery.Status.valueOf(row.getString("status")),
                row.getInt("attempts"),
                Columns.instant(row, "due_at"),
                Columns.instant(row, "created_at"),
                attempts(row.getString("log")));
    }

    private static List<Attempt> attempts(String log) {
        return JSON.readTree(log).valueStream().map(Deliveries::attempt).toList();
    }

    private static Attempt attempt(JsonNode node) {
        var status = node.path("status");
        return new Attempt(
                Instant.parse(node.path("at").asString()),
                status.isInt() ? OptionalInt.of(status.asInt()) : OptionalInt.empty(),
                node.path("cause").asString(""),
                node.path("millis").asLong(0));
    }
}
