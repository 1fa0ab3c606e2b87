package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.records.Records;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The windows that could not be read, and those that were read after all. That one is passed over, and that one is read,
 * is written by {@link Records}, together with the checkpoint and the records.
 */
@Component
public class Quarantine {

    /**
     * A stretch of time that could not be read.
     *
     * @param window the stretch, by Microsoft's clock, with edges that the database can keep
     * @param why why not
     * @param attempts how often it was tried on its own
     * @param nextAt when it is to be tried again, by our clock
     */
    public record Owed(Window window, Diagnosis why, int attempts, Instant nextAt) {}

    private final JdbcClient database;
    private final Fence fence;

    Quarantine(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    private static final String ADD = """
            insert into quarantined_window (id, device_id, tenant_id, feed, window_from, window_to, attempts,
                                            first_at, last_at, next_at, trouble, trouble_cause, trouble_cure,
                                            trouble_code, trouble_status, trouble_request)
            values (gen_random_uuid(), :device, :tenant, :feed, :from, :to, :attempts,
                    :now, :now, :next, :trouble, :cause, :cure, :code, :status, :request)
            on conflict (device_id, tenant_id, feed, window_from, window_to) where resolved_at is null do nothing
            """;

    /** Promises to come back to a window. */
    public void add(Request request, Owed owed) {
        fence.run(() -> tell(ADD, owed.why())
                .param("device", request.device())
                .param("tenant", request.tenant().value())
                .param("feed", request.feed().key())
                .param("from", Columns.timestamp(owed.window().from()))
                .param("to", Columns.timestamp(owed.window().to()))
                .param("attempts", owed.attempts())
                .param("now", Columns.timestamp(request.at()))
                .param("next", Columns.timestamp(owed.nextAt()))
                .update());
    }

    private static final String READ_UP_TO = """
            update quarantined_window set
                window_from = case when :reached >= window_to then window_from else greatest(window_from, :reached) end,
                resolved_at = case when :reached >= window_to then cast(:now as timestamptz) end,
                next_at     = case when :reached >= window_to then null else next_at end,
                last_at     = :now
            where id = :id and resolved_at is null
            """;

    /** Notes how far a window is read after all: from its start, or to its end, which resolves it. */
    public void readUpTo(UUID id, Instant reached, Instant now) {
        fence.run(() -> database.sql(READ_UP_TO)
                .param("id", id)
                .param("reached", Columns.timestamp(reached))
                .param("now", Columns.timestamp(now))
                .update());
    }

    // Whatever was passed over for a directory that the device does not read any more is not owed.
    private static final String CURRENT = """
            from security_device d join quarantined_window q on q.device_id = d.id and q.tenant_id = d.directory_id
            where d.deleted_at is null
            """;

    private static final String IN = "select q.* " + CURRENT + """
              and q.device_id = :device and q.feed = :feed and q.resolved_at is null
              and q.window_from < :to and q.window_to > :from
            order by q.window_from, q.window_to desc limit 1
            """;

    /** The first window of a feed that is owed and shares time with the given one. */
    public Optional<Window> firstIn(UUID device, Feed feed, Window window) {
        return database.sql(IN)
                .param("device", device)
                .param("feed", feed.key())
                .param("from", Columns.timestamp(window.from()))
                .param("to", Columns.timestamp(roundedUp(window.to())))
                .query((row, number) -> window(row))
                .optional();
    }

    private static final String DUE = "select q.* " + CURRENT + """
              and q.device_id = :device and q.feed = :feed and q.resolved_at is null
              and (q.next_at <= :now or q.last_at > :now)
            order by q.next_at, q.window_from limit :most
            """;

    /** Windows of a feed that are to be tried again now, at most so many. */
    public List<QuarantinedWindow> due(UUID device, Feed feed, Instant now, int most) {
        return database.sql(DUE)
                .param("device", device)
                .param("feed", feed.key())
                .param("now", Columns.timestamp(now))
                .param("most", most)
                .query((row, number) -> quarantined(row))
                .list();
    }

    private static final String FAILED_AGAIN = """
            update quarantined_window set
                attempts = attempts + 1, last_at = :now, next_at = :next,
                trouble = :trouble, trouble_cause = :cause, trouble_cure = :cure,
                trouble_code = :code, trouble_status = :status, trouble_request = :request
            where id = :id and resolved_at is null
            """;

    /** Notes that a window could not be read again. */
    public void failedAgain(UUID id, Diagnosis why, Instant now, Instant next) {
        fence.write(() -> tell(FAILED_AGAIN, why)
                .param("id", id)
                .param("now", Columns.timestamp(now))
                .param("next", Columns.timestamp(next))
                .update());
    }

    private static final String CUT_IN_TWO = """
            with shortened as (
                update quarantined_window set window_to = :middle
                where id = :id and resolved_at is null and window_from < :middle and window_to > :middle
                returning *)
            insert into quarantined_window (id, device_id, tenant_id, feed, window_from, window_to, attempts, first_at,
                                            last_at, next_at, trouble, trouble_cause, trouble_cure, trouble_code,
                                            trouble_status, trouble_request)
            select gen_random_uuid(), device_id, tenant_id, feed, window_to, :to, attempts, first_at,
                   last_at, next_at, trouble, trouble_cause, trouble_cure, trouble_code, trouble_status, trouble_request
            from shortened
            """;

    /**
     * Makes two windows of one, so that the half that can be read is not kept from us by the other.
     *
     * @param smallest what is no longer than this stays whole
     */
    public void cutInTwo(UUID id, Duration smallest) {
        find(Scope.everything(), id)
                .filter(QuarantinedWindow::isOwed)
                .map(QuarantinedWindow::window)
                .filter(window -> window.length().compareTo(smallest) > 0)
                .ifPresent(window -> fence.write(() -> database.sql(CUT_IN_TWO)
                        .param("id", id)
                        .param("middle", Columns.timestamp(window.firstHalf().to()))
                        .param("to", Columns.timestamp(window.to()))
                        .update()));
    }

    private static final String HURRY = """
            update quarantined_window set next_at = :now
            where resolved_at is null and (cast(:id as uuid) is null or id = :id)
              and (cast(:device as uuid) is null or device_id = :device)
            """;

    /** Makes one window due now. */
    public void hurry(UUID id, Instant now) {
        hurry(Optional.of(id), Optional.empty(), now);
    }

    /** Makes every window of a device due now; gives how many those are. */
    public int hurryAll(UUID device, Instant now) {
        return hurry(Optional.empty(), Optional.of(device), now);
    }

    private int hurry(Optional<UUID> id, Optional<UUID> device, Instant now) {
        return fence.write(() -> database.sql(HURRY)
                .param("now", Columns.timestamp(now))
                .param("id", id.orElse(null))
                .param("device", device.orElse(null))
                .update());
    }

    private static final String ONE = "select q.* " + CURRENT + "  and q.id = :id and {scope}";

    /** One window, owed or read. */
    public Optional<QuarantinedWindow> find(Scope scope, UUID id) {
        return scope.devices(database, ONE, "q.device_id")
                .param("id", id)
                .query((row, number) -> quarantined(row))
                .optional();
    }

    private static final String CHOSEN = CURRENT + """
              and {scope} and (cast(:device as uuid) is null or q.device_id = :device)
              and (cast(:feed as text) is null or q.feed = :feed)
              and (cast(:owed as boolean) is null or (q.resolved_at is null) = :owed)
            """;

    private static final String LIST = "select q.* " + CHOSEN + """
            order by q.resolved_at is not null, coalesce(q.resolved_at, q.first_at) desc, q.window_from, q.id
            offset :offset limit :limit
            """;

    private static final String COUNT = "select count(*) " + CHOSEN;

    /**
     * Windows, those that are owed first, the latest first.
     *
     * @param device only those of this device
     * @param feed only those of this feed
     * @param owed only those that are owed, or only those that were read
     */
    public Slice<QuarantinedWindow> list(
            Scope scope, Optional<UUID> device, Optional<Feed> feed, Optional<Boolean> owed, int offset, int limit) {
        var rows = chosen(scope, LIST, device, feed, owed)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, number) -> quarantined(row))
                .list();
        var total = chosen(scope, COUNT, device, feed, owed).query(Long.class).single();
        return new Slice<>(rows, offset, total);
    }

    private JdbcClient.StatementSpec chosen(
            Scope scope, String sql, Optional<UUID> device, Optional<Feed> feed, Optional<Boolean> owed) {
        return scope.devices(database, sql, "q.device_id")
                .param("device", device.orElse(null))
                .param("feed", feed.map(Feed::key).orElse(null))
                .param("owed", owed.orElse(null));
    }

    /** A window whose edges the database can keep as they are: widened to microseconds, never narrowed. */
    public static Window keepable(Window window) {
        return new Window(window.from().truncatedTo(ChronoUnit.MICROS), roundedUp(window.to()));
    }

    private static Instant roundedUp(Instant instant) {
        var cut = instant.truncatedTo(ChronoUnit.MICROS);
        return cut.equals(instant) ? cut : cut.plus(1, ChronoUnit.MICROS);
    }

    private JdbcClient.StatementSpec tell(String sql, Diagnosis why) {
        return database.sql(sql)
                .param("trouble", why.trouble().key())
                .param("cause", Columns.text(why.cause()))
                .param("cure", Columns.text(why.cure()))
                .param("code", why.code().map(Columns::text).orElse(null))
                .param("status", why.httpStatus().isPresent() ? why.httpStatus().getAsInt() : null)
                .param("request", why.requestId().map(Columns::text).orElse(null));
    }

    private static Window window(ResultSet row) throws SQLException {
        return new Window(Columns.instant(row, "window_from"), Columns.instant(row, "window_to"));
    }

    private static QuarantinedWindow quarantined(ResultSet row) throws SQLException {
        return new QuarantinedWindow(
                row.getObject("id", UUID.class),
                row.getObject("device_id", UUID.class),
                Feed.of(row.getString("feed")),
                window(row),
                row.getInt("attempts"),
                Columns.instant(row, "first_at"),
                Columns.instant(row, "last_at"),
                Columns.optionalInstant(row, "next_at"),
                Columns.diagnosis(row, "trouble_request").orElseThrow(),
                Columns.optionalInstant(row, "resolved_at"));
    }
}
