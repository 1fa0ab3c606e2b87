package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Where deliveries wait, and what became of them. However many there are, each step is one statement. */
@Component
class DeliveryTable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;
    private final Fence fence;
    private final InstantSource clock;

    DeliveryTable(JdbcClient database, Fence fence, InstantSource clock) {
        this.database = database;
        this.fence = fence;
        this.clock = clock;
    }

    /** That a rule wants to have an event told to somebody. */
    record Wanted(Told told, NotificationRule rule, Destination destination) {}

    private static final String ADD = """
            with told as (
                insert into notification_event (id, organization_id, event_name, at, subject_id, summary, data)
                select r.id, r.organization_id, r.event_name, r.at, r.subject_id, r.summary, r.data::json
                from jsonb_to_recordset(:events::jsonb) as r (id uuid, organization_id uuid, event_name text, at timestamptz,
                     subject_id uuid, summary text, data text)
            )
            insert into notification_delivery (id, event_id, organization_id, rule_organization_id, rule_id, rule_name, destination,
                                               status, attempts, due_at, created_at, log)
            select r.id, r.event_id, r.organization_id, r.rule_organization_id, r.rule_id, r.rule_name, r.destination,
                   'WAITING', 0, :now, :now, '[]'
            from jsonb_to_recordset(:deliveries::jsonb) as r (id uuid, event_id uuid, organization_id uuid,
                 rule_organization_id uuid, rule_id uuid, rule_name text, destination text)
            """;

    /** Adds deliveries with the events that they tell, a part of the transaction in which these happen. */
    void add(Collection<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        var ids = wanted.stream()
                .map(Wanted::told)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), any -> UUID.randomUUID()));
        var events = JSON.createArrayNode();
        ids.forEach((told, id) -> events.addObject()
                .put("id", id.toString())
                .put("organization_id", told.organization().toString())
                .put("event_name", told.event().key())
                .put("at", Columns.timestamp(told.at()).toString())
                .put("subject_id", told.subject().toString())
                .put("summary", told.content().summary())
                .put(
                        "data",
                        Columns.text(
                                JSON.writeValueAsString(told.content().data()).replace("\\u0000", "\\uFFFD"))));
        var deliveries = JSON.createArrayNode();
        for (var one : wanted) {
            deliveries
                    .addObject()
                    .put("id", UUID.randomUUID().toString())
                    .put("event_id", String.valueOf(ids.get(one.told())))
                    .put("organization_id", one.told().organization().toString())
                    .put(
                            "rule_organization_id",
                            one.rule()
                                    .owner()
                                    .organization()
                                    .map(UUID::toString)
                                    .orElse(null))
                    .put("rule_id", one.rule().id().toString())
                    .put("rule_name", one.rule().terms().name())
                    .put("destination", one.destination().key());
        }
        fence.run(() -> database.sql(ADD)
                .param("events", JSON.writeValueAsString(events))
                .param("deliveries", JSON.writeValueAsString(deliveries))
                .param("now", Columns.timestamp(now()))
                .update());
    }

    /**
     * A delivery that this process tries now.
     *
     * @param claim its right to say what came of it
     * @param destination where it goes
     * @param organization whose event it is
     * @param attempts how often it was tried before
     */
    record Claimed(UUID claim, Destination destination, UUID organization, int attempts, Message message) {}

    // What is claimed and not due yet is being tried by somebody. The first part visits each destination once, whatever
    // number of deliveries waits for it.
    private static final String CLAIM = """
            with recursive waiting as (
                (select destination from notification_delivery where status = 'WAITING' order by destination limit 1)
                union all
                select (select d.destination from notification_delivery d
                        where d.status = 'WAITING' and d.destination > w.destination order by d.destination limit 1)
                from waiting w where w.destination is not null
            ), room as (
                select w.destination, :perDestination - (select count(*) from notification_delivery b
                       where b.destination = w.destination and b.status = 'WAITING' and b.claim is not null and b.due_at > :now) as free
                from waiting w where w.destination is not null
            ), next as (
                select n.id from room r
                cross join lateral (
                    select d.id, d.due_at from notification_delivery d
                    where d.status = 'WAITING' and d.destination = r.destination and d.due_at <= :now
                    order by d.due_at limit greatest(r.free, 0)
                ) n
                order by n.due_at limit :most
            ), locked as (
                select d.id from notification_delivery d join next using (id)
                where d.status = 'WAITING' and d.due_at <= :now for update of d skip locked
            )
            update notification_delivery d set claim = gen_random_uuid(), due_at = :until
            from locked, notification_event e
            where d.id = locked.id and e.id = d.event_id
            returning d.id, d.claim, d.destination, d.organization_id, d.attempts, d.rule_name, e.event_name, e.at, e.subject_id, e.summary, e.data
            """;

    /**
     * Takes deliveries that are due, so that nobody else tries them for a while.
     *
     * @param most as many as this process has room for
     * @param perDestination as many as may be tried at once for each destination, by all processes together
     * @param patience after which somebody else may try them
     */
    List<Claimed> claim(int most, int perDestination, Duration patience) {
        var now = now();
        return fence.write(() -> database.sql(CLAIM)
                .param("most", most)
                .param("perDestination", perDestination)
                .param("now", Columns.timestamp(now))
                .param("until", Columns.timestamp(now.plus(patience)))
                .query((row, number) -> claimed(row))
                .list());
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                row.getObject("claim", UUID.class),
                Destination.of(row.getString("destination")).orElseThrow(),
                row.getObject("organization_id", UUID.class),
                row.getInt("attempts"),
                message(row));
    }

    static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                row.getString("rule_name"),
                row.getString("event_name"),
                Columns.instant(row, "at"),
                row.getObject("subject_id", UUID.class),
                row.getString("summary"),
                JSON.readTree(row.getString("data")));
    }

    private static final String END = """
            update notification_delivery set status = :status, attempts = :attempts, due_at = :due, claim = null, ended_at = :ended,
                log = log || :attempt::jsonb
            where id = :id and claim = :claim
            """;

    /** Notes what came of an attempt. Somebody who took too long has no say any more. */
    void end(Claimed claimed, Receipt receipt, Duration took) {
        var now = now();
        var attempts = claimed.attempts() + 1;
        var next = receipt instanceof Receipt.Refused ? RetryTimes.after(attempts) : Optional.<Duration>empty();
        var status =
                switch (receipt) {
                    case Receipt.Taken taken -> Delivery.Status.DELIVERED;
                    case Receipt.Refused refused -> next.isPresent() ? Delivery.Status.WAITING : Delivery.Status.FAILED;
                    case Receipt.RefusedForGood refused -> Delivery.Status.FAILED;
                };
        var attempt = JSON.createObjectNode().put("at", now.toString()).put("cause", Columns.text(receipt.cause()));
        receipt.status().ifPresent(code -> attempt.put("status", code));
        attempt.put("millis", took.toMillis());
        fence.run(() -> database.sql(END)
                .param("id", claimed.message().id())
                .param("claim", claimed.claim())
                .param("status", status.name())
                .param("attempts", attempts)
                .param("due", Columns.timestamp(now.plus(next.orElse(Duration.ZERO))))
                .param("ended", next.isPresent() ? null : Columns.timestamp(now), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("attempt", JSON.writeValueAsString(attempt))
                .update());
    }

    private static final String COUNT = """
            select count(*) filter (where status = 'WAITING') as waiting, count(*) filter (where status = 'FAILED') as failed
            from notification_delivery where status = 'WAITING' or (status = 'FAILED' and created_at > :since)
            """;

    /** How many wait, and how many were given up of those of the last day. */
    record Numbers(long waiting, long failed) {}

    Numbers numbers() {
        return database.sql(COUNT)
                .param("since", Columns.timestamp(now().minus(Duration.ofDays(1))))
                .query((row, number) -> new Numbers(row.getLong("waiting"), row.getLong("failed")))
                .single();
    }

    private static final String FORGET = """
            delete from notification_event where id in (
                select e.id from notification_event e
                where e.at < :before
                  and not exists (select from notification_delivery d where d.event_id = e.id and d.status = 'WAITING')
                order by e.at limit :most for update skip locked)
            """;

    /**
     * Forgets old events with all their deliveries, but for those that still wait.
     *
     * @param most so many at once
     * @return how many were forgotten
     */
    int forget(Instant before, int most) {
        return fence.write(() -> database.sql(FORGET)
                .param("before", Columns.timestamp(before))
                .param("most", most)
                .update());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
