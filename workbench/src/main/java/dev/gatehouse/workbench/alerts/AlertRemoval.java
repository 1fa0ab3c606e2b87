package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.records.OldRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes alerts that were closed long ago, with their vendor alerts and all else that belongs to them alone. An alert stays while
 * it is not closed or is in an investigation, and until nothing of it has changed for as long. The counters of what there is follow;
 * the sums by day say what there was, and stay.
 *
 * <p>Alerts that somebody is changing are passed over. Whoever wants to change one that is being removed waits, and hears then that
 * it is not there any more.
 */
@Component
class AlertRemoval {

    /** Of a portion, in vendor alerts; a single alert may have more. */
    private static final int MOST_VENDOR_ALERTS = 5_000;

    private final JdbcClient database;
    private final Fence fence;
    private final OldRecords records;
    private final ObjectProvider<AlertRemovalPart> parts;

    AlertRemoval(JdbcClient database, Fence fence, OldRecords records, ObjectProvider<AlertRemovalPart> parts) {
        this.database = database;
        this.fence = fence;
        this.records = records;
        this.parts = parts;
    }

    /**
     * A place in the order in which alerts become due.
     *
     * @param updated when the last one changed last, by our clock
     * @param id of the last one
     */
    record Place(Instant updated, UUID id) {

        /** Before all of them. */
        static final Place FIRST = new Place(Instant.EPOCH, new UUID(0, 0));
    }

    /**
     * What became of a portion.
     *
     * @param alerts how many were removed
     * @param vendorAlerts how many went with them
     * @param versions how many versions these had
     * @param next behind which the next portion begins; empty after the last one
     */
    record Portion(int alerts, int vendorAlerts, int versions, Optional<Place> next) {}

    /** An alert that may go, and how much goes with it. */
    private record Due(Place place, int vendorAlerts) {}

    private static final String DUE = """
            select a.id, a.updated_at, a.vendor_alerts from alert a
            where a.status = 'CLOSED' and a.investigation_id is null
              and a.updated_at < :before and a.closed_at < :before and (a.updated_at, a.id) > (:at, :id)
            order by a.updated_at, a.id limit :most
            for update skip locked
            """;

    /**
     * Removes the next portion.
     *
     * @param before which alerts were closed and changed last, by our clock
     * @param place behind which to go on
     * @param most how many to look at
     */
    Portion next(Instant before, Place place, int most) {
        return fence.write(() -> {
            var found = database.sql(DUE)
                    .param("before", Columns.timestamp(before))
                    .param("at", Columns.timestamp(place.updated()))
                    .param("id", place.id())
                    .param("most", most)
                    .query((row, number) -> new Due(
                            new Place(Columns.instant(row, "updated_at"), row.getObject("id", UUID.class)),
                            row.getInt("vendor_alerts")))
                    .list();
            if (found.isEmpty()) {
                return new Portion(0, 0, 0, Optional.empty());
            }
            var due = portion(found);
            var next = due.size() < found.size() || found.size() == most
                    ? Optional.of(due.getLast().place())
                    : Optional.<Place>empty();
            return remove(due.stream().map(each -> each.place().id()).toList(), before, next);
        });
    }

    private static List<Due> portion(List<Due> found) {
        var portion = new ArrayList<Due>();
        var vendorAlerts = 0;
        for (var each : found) {
            vendorAlerts += each.vendorAlerts();
            if (!portion.isEmpty() && vendorAlerts > MOST_VENDOR_ALERTS) {
                break;
            }
            portion.add(each);
        }
        return portion;
    }

    private static final String MEMBERS =
            "select alert_id, tenant_id, vendor_alert_id from alert_vendor_alert where alert_id = any (:alerts)";

    private record Member(UUID alert, OldRecords.Key vendorAlert) {}

    private Portion remove(List<UUID> due, Instant before, Optional<Place> next) {
        var members = of(MEMBERS, due)
                .query((row, number) -> new Member(
                        row.getObject("alert_id", UUID.class),
                        new OldRecords.Key(
                                new TenantId(row.getObject("tenant_id", UUID.class)),
                                row.getString("vendor_alert_id"))))
                .list();
        var stay = staying(due, members, before);
        var alerts = due.stream().filter(id -> !stay.contains(id)).toList();
        if (alerts.isEmpty()) {
            return new Portion(0, 0, 0, next);
        }
        database.sql("set constraints all deferred").update();
        parts.forEach(part -> part.removing(alerts));
        removeRows(alerts);
        var removed = records.remove(members.stream()
                .filter(member -> !stay.contains(member.alert()))
                .map(Member::vendorAlert)
                .toList());
        return new Portion(alerts.size(), removed.records(), removed.versions(), next);
    }

    private Set<UUID> staying(List<UUID> due, List<Member> members, Instant before) {
        var stay = new HashSet<UUID>();
        parts.forEach(part -> stay.addAll(part.changed(due, before)));
        var alertOf = members.stream().collect(Collectors.toMap(Member::vendorAlert, Member::alert));
        records.holdAllBut(alertOf.keySet(), before).forEach(key -> stay.add(alertOf(alertOf, key)));
        return stay;
    }

    private static UUID alertOf(Map<OldRecords.Key, UUID> alerts, OldRecords.Key vendorAlert) {
        return Optional.ofNullable(alerts.get(vendorAlert)).orElseThrow();
    }

    // Writers count in this order, too.
    private static final String UNCOUNT = """
            insert into alert_count (tenant_id, outcome, severity_rank, alerts)
            select tenant_id, coalesce(close_reason, status), severity_rank, -count(*) from alert where id = any (:alerts)
            group by 1, 2, 3 order by 1, 2, 3
            on conflict (tenant_id, outcome, severity_rank) do update set alerts = alert_count.alerts + excluded.alerts
            """;

    private void removeRows(List<UUID> alerts) {
        of(UNCOUNT, alerts).update();
        of("delete from alert_history where alert_id = any (:alerts)", alerts).update();
        of("delete from alert_vendor_alert where alert_id = any (:alerts)", alerts)
                .update();
        of("delete from alert_name where alert_id = any (:alerts)", alerts).update();
        of("delete from alert where id = any (:alerts)", alerts).update();
    }

    private JdbcClient.StatementSpec of(String sql, Collection<UUID> alerts) {
        return database.sql(sql).param("alerts", alerts.toArray(UUID[]::new));
    }
}
