package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.Portions;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.records.Delivery.LeftOut;
import dev.gatehouse.workbench.records.Delivery.Origin;
import dev.gatehouse.workbench.records.Delivery.Part;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps pages. A page's records and whatever others have to write with them (the feed's checkpoint, the ledger's row, how
 * far a replay is) are written in one transaction: a checkpoint can never be ahead of the rows.
 */
@Component
public class Records {

    private final NamedParameterJdbcTemplate database;
    private final Fence fence;
    private final Storage storage;
    private final VendorAlertTable alerts;
    private final VendorIncidentTable incidents;

    Records(
            NamedParameterJdbcTemplate database,
            Fence fence,
            Storage storage,
            AlertKinds kinds,
            FreshVendorAlerts fresh,
            Reread reread) {
        this.database = database;
        this.fence = fence;
        this.storage = storage;
        this.alerts = new VendorAlertTable(database, kinds, fresh, reread);
        this.incidents = new VendorIncidentTable(database, reread);
    }

    /**
     * Keeps a page with its parts, or nothing of it. Taking the same page again changes no record.
     *
     * @throws LeaseLost when another process reads the tenant by now
     * @throws org.springframework.dao.DataAccessException when the database does not take it
     * @throws org.springframework.transaction.TransactionException when the database is away
     */
    public Taken take(Delivery delivery) {
        var begun = storage.beginning();
        try {
            var taken = fence.write(() -> keep(delivery));
            storage.tookPage(taken.isNews(), begun);
            return taken;
        } catch (DataAccessException | TransactionException e) {
            // A loop that is being stopped breaks off what it is doing, which says nothing of the database.
            if (Storage.isAway(e) && !Thread.currentThread().isInterrupted()) {
                storage.refusedPage(e);
            }
            throw e;
        }
    }

    private Taken keep(Delivery delivery) {
        var origin = delivery.origin();
        haveToOurselves(origin);
        var put =
                switch (origin.feed()) {
                    case ALERTS ->
                        alerts.put(
                                origin.tenant(), only(VendorAlert.class, delivery), delivery.recognised(), origin.at());
                    case INCIDENTS ->
                        incidents.put(
                                origin.tenant(),
                                only(VendorIncident.class, delivery),
                                delivery.recognised(),
                                origin.at());
                    case LOGON_EVENTS, QUERY_EVENTS, DIRECTORY_EVENTS ->
                        putHuntingRows(origin, only(HuntingRow.class, delivery));
                };
        var taken = new Taken(
                put.newRecords(),
                put.newVersions(),
                put.same(),
                keepUnreadable(origin, delivery.unreadable()),
                countLeftOut(origin, delivery.leftOut()));
        countDay(origin, taken);
        delivery.parts().forEach(part -> part.write(taken));
        return taken;
    }

    private static final String COUNT_DAY = """
            insert into record_day (tenant_id, feed, day, records)
            select :tenant, r.feed, (:now::timestamptz at time zone 'UTC')::date, r.records
            from (values (:feed, :records), ('left-out', :leftOut)) as r (feed, records)
            where r.records > 0
            on conflict (tenant_id, day, feed) do update set records = record_day.records + excluded.records
            """;

    private void countDay(Origin origin, Taken taken) {
        if (taken.newRecords() > 0 || taken.leftOut() > 0) {
            database.update(
                    COUNT_DAY,
                    of(origin)
                            .addValue("now", Columns.timestamp(origin.at()))
                            .addValue("records", taken.newRecords())
                            .addValue("leftOut", taken.leftOut()));
        }
    }

    /**
     * Writes what follows from a page of which no record is kept, such as one that did not come: all parts or none.
     *
     * @throws LeaseLost when another process reads the tenant by now
     * @throws org.springframework.dao.DataAccessException when the database does not take it
     * @throws org.springframework.transaction.TransactionException when the database is away
     */
    public void takeNothing(Origin origin, List<Part> parts) {
        fence.run(() -> {
            haveToOurselves(origin);
            parts.forEach(part -> part.write(Taken.NOTHING));
        });
    }

    private static final String HAVE_TO_OURSELVES = """
            select from (select pg_advisory_xact_lock(hashtextextended(:tenant::text || :feed, 0))) as locked
            """;

    /**
     * Two pages of one tenant's feed wait for each other, as can happen while somebody has a record read again. All
     * rows below belong to one tenant's feed, so nothing else can wait for them, and nothing can wait in a circle.
     */
    private void haveToOurselves(Origin origin) {
        database.query(HAVE_TO_OURSELVES, of(origin), row -> {});
    }

    private static <T extends Collected> List<T> only(Class<T> type, Delivery delivery) {
        return delivery.kept().stream().map(type::cast).toList();
    }

    private static final String INSERT_HUNTING_ROW = """
            insert into hunting_row (tenant_id, feed, version, timestamp, action_type, account_name, account_upn,
                                     device_name, ip_address, target, report_id, first_seen_at, original)
            values (:tenant, :feed, :version, :timestamp, :action, :account, :upn,
                    :device, :ip, :target, :report, :now, :original)
            on conflict do nothing
            """;

    private static final String KNOWN_HUNTING_ROWS = """
            select version from hunting_row
            where tenant_id = :tenant and feed = :feed and version = any(:versions) and timestamp between :first and :last
            """;

    /** A hunting row never changes, so there are no versions of it. */
    private VersionedTable.Put putHuntingRows(Origin origin, List<HuntingRow> rows) {
        var fresh = new LinkedHashMap<ContentHash, HuntingRow>();
        rows.forEach(row -> fresh.putIfAbsent(row.version(), row));
        if (!fresh.isEmpty()) {
            var times = fresh.values().stream().map(HuntingRow::timestamp).toList();
            var versions = fresh.keySet().stream().map(ContentHash::bytes).toArray(byte[][]::new);
            database.queryForList(
                            KNOWN_HUNTING_ROWS,
                            of(origin)
                                    .addValue("versions", new SqlArrayValue("bytea", (Object[]) versions))
                                    .addValue("first", Columns.timestamp(Collections.min(times)))
                                    .addValue("last", Columns.timestamp(Collections.max(times))),
                            byte[].class)
                    .forEach(known -> fresh.remove(new ContentHash(known)));
        }
        var inOrder = fresh.values().stream()
                .sorted(Comparator.comparing(HuntingRow::id))
                .toList();
        var inserted = batch(INSERT_HUNTING_ROW, inOrder, HuntingRow::original, row -> new MapSqlParameterSource()
                .addValue("tenant", origin.tenant().value())
                .addValue("feed", origin.feed().key())
                .addValue("version", row.version().bytes())
                .addValue("timestamp", Columns.timestamp(row.timestamp()))
                .addValue("action", Columns.text(row.actionType()))
                .addValue("account", Columns.text(row.accountName()))
                .addValue("upn", Columns.text(row.accountUpn()))
                .addValue("device", Columns.text(row.deviceName()))
                .addValue("ip", Columns.text(row.ipAddress()))
                .addValue("target", Columns.text(row.target()))
                .addValue("report", Columns.text(row.reportId()))
                .addValue("now", Columns.timestamp(origin.at()))
                .addValue("original", Compressed.deflate(row.original())));
        return new VersionedTable.Put(inserted, 0, rows.size() - inserted);
    }

    private static final String ROW_CAME_THEN = """
            update hunting_row set first_seen_at = least(first_seen_at, :at)
            where tenant_id = :tenant and feed = :feed and version = :version and timestamp = :timestamp
            """;

    private VersionedTable.Put putReceived(Origin origin, HuntingRow row) {
        var put = putHuntingRows(origin, List.of(row));
        database.update(
                ROW_CAME_THEN,
                of(origin)
                        .addValue("version", row.version().bytes())
                        .addValue("timestamp", Columns.timestamp(row.timestamp()))
                        .addValue("at", Columns.timestamp(origin.at())));
        return put;
    }

    private static final String INSERT_UNREADABLE = """
            insert into unreadable_record (tenant_id, feed, digest, reason, first_seen_at, original, request_id,
                                           parser_version, last_tried_at, bytes, beginning)
            values (:tenant, :feed, :digest, :reason, :now, :original, :request,
                    :parser, :now, :bytes, :beginning)
            on conflict do nothing
            """;

    private int keepUnreadable(Origin origin, List<Delivery.Unreadable> unreadable) {
        return batch(INSERT_UNREADABLE, unreadable, Delivery.Unreadable::original, record -> of(origin)
                .addValue("digest", ContentHash.of(record.original().buffer()).bytes())
                .addValue("reason", Columns.text(record.reason()))
                .addValue("request", origin.requestId().map(Columns::text).orElse(null))
                .addValue("parser", record.parserVersion())
                .addValue("bytes", record.original().length())
                .addValue("beginning", UnreadableRecords.beginning(record.original()))
                .addValue("now", Columns.timestamp(origin.at()))
                .addValue("original", Compressed.deflate(record.original())));
    }

    private static final String TAKE_AWAY = "delete from unreadable_record where id = :id";

    /**
     * Moves a record that could not be understood when it came, and can now, to the others of its feed. It keeps the time at
     * which it came, also where it has come again since and was understood.
     *
     * @param parts what others write with it, in the same transaction
     * @return whether it was still there to be moved
     * @throws org.springframework.dao.DataAccessException when the database does not take it; nothing has changed then
     */
    public boolean keepAfterAll(UnreadableRecord unreadable, Collected record, List<Part> parts) {
        return move(unreadable, parts, origin -> {
            var put =
                    switch (record) {
                        case VendorAlert alert -> alerts.putReceived(origin.tenant(), alert, origin.at());
                        case VendorIncident incident -> incidents.putReceived(origin.tenant(), incident, origin.at());
                        case HuntingRow row -> putReceived(origin, row);
                    };
            return new Taken(put.newRecords(), put.newVersions(), put.same(), -1, 0);
        });
    }

    /**
     * Counts an alert of another product that could not be understood when it came, in place of keeping it.
     *
     * @param parts what others write with it, in the same transaction
     * @return whether it was still there
     * @throws org.springframework.dao.DataAccessException when the database does not take it; nothing has changed then
     */
    public boolean leaveOutAfterAll(UnreadableRecord unreadable, VendorAlert alert, List<Part> parts) {
        return move(
                unreadable, parts, origin -> new Taken(0, 0, 0, -1, countLeftOut(origin, List.of(LeftOut.of(alert)))));
    }

    private boolean move(UnreadableRecord unreadable, List<Part> parts, Function<Origin, Taken> put) {
        var origin = new Origin(unreadable.tenant(), unreadable.feed(), unreadable.firstSeen(), unreadable.requestId());
        return fence.write(() -> {
            haveToOurselves(origin);
            // Whoever else tries it has done so when it is gone.
            if (database.update(TAKE_AWAY, new MapSqlParameterSource("id", unreadable.id())) == 0) {
                return false;
            }
            var taken = put.apply(origin);
            countDay(origin, taken);
            parts.forEach(part -> part.write(taken));
            return true;
        });
    }

    private static final String INSERT_LEFT_OUT = """
            insert into left_out_vendor_alert (tenant_id, id, service_source, created_at, first_seen_at)
            values (:tenant, :id, :service, :created, :now)
            on conflict do nothing
            """;

    // Earlier releases did not note it.
    private static final String DATE_LEFT_OUT = """
            update left_out_vendor_alert set created_at = :created where tenant_id = :tenant and id = :id and created_at is null
            """;

    private int countLeftOut(Origin origin, List<LeftOut> leftOut) {
        var rows = leftOut.stream()
                .map(alert -> of(origin)
                        .addValue("id", Columns.key(alert.id()))
                        .addValue("service", Columns.text(alert.serviceSource()))
                        .addValue("created", Columns.timestamp(alert.created()))
                        .addValue("now", Columns.timestamp(origin.at())))
                .toList();
        var inserted = batch(INSERT_LEFT_OUT, rows);
        if (inserted < rows.size()) {
            batch(DATE_LEFT_OUT, rows);
        }
        return inserted;
    }

    /** In portions, since each row carries its record a second time, deflated. */
    private <T> int batch(
            String sql, List<T> records, Function<T, Original> original, Function<T, MapSqlParameterSource> row) {
        return Portions.of(records, original).stream()
                .mapToInt(portion -> batch(sql, portion.stream().map(row).toList()))
                .sum();
    }

    private int batch(String sql, List<MapSqlParameterSource> rows) {
        return rows.isEmpty()
                ? 0
                : Arrays.stream(database.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new)))
                        .sum();
    }

    private static MapSqlParameterSource of(Origin origin) {
        return new MapSqlParameterSource()
                .addValue("tenant", origin.tenant().value())
                .addValue("feed", origin.feed().key());
    }
}
