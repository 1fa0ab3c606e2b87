package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.collect.ProgressLog;
import dev.gatehouse.workbench.collect.ReadPage.PastRead;
import dev.gatehouse.workbench.devices.TenantDevice;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.records.Taken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The replays. How far one has got is written together with the records that it brought ({@link #progressOf}). */
@Component
public class Replays {

    private final JdbcClient database;
    private final Fence fence;

    Replays(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    private static final String INSERT = """
            insert into replay (id, tenant_id, feed, purpose, range_from, range_to, position, state,
                                requested_by, requested_at)
            values (:id, :tenant, :feed, 'request', :from, :to, :to, 'queued', :by, :now)
            """;

    /**
     * Queues a replay.
     *
     * @param by who wants it
     * @param now by our clock
     * @return its id
     */
    public UUID add(TenantId tenant, Feed feed, Window range, String by, Instant now) {
        var id = UUID.randomUUID();
        fence.run(() -> database.sql(INSERT)
                .param("id", id)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .param("from", Columns.timestamp(range.from()))
                .param("to", Columns.timestamp(range.to()))
                .param("by", Columns.text(by))
                .param("now", Columns.timestamp(now))
                .update());
        return id;
    }

    /** Of a feed {@code f}: that it is being read, and that the time before that has no replay for all that is wanted of it now. */
    private static final String LACKS_HISTORY = """
            f.read_from is not null
              and not exists (select from replay r
                              where r.tenant_id = f.tenant_id and r.feed = f.feed and r.purpose = 'backfill'
                                and r.range_to > f.read_from and r.kinds @> f.kinds)
            """;

    // A feed's start is stored cut to a microsecond. The range ends one later, so that nothing is between the two.
    private static final String ADD_BACKFILLS = """
            insert into replay (id, tenant_id, feed, kinds, purpose, range_from, range_to, position, state,
                                requested_by, requested_at)
            select gen_random_uuid(), f.tenant_id, f.feed, f.kinds, 'backfill', f.read_from - make_interval(secs => :back),
                   f.read_from + interval '1 microsecond', f.read_from + interval '1 microsecond', 'queued',
                   'Gatehouse', :now
            from feed f
            where f.tenant_id = :tenant and
            """ + LACKS_HISTORY + """
            on conflict (tenant_id, feed, range_to, kinds) where purpose = 'backfill' do nothing
            """;

    /**
     * Queues the backfill of each of a tenant's feeds that is being read and has none yet: the time before that feed was
     * first read, for all that is wanted of it now. It follows from what is stored, so that it can be asked for at any time
     * and never leaves a gap.
     *
     * @param back how much of the past
     * @return how many were queued
     */
    public int addBackfills(TenantId tenant, Duration back, Instant now) {
        return fence.write(() -> database.sql(ADD_BACKFILLS)
                .param("tenant", tenant.value())
                .param("back", back.toSeconds())
                .param("now", Columns.timestamp(now))
                .update());
    }

    private static final String WITH_WORK = """
            select r.tenant_id from replay r where r.tenant_id = any (:tenants) and r.state in ('queued', 'running')
            union
            select f.tenant_id from feed f where f.tenant_id = any (:tenants) and
            """ + LACKS_HISTORY;

    /** Those of some tenants that have something to be read, or a feed whose backfill is to be queued. */
    public Set<TenantId> withWork(Collection<TenantId> tenants) {
        return database.sql(WITH_WORK)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .query((row, number) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                .set();
    }

    private static final String SELECT = """
            select r.*, d.id as device_id,
                   (select count(*) from quarantined_window q
                    where q.tenant_id = r.tenant_id and q.feed = r.feed and q.resolved_at is null
                      and q.window_from < r.range_to and q.window_to > r.range_from) as owed
            """;

    private static final String OPEN = SELECT + "from replay r\n" + TenantDevice.join("r.tenant_id") + """
            where r.tenant_id = :tenant and r.state in ('queued', 'running')
            order by r.purpose = 'backfill', case when r.purpose = 'request' then r.requested_at end,
                     array_position(array['alerts', 'incidents'], r.feed) nulls last, r.feed, r.requested_at, r.id
            """;

    /** What is to be read of a tenant, in the order in which it is to be read: what people asked for, then history, alerts first. */
    public List<Replay> open(TenantId tenant) {
        return database.sql(OPEN)
                .param("tenant", tenant.value())
                .query((row, number) -> replay(row))
                .list();
    }

    private static final String ONE =
            SELECT + "from replay r\n" + TenantDevice.join("r.tenant_id") + "where r.id = :id and {scope}";

    /** One replay. */
    public Optional<Replay> find(Scope scope, UUID id) {
        return scope.tenants(database, ONE, "r.tenant_id")
                .param("id", id)
                .query((row, number) -> replay(row))
                .optional();
    }

    private static final String CHOSEN = """
            from replay r
            where {scope} and (cast(:state as text) is null or r.state = :state) and
            """ + TenantDevice.isOf("r.tenant_id", ":device");

    private static final String ORDER = " order by r.requested_at desc, r.id ";

    private static final String LIST = SELECT + "from (select r.* " + CHOSEN + ORDER
            + "offset :offset limit :limit) as r " + TenantDevice.join("r.tenant_id", ":device") + ORDER;

    private static final String COUNT = "select count(*) " + CHOSEN;

    /**
     * Replays, the latest first.
     *
     * @param device only those of the tenant of this device
     * @param state only those in this state
     */
    public Slice<Replay> list(Scope scope, Optional<UUID> device, Optional<Replay.State> state, int offset, int limit) {
        var key = state.map(Replay.State::key).orElse(null);
        var rows = scope.tenants(database, LIST, "r.tenant_id")
                .param("device", device.orElse(null))
                .param("state", key)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, number) -> replay(row))
                .list();
        var total = scope.tenants(database, COUNT, "r.tenant_id")
                .param("device", device.orElse(null))
                .param("state", key)
                .query(Long.class)
                .single();
        return new Slice<>(rows, offset, total);
    }

    // A replay that was cancelled while the page was under way stays cancelled; the page's records are true all the
    // same.
    private static final String READ = """
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

    private static final String PASSED_OVER = """
            update replay set
                position    = :position,
                reached     = :reached,
                state       = case when :position <= range_from then 'done' else state end,
                finished_at = case when :position <= range_from then cast(:now as timestamptz) end,
                next_at     = null,
                failures    = 0
            where id = :replay and state in ('queued', 'running') and position >= :position
            """;

    /** Writes down how far a replay is read, together with the pages that it brings. */
    public ProgressLog progressOf(UUID replay) {
        return new Progress(replay);
    }

    private final class Progress implements ProgressLog {

        private final UUID replay;

        Progress(UUID replay) {
            this.replay = replay;
        }

        @Override
        public void pageKept(PastRead read, Taken taken, Optional<Diagnosis> notice, Instant at) {
            fence.run(() -> moved(READ, read, at)
                    .param("records", taken.newRecords())
                    .param("changed", taken.newVersions())
                    .param("same", taken.same())
                    .param("unreadable", taken.unreadable())
                    .param("leftOut", taken.leftOut())
                    .param("notice", notice.map(found -> found.trouble().key()).orElse(null))
                    .param("cause", notice.map(Diagnosis::cause).orElse(null))
                    .param("cure", notice.map(Diagnosis::cure).orElse(null))
                    .update());
        }

        @Override
        public void passedOver(PastRead read, Instant at) {
            fence.run(() -> moved(PASSED_OVER, read, at).update());
        }

        private JdbcClient.StatementSpec moved(String sql, PastRead read, Instant at) {
            return database.sql(sql)
                    .param("replay", replay)
                    .param("position", Columns.timestamp(read.position()))
                    .param("reached", read.reached().map(Columns::timestamp).orElse(null))
                    .param("now", Columns.timestamp(at));
        }
    }

    private static final String BEGIN = """
            update replay set state = 'running', started_at = :now where id = :id and state = 'queued'
            """;

    /** Notes that a replay's first page is about to be asked for. */
    public void begin(UUID id, Instant now) {
        fence.write(() -> database.sql(BEGIN)
                .param("id", id)
                .param("now", Columns.timestamp(now))
                .update());
    }

    private static final String KEPT_FOR = "update replay set kinds = :kinds where id = :id";

    /** Notes that from now on a replay keeps less than was wanted when it was queued. */
    public void keepsOnlyFor(UUID id, Set<DeviceKind> kinds) {
        fence.write(() -> database.sql(KEPT_FOR)
                .param("id", id)
                .param("kinds", kinds.stream().map(DeviceKind::key).toArray(String[]::new))
                .update());
    }

    private static final String STUCK = """
            update replay set failures = failures + 1, next_at = :next, trouble = :trouble, trouble_cause = :cause,
                              trouble_cure = :cure, trouble_request = :request
            where id = :id and state in ('queued', 'running')
            """;

    /** Notes a failed attempt; it goes on from the same place. */
    public void stuck(UUID id, Diagnosis diagnosis, Instant next) {
        fence.write(() -> tell(STUCK, id, diagnosis)
                .param("next", Columns.timestamp(next))
                .update());
    }

    private static final String GIVE_UP = """
            update replay set state = 'failed', finished_at = :now, failures = failures + 1, next_at = null,
                              trouble = :trouble, trouble_cause = :cause, trouble_cure = :cure,
                              trouble_request = :request
            where id = :id and state in ('queued', 'running')
            """;

    /** Ends a replay for a reason that will not pass. */
    public void giveUp(UUID id, Diagnosis diagnosis, Instant now) {
        fence.write(() -> tell(GIVE_UP, id, diagnosis)
                .param("now", Columns.timestamp(now))
                .update());
    }

    private JdbcClient.StatementSpec tell(String sql, UUID id, Diagnosis diagnosis) {
        return database.sql(sql)
                .param("id", id)
                .param("trouble", diagnosis.trouble().key())
                .param("cause", Columns.text(diagnosis.cause()))
                .param("cure", Columns.text(diagnosis.cure()))
                .param("request", diagnosis.requestId().map(Columns::text).orElse(null));
    }

    private static final String CANCEL = """
            update replay set state = 'cancelled', finished_at = :now, next_at = null
            where id = :id and state in ('queued', 'running')
            """;

    /**
     * Ends a replay. What it has brought stays.
     *
     * @return whether it was still open
     */
    public boolean cancel(UUID id, Instant now) {
        return fence.write(() -> database.sql(CANCEL)
                        .param("id", id)
                        .param("now", Columns.timestamp(now))
                        .update())
                > 0;
    }

    private static final String CANCEL_VOID = """
            update replay set state = 'cancelled', finished_at = :now, next_at = null
            where state in ('queued', 'running') and not
            """ + TenantDevice.isThere("tenant_id");

    /** Ends the replays of tenants that have no device any more. */
    public void cancelVoid(Instant now) {
        fence.write(() ->
                database.sql(CANCEL_VOID).param("now", Columns.timestamp(now)).update());
    }

    private static Replay replay(ResultSet row) throws SQLException {
        return new Replay(
                row.getObject("id", UUID.class),
                row.getObject("device_id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Feed.of(row.getString("feed")),
                Columns.texts(row, "kinds").stream()
                        .map(DeviceKind::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                Replay.Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
                new Window(Columns.instant(row, "range_from"), Columns.instant(row, "range_to")),
                Columns.instant(row, "position"),
                Columns.optionalInstant(row, "reached"),
                Replay.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("requested_by"),
                Columns.instant(row, "requested_at"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "finished_at"),
                Columns.optionalInstant(row, "next_at"),
                new Replay.Count(
                        row.getLong("pages"),
                        row.getLong("new_records"),
                        row.getLong("new_versions"),
                        row.getLong("same"),
                        row.getLong("unreadable"),
                        row.getLong("left_out")),
                row.getInt("failures"),
                problem(row),
                row.getInt("owed"));
    }

    private static Optional<Replay.Problem> problem(ResultSet row) throws SQLException {
        if (row.getString("trouble") == null) {
            return Optional.empty();
        }
        return Optional.of(new Replay.Problem(
                Trouble.of(row.getString("trouble")),
                row.getString("trouble_cause"),
                row.getString("trouble_cure"),
                Optional.ofNullable(row.getString("trouble_request"))));
    }
}
