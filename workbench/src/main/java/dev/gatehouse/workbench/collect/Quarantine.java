package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.devices.TenantDevice;
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
            insert into quarantined_window (id, tenant_id, feed, window_from, window_to, attempts,
                                            first_at, last_at, next_at, trouble, trouble_cause, trouble_cure,
                                            trouble_code, trouble_status, trouble_request)
            values (gen_random_uuid(), :tenant, :feed, :from, :to, :attempts,
                    :now, :now, :next, :trouble, :cause, :cure, :code, :status, :request)
            on conflict (tenant_id, feed, window_from, window_to) where resolved_at is null do nothing
            """;

    /** Promises to come back to a window. */
    public void add(Request request, Owed owed) {
        fence.run(() -> tell(ADD, owed.why())
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

    private static final String OF_FEED =
            "select q.*, d.id as device_id from quarantined_window q " + TenantDevice.join("q.tenant_id") + """
            where q.tenant_id = :tenant and q.feed = :feed and q.resolved_at is null
            """;

    private static final String IN = OF_FEED + """
              and q.window_from < :to and q.window_to > :from
            order by q.window_from, q.window_to desc limit 1
            """;

    /** The first window of a feed that is owed and shares time with the given one. */
    public Optional<Window> firstIn(TenantId tenant, Feed feed, Window window) {
        return database.sql(IN)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .param("from", Columns.timestamp(window.from()))
                .param("to", Columns.timestamp(roundedUp(window.to())))
                .query((row, number) -> window(row))
                .optional();
    }

    private static final String DUE = OF_FEED + """
              and (q.next_at <= :now or q.last_at > :now)
            order by q.next_at, q.window_from limit :most
            """;

    /** Windows of a feed that are to be tried again now, at most so many. */
    public List<QuarantinedWindow> due(TenantId tenant, Feed feed, Instant now, int most) {
        return database.sql(DUE)
                .param("tenant", tenant.value())
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
            insert into quarantined_window (id, tenant_id, feed, window_from, window_to, attempts, first_at,
                                            last_at, next_at, trouble, trouble_cause, trouble_cure, trouble_code,
                                            trouble_status, trouble_request)
            select gen_random_uuid(), tenant_id, feed, window_to, :to, attempts, first_at,
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
              and (cast(:tenant as uuid) is null or tenant_id = :tenant)
            """;

    /** Makes one window due now. */
    public void hurry(UUID id, Instant now) {
        hurry(Optional.of(id), Optional.empty(), now);
    }

    /** Makes every window of a tenant due now; gives how many those are. */
    public int hurryAll(TenantId tenant, Instant now) {
        return hurry(Optional.empty(), Optional.of(tenant), now);
    }

    private int hurry(Optional<UUID> id, Optional<TenantId> tenant, Instant now) {
        return fence.write(() -> database.sql(HURRY)
                .param("now", Columns.timestamp(now))
                .param("id", id.orElse(null))
                .param("tenant", tenant.map(TenantId::value).orElse(null))
                .update());
    }

    // Of a tenant that no device reads any more, nothing is owed.
    private static final String READ = """
            from quarantined_window q where {scope} and
            """ + TenantDevice.isThere("q.tenant_id");

    private static final String ONE = "select q.*, d.id as device_id from (select q.* " + READ
            + " and q.id = :id) as q " + TenantDevice.join("q.tenant_id");

    /** One window, owed or read. */
    public Optional<QuarantinedWindow> find(Scope scope, UUID id) {
        return scope.tenants(database, ONE, "q.tenant_id")
                .param("id", id)
                .query((row, number) -> quarantined(row))
                .optional();
    }

    private static final String CHOSEN = READ + " and " + TenantDevice.isOf("q.tenant_id", ":device") + """

              and (cast(:feed as text) is null or q.feed = :feed)
              and (cast(:owed as boolean) is null or (q.resolved_at is null) = :owed)
            """;

    private static final String ORDER =
            " order by q.resolved_at is not null, coalesce(q.resolved_at, q.first_at) desc, q.window_from, q.id ";

    private static final String LIST = "select q.*, d.id as device_id from (select q.* " + CHOSEN + ORDER
            + "offset :offset limit :limit) as q " + TenantDevice.join("q.tenant_id", ":device") + ORDER;

    private static final String COUNT = "select count(*) " + CHOSEN;

    /**
     * Windows, those that are owed first, the latest first.
     *
     * @param device only those of the tenant of this device
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
        return scope.tenants(database, sql, "q.tenant_id")
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
                new TenantId(row.getObject("tenant_id", UUID.class)),
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
