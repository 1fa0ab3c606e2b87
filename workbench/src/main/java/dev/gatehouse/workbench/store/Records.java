package dev.gatehouse.workbench.store;

import dev.gatehouse.model.Alert;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.Incident;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.store.Delivery.Detour;
import dev.gatehouse.workbench.store.Delivery.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes pages in. A page's records, the feed's checkpoint and counters, and the ledger's row are written in one
 * transaction: the checkpoint can never be ahead of the rows.
 */
@Component
public class Records {

    /** The device of a directory that none reads any more. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final NamedParameterJdbcTemplate database;
    private final Fence fence;
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Storage storage;
    private final AlertShelf alerts;
    private final IncidentShelf incidents;

    Records(NamedParameterJdbcTemplate database, Fence fence, Ledger ledger, Quarantine quarantine, Storage storage) {
        this.database = database;
        this.fence = fence;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.storage = storage;
        this.alerts = new AlertShelf(database);
        this.incidents = new IncidentShelf(database);
    }

    /**
     * Keeps a page, or nothing of it. Taking the same page again changes nothing but the times of the last poll.
     *
     * @throws StaleDelivery when the device reads another directory by now
     * @throws LeaseLost when another process works on the device by now
     * @throws org.springframework.dao.DataAccessException when the database does not take it
     * @throws org.springframework.transaction.TransactionException when the database is away
     */
    public Taken take(Delivery delivery) {
        try {
            var taken = fence.write(() -> keep(delivery));
            storage.tookPage(taken);
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
        var request = delivery.request();
        haveToOurselves(request);
        requireSameDirectory(request);
        var isAside = request.poll().purpose() == Purpose.RECONCILIATION
                || request.poll().purpose() == Purpose.SECOND_LOOK;
        var isOfTheFeed = !isAside
                && delivery.replayed().isEmpty()
                && delivery.settled().isEmpty()
                && delivery.heldBy().isEmpty();
        var wasFailing = isOfTheFeed && isFailing(request);
        var put =
                switch (request.feed()) {
                    case ALERTS -> alerts.put(request.tenant(), only(Alert.class, delivery), request.at());
                    case INCIDENTS -> incidents.put(request.tenant(), only(Incident.class, delivery), request.at());
                    case LOGON_EVENTS, QUERY_EVENTS, DIRECTORY_EVENTS ->
                        putHuntingRows(request, only(HuntingRow.class, delivery));
                };
        var taken = new Taken(
                put.newRecords(),
                put.newVersions(),
                put.same(),
                keepUnreadable(request, delivery.unreadable()),
                countLeftOut(request, delivery.leftOut()),
                wasFailing);
        if (isOfTheFeed) {
            succeeded(delivery, taken);
        } else {
            counted(request, taken);
        }
        delivery.replayed().ifPresent(replayed -> replayed(delivery, replayed, taken));
        delivery.owed().ifPresent(owed -> quarantine.add(request, owed));
        delivery.settled().ifPresent(settled -> quarantine.readUpTo(settled.window(), settled.reached(), request.at()));
        delivery.heldBy()
                .ifPresentOrElse(
                        why -> ledger.heldBack(request, taken, why),
                        () -> ledger.succeeded(request, taken, delivery.isLast()));
        return taken;
    }

    /**
     * Passes over a stretch of time that cannot be read. The promise to come back and the checkpoint that relies on it are
     * written together, or neither is.
     *
     * @throws StaleDelivery when the device reads another directory by now
     * @throws LeaseLost when another process works on the device by now
     * @throws org.springframework.dao.DataAccessException when the database does not take it
     * @throws org.springframework.transaction.TransactionException when the database is away
     */
    public void passOver(Detour detour) {
        fence.run(() -> {
            haveToOurselves(detour.request());
            requireSameDirectory(detour.request());
            detour.owed().ifPresent(owed -> quarantine.add(detour.request(), owed));
            detour.watermark().ifPresent(watermark -> moveWatermark(detour.request(), watermark));
            detour.replayed().ifPresent(replayed -> moveReplay(detour.request(), replayed));
        });
    }

    private static final String MOVE_WATERMARK = """
            insert into feed (device_id, feed, watermark, checkpoint_moved_at, read_from)
            values (:device, :feed, :watermark, :now, :from)
            on conflict (device_id, feed) do update set
                watermark = greatest(feed.watermark, excluded.watermark),
                checkpoint_moved_at = case when feed.watermark >= excluded.watermark then feed.checkpoint_moved_at
                                           else excluded.checkpoint_moved_at end,
                read_from = coalesce(feed.read_from, excluded.read_from)
            """;

    private void moveWatermark(Request request, Instant watermark) {
        database.update(
                MOVE_WATERMARK,
                of(request)
                        .addValue("watermark", Columns.timestamp(watermark))
                        .addValue("now", Columns.timestamp(request.at()))
                        .addValue(
                                "from",
                                Columns.timestamp(request.poll().window().from())));
    }

    private static final String MOVE_REPLAY = """
            update replay set
                position    = :position,
                reached     = :reached,
                state       = case when :position <= range_from then 'done' else state end,
                finished_at = case when :position <= range_from then cast(:now as timestamptz) end,
                next_at     = null,
                failures    = 0
            where id = :replay and state in ('queued', 'running') and position >= :position
            """;

    private void moveReplay(Request request, Delivery.Replayed replayed) {
        database.update(MOVE_REPLAY, places(replayed).addValue("now", Columns.timestamp(request.at())));
    }

    private static MapSqlParameterSource places(Delivery.Replayed replayed) {
        return new MapSqlParameterSource()
                .addValue("replay", replayed.replay())
                .addValue("position", Columns.timestamp(replayed.position()))
                .addValue("reached", replayed.reached().map(Columns::timestamp).orElse(null));
    }

    private static final String HAVE_TO_OURSELVES = """
            select from (select pg_advisory_xact_lock(hashtextextended(:tenant::text || :feed, 0))) as locked
            """;

    /**
     * Two pages of one tenant's feed wait for each other, as can happen while a device is removed and added again. All
     * rows below belong to one tenant's feed, so nothing else can wait for them, and nothing can wait in a circle.
     */
    private void haveToOurselves(Request request) {
        database.query(HAVE_TO_OURSELVES, of(request), row -> {});
    }

    private static final String IS_FAILING = """
            select exists (select from feed where device_id = :device and feed = :feed and failures > 0)
            """;

    private boolean isFailing(Request request) {
        return Boolean.TRUE.equals(database.queryForObject(IS_FAILING, of(request), Boolean.class));
    }

    private static final String STILL_READS = """
            select true from security_device where id = :device and directory_id = :tenant for share
            """;

    /** A page that was under way while the device got another directory says nothing about that directory's checkpoint. */
    private void requireSameDirectory(Request request) {
        if (database.queryForList(STILL_READS, of(request), Boolean.class).isEmpty()) {
            throw new StaleDelivery(request);
        }
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
            select version from hunting_row where tenant_id = :tenant and feed = :feed and version = any(:versions)
            """;

    /** A hunting row never changes, so there are no versions of it. */
    private Shelf.Put putHuntingRows(Request request, List<HuntingRow> rows) {
        var fresh = new LinkedHashMap<ContentHash, HuntingRow>();
        rows.forEach(row -> fresh.putIfAbsent(row.version(), row));
        if (!fresh.isEmpty()) {
            var versions = fresh.keySet().stream().map(ContentHash::bytes).toArray(byte[][]::new);
            database.queryForList(
                            KNOWN_HUNTING_ROWS,
                            of(request).addValue("versions", new SqlArrayValue("bytea", (Object[]) versions)),
                            byte[].class)
                    .forEach(known -> fresh.remove(new ContentHash(known)));
        }
        var inOrder = fresh.values().stream()
                .sorted(Comparator.comparing(HuntingRow::id))
                .toList();
        var inserted = batch(INSERT_HUNTING_ROW, inOrder, HuntingRow::original, row -> new MapSqlParameterSource()
                .addValue("tenant", request.tenant().value())
                .addValue("feed", request.feed().key())
                .addValue("version", row.version().bytes())
                .addValue("timestamp", Columns.timestamp(row.timestamp()))
                .addValue("action", Columns.text(row.actionType()))
                .addValue("account", Columns.text(row.accountName()))
                .addValue("upn", Columns.text(row.accountUpn()))
                .addValue("device", Columns.text(row.deviceName()))
                .addValue("ip", Columns.text(row.ipAddress()))
                .addValue("target", Columns.text(row.target()))
                .addValue("report", Columns.text(row.reportId()))
                .addValue("now", Columns.timestamp(request.at()))
                .addValue("original", Compressed.deflate(row.original())));
        return new Shelf.Put(inserted, 0, rows.size() - inserted);
    }

    private static final String ROW_CAME_THEN = """
            update hunting_row set first_seen_at = least(first_seen_at, :at)
            where tenant_id = :tenant and feed = :feed and version = :version
            """;

    private Shelf.Put putReceived(Request request, HuntingRow row) {
        var put = putHuntingRows(request, List.of(row));
        database.update(
                ROW_CAME_THEN,
                of(request).addValue("version", row.version().bytes()).addValue("at", Columns.timestamp(request.at())));
        return put;
    }

    private static final String INSERT_UNREADABLE = """
            insert into unreadable_record (tenant_id, feed, digest, reason, first_seen_at, original, request_id,
                                           parser_version, last_tried_at, bytes, beginning)
            values (:tenant, :feed, :digest, :reason, :now, :original, :request,
                    :parser, :now, :bytes, :beginning)
            on conflict do nothing
            """;

    private int keepUnreadable(Request request, List<Delivery.Unreadable> unreadable) {
        return batch(INSERT_UNREADABLE, unreadable, Delivery.Unreadable::original, record -> of(request)
                .addValue("digest", ContentHash.of(record.original().buffer()).bytes())
                .addValue("reason", Columns.text(record.reason()))
                .addValue("request", request.requestId().map(Columns::text).orElse(null))
                .addValue("parser", record.parserVersion())
                .addValue("bytes", record.original().length())
                .addValue("beginning", UnreadableRecords.beginning(record.original()))
                .addValue("now", Columns.timestamp(request.at()))
                .addValue("original", Compressed.deflate(record.original())));
    }

    private static final String TAKE_AWAY = "delete from unreadable_record where id = :id";

    /**
     * Moves a record that could not be understood when it came, and can now, to the others of its feed. It keeps the time at
     * which it came, also where it has come again since and was understood.
     *
     * @return whether it was still there to be moved
     * @throws org.springframework.dao.DataAccessException when the database does not take it; nothing has changed then
     */
    public boolean keepAfterAll(UnreadableRecord unreadable, Collected record) {
        return move(unreadable, request -> {
            var put =
                    switch (record) {
                        case Alert alert -> alerts.putReceived(request.tenant(), alert, request.at());
                        case Incident incident -> incidents.putReceived(request.tenant(), incident, request.at());
                        case HuntingRow row -> putReceived(request, row);
                    };
            return new Taken(put.newRecords(), put.newVersions(), put.same(), -1, 0, false);
        });
    }

    /**
     * Counts an alert of another product that could not be understood when it came, in place of keeping it.
     *
     * @return whether it was still there
     * @throws org.springframework.dao.DataAccessException when the database does not take it; nothing has changed then
     */
    public boolean leaveOutAfterAll(UnreadableRecord unreadable, Alert alert) {
        return move(unreadable, request -> new Taken(0, 0, 0, -1, countLeftOut(request, List.of(alert)), false));
    }

    private boolean move(UnreadableRecord unreadable, Function<Request, Taken> put) {
        var request = new Request(
                unreadable.device().orElse(NOBODY),
                unreadable.tenant(),
                unreadable.feed(),
                PollWindow.begin(
                        Purpose.RETRY,
                        new Window(
                                unreadable.firstSeen(), unreadable.firstSeen().plusMillis(1))),
                unreadable.firstSeen(),
                Duration.ZERO,
                0,
                unreadable.requestId(),
                "");
        return fence.write(() -> {
            haveToOurselves(request);
            // Whoever else tries it has done so when it is gone.
            if (database.update(TAKE_AWAY, new MapSqlParameterSource("id", unreadable.id())) == 0) {
                return false;
            }
            recount(request, put.apply(request));
            return true;
        });
    }

    private static final String RECOUNT = """
            update feed set
                records    = records + :records,
                versions   = versions + :versions,
                unreadable = greatest(0, unreadable + :unreadable),
                left_out   = left_out + :leftOut
            where device_id = :device and feed = :feed
            """;

    private void recount(Request request, Taken taken) {
        database.update(
                RECOUNT,
                of(request)
                        .addValue("records", taken.newRecords())
                        .addValue("versions", taken.newRecords() + taken.newVersions())
                        .addValue("unreadable", taken.unreadable())
                        .addValue("leftOut", taken.leftOut()));
    }

    private static final String INSERT_LEFT_OUT = """
            insert into left_out_alert (tenant_id, id, service_source, created_at, first_seen_at)
            values (:tenant, :id, :service, :created, :now)
            on conflict do nothing
            """;

    // Earlier releases did not note it.
    private static final String DATE_LEFT_OUT = """
            update left_out_alert set created_at = :created where tenant_id = :tenant and id = :id and created_at is null
            """;

    private int countLeftOut(Request request, List<Alert> leftOut) {
        var rows = leftOut.stream()
                .map(alert -> of(request)
                        .addValue("id", Columns.key(alert.id()))
                        .addValue("service", Columns.text(alert.serviceSource()))
                        .addValue("created", Columns.timestamp(alert.created()))
                        .addValue("now", Columns.timestamp(request.at())))
                .toList();
        var inserted = batch(INSERT_LEFT_OUT, rows);
        if (inserted < rows.size()) {
            batch(DATE_LEFT_OUT, rows);
        }
        return inserted;
    }

    private static final String SUCCEEDED = """
            insert into feed (device_id, feed, watermark, checkpoint_moved_at, last_poll_at, last_success_at,
                              last_data_at, working_since,
                              trouble, trouble_since, trouble_cause, trouble_cure,
                              records, versions, unreadable, left_out, read_from)
            values (:device, :feed, :watermark, case when cast(:watermark as timestamptz) is not null
                                                     then cast(:now as timestamptz) end, :now, :now, case when :news then cast(:now as timestamptz) end, :now,
                    :notice, case when :isNotice then cast(:now as timestamptz) end, :cause, :cure,
                    :records, :versions, :unreadable, :leftOut, :from)
            on conflict (device_id, feed) do update set
                watermark       = greatest(feed.watermark, excluded.watermark),
                checkpoint_moved_at = case when excluded.watermark is null or feed.watermark >= excluded.watermark
                                           then feed.checkpoint_moved_at else excluded.checkpoint_moved_at end,
                read_from       = coalesce(feed.read_from, excluded.read_from),
                last_poll_at    = excluded.last_poll_at,
                last_success_at = excluded.last_success_at,
                last_data_at    = coalesce(excluded.last_data_at, feed.last_data_at),
                working_since   = coalesce(feed.working_since, excluded.working_since),
                trouble         = excluded.trouble,
                trouble_since   = excluded.trouble_since,
                trouble_cause   = excluded.trouble_cause,
                trouble_cure    = excluded.trouble_cure,
                trouble_code    = null,
                trouble_status  = null,
                trouble_request = null,
                failures        = 0,
                records         = feed.records + excluded.records,
                versions        = feed.versions + excluded.versions,
                unreadable      = feed.unreadable + excluded.unreadable,
                left_out        = feed.left_out + excluded.left_out
            """;

    private void succeeded(Delivery delivery, Taken taken) {
        database.update(
                SUCCEEDED,
                of(delivery.request())
                        .addValue(
                                "watermark",
                                delivery.watermark().map(Columns::timestamp).orElse(null))
                        .addValue(
                                "from",
                                delivery.watermark()
                                        .map(reached -> Columns.timestamp(delivery.request()
                                                .poll()
                                                .window()
                                                .from()))
                                        .orElse(null))
                        .addValue("now", Columns.timestamp(delivery.request().at()))
                        .addValue("news", taken.isNews())
                        .addValue("isNotice", delivery.notice().isPresent())
                        .addValue(
                                "notice",
                                delivery.notice()
                                        .map(notice -> notice.trouble().key())
                                        .orElse(null))
                        .addValue(
                                "cause", delivery.notice().map(Diagnosis::cause).orElse(null))
                        .addValue("cure", delivery.notice().map(Diagnosis::cure).orElse(null))
                        .addValue("records", taken.newRecords())
                        .addValue("versions", taken.newRecords() + taken.newVersions())
                        .addValue("unreadable", taken.unreadable())
                        .addValue("leftOut", taken.leftOut()));
    }

    private static final String COUNTED = """
            insert into feed (device_id, feed, last_data_at, records, versions, unreadable, left_out)
            values (:device, :feed, case when :news then cast(:now as timestamptz) end,
                    :records, :versions, :unreadable, :leftOut)
            on conflict (device_id, feed) do update set
                last_data_at = coalesce(excluded.last_data_at, feed.last_data_at),
                records      = feed.records + excluded.records,
                versions     = feed.versions + excluded.versions,
                unreadable   = feed.unreadable + excluded.unreadable,
                left_out     = feed.left_out + excluded.left_out
            """;

    /** What was not polled says nothing of how the feed is doing, but what it brought counts. */
    private void counted(Request request, Taken taken) {
        database.update(
                COUNTED,
                of(request)
                        .addValue("now", Columns.timestamp(request.at()))
                        .addValue("news", taken.isNews())
                        .addValue("records", taken.newRecords())
                        .addValue("versions", taken.newRecords() + taken.newVersions())
                        .addValue("unreadable", taken.unreadable())
                        .addValue("leftOut", taken.leftOut()));
    }

    // A replay that was cancelled while the page was under way stays cancelled; the page's records are true all the
    // same.
    private static final String REPLAYED = """
            update replay set
                position        = :position,
                reached         = :reached,
                state           = case when :position <= range_from then 'done' else state end,
                finished_at     = case when :position <= range_from then cast(:now as timestamptz) end,
                next_at         = null,
                pages           = pages + 1,
                new_records     = new_records + :records,
                new_versions    = new_versions + :changed,
                same            = same + :same,
                unreadable      = unreadable + :unreadable,
                left_out        = left_out + :leftOut,
                failures        = 0,
                trouble         = :notice,
                trouble_cause   = :cause,
                trouble_cure    = :cure,
                trouble_request = null
            where id = :replay and state in ('queued', 'running') and position >= :position
            """;

    private void replayed(Delivery delivery, Delivery.Replayed replayed, Taken taken) {
        var notice = delivery.notice();
        database.update(
                REPLAYED,
                places(replayed)
                        .addValue("now", Columns.timestamp(delivery.request().at()))
                        .addValue("records", taken.newRecords())
                        .addValue("changed", taken.newVersions())
                        .addValue("same", taken.same())
                        .addValue("unreadable", taken.unreadable())
                        .addValue("leftOut", taken.leftOut())
                        .addValue(
                                "notice",
                                notice.map(found -> found.trouble().key()).orElse(null))
                        .addValue("cause", notice.map(Diagnosis::cause).orElse(null))
                        .addValue("cure", notice.map(Diagnosis::cure).orElse(null)));
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

    private static MapSqlParameterSource of(Request request) {
        return new MapSqlParameterSource()
                .addValue("device", request.device())
                .addValue("tenant", request.tenant().value())
                .addValue("feed", request.feed().key());
    }
}
