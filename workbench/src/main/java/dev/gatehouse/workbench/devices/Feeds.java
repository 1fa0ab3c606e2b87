package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The state of every feed. Successes are written in the transaction that keeps a page. */
@Component
public class Feeds {

    private final JdbcClient database;
    private final Fence fence;

    Feeds(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    private static final String ALL = """
            select f.*, coalesce(q.owed, 0) as owed
            from feed f
            left join (select tenant_id, feed, count(*) as owed from quarantined_window
                       where resolved_at is null group by tenant_id, feed) q
                on q.tenant_id = f.tenant_id and q.feed = f.feed
            """;

    private static final String OF_TENANT = ALL + "where f.tenant_id = :tenant";

    private static final String ONE = OF_TENANT + " and f.feed = :feed";

    /** Every feed that was ever touched, of every tenant, also of one that no device reads any more. */
    public List<FeedState> all() {
        return database.sql(ALL).query((row, number) -> state(row)).list();
    }

    /** A tenant's feeds that were ever touched. */
    public List<FeedState> of(TenantId tenant) {
        return database.sql(OF_TENANT)
                .param("tenant", tenant.value())
                .query((row, number) -> state(row))
                .list();
    }

    private static final String OF_TENANTS = """
            select f.*, (select count(*) from quarantined_window q
                         where q.tenant_id = f.tenant_id and q.feed = f.feed and q.resolved_at is null) as owed
            from feed f where f.tenant_id = any (:tenants)
            """;

    /** The feeds of some tenants that were ever touched. */
    public List<FeedState> of(Collection<TenantId> tenants) {
        return database.sql(OF_TENANTS)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .query((row, number) -> state(row))
                .list();
    }

    /** One feed's state. */
    public FeedState of(TenantId tenant, Feed feed) {
        return database.sql(ONE)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .query((row, number) -> state(row))
                .optional()
                .orElseGet(() -> FeedState.untouched(tenant, feed));
    }

    /**
     * What a page brought to a feed.
     *
     * @param tenant whose feed it is
     * @param feed which one
     * @param at when the page came, by our clock
     * @param isNews whether anything was stored that was not there before
     * @param records how many records were never seen before
     * @param versions how many versions were never seen before, those of new records among them
     * @param unreadable how many records could not be understood and were not there before; below zero when some can be
     *     understood after all
     * @param leftOut how many alerts of other products were seen for the first time
     */
    public record Brought(
            TenantId tenant,
            Feed feed,
            Instant at,
            boolean isNews,
            int records,
            int versions,
            int unreadable,
            int leftOut) {}

    // What was not kept before the window because no device wanted it is history that is still to be read.
    // The state before is of the same snapshot, so that it is the one before this statement.
    private static final String SUCCEEDED = """
            with before as (
                select failures > 0 as failing from feed where tenant_id = :tenant and feed = :feed
            ), written as (
                insert into feed (tenant_id, feed, watermark, checkpoint_moved_at, last_poll_at, last_success_at, next_poll_at,
                                  last_data_at, first_data_at, working_since, kinds,
                                  trouble, trouble_since, trouble_cause, trouble_cure,
                                  records, versions, unreadable, left_out, read_from)
                values (:tenant, :feed, :watermark::timestamptz,
                        case when :watermark::timestamptz is not null then :now::timestamptz end, :now, :now, :next,
                        case when :news then :now::timestamptz end, case when :news then :now::timestamptz end, :now, :kinds,
                        :notice, case when :isNotice then :now::timestamptz end, :cause, :cure,
                        :records, :versions, :unreadable, :leftOut, :from)
                on conflict (tenant_id, feed) do update set
                    watermark       = greatest(feed.watermark, excluded.watermark),
                    checkpoint_moved_at = case when excluded.watermark is null or feed.watermark >= excluded.watermark
                                               then feed.checkpoint_moved_at else excluded.checkpoint_moved_at end,
                    read_from       = case when feed.kinds @> excluded.kinds
                                           then coalesce(feed.read_from, excluded.read_from)
                                           else coalesce(excluded.read_from, feed.read_from) end,
                    kinds           = case when excluded.read_from is null then feed.kinds else excluded.kinds end,
                    last_poll_at    = excluded.last_poll_at,
                    last_success_at = excluded.last_success_at,
                    next_poll_at    = coalesce(excluded.next_poll_at, feed.next_poll_at),
                    last_data_at    = coalesce(excluded.last_data_at, feed.last_data_at),
                    first_data_at   = coalesce(feed.first_data_at, excluded.first_data_at),
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
                returning 1
            )
            select coalesce((select failing from before), false) from written
            """;

    /**
     * Notes a page of a feed's own polling, and moves its checkpoint; a part of the transaction that keeps the page.
     *
     * @param read the window that is read, when the page tells how far it is complete
     * @param notice something about this page that people should know, although it came
     * @param next when the feed is due again, if that is known already
     * @return whether the feed was in trouble before
     */
    public boolean succeeded(
            Brought brought, Optional<Checkpoint> read, Optional<Diagnosis> notice, Optional<Instant> next) {
        return fence.write(() -> of(SUCCEEDED, brought)
                .param(
                        "watermark",
                        read.map(Checkpoint::completeUntil)
                                .map(Columns::timestamp)
                                .orElse(null))
                .param(
                        "from",
                        read.map(Checkpoint::readFrom).map(Columns::timestamp).orElse(null))
                .param(
                        "kinds",
                        read.map(Checkpoint::keptFor).orElse(Set.of()).stream()
                                .map(DeviceKind::key)
                                .toArray(String[]::new))
                .param("next", next.map(Columns::timestamp).orElse(null))
                .param("isNotice", notice.isPresent())
                .param("notice", notice.map(found -> found.trouble().key()).orElse(null))
                .param("cause", notice.map(Diagnosis::cause).orElse(null))
                .param("cure", notice.map(Diagnosis::cure).orElse(null))
                .query(Boolean.class)
                .single());
    }

    /**
     * How far a feed is read.
     *
     * @param readFrom where the window begins that is read
     * @param completeUntil everything before this is stored, or is in quarantine
     * @param keptFor the kinds of device for which everything of it is kept; empty for a feed of which nothing is left out
     */
    public record Checkpoint(Instant readFrom, Instant completeUntil, Set<DeviceKind> keptFor) {

        public Checkpoint {
            keptFor = Set.copyOf(keptFor);
        }
    }

    /**
     * A page of a feed's own polling that brought nothing.
     *
     * @param tenant whose feed it is
     * @param feed which one
     * @param at when the page came, by our clock
     * @param read the window that is read
     * @param next when the feed is due again, if that is known already
     */
    public record Quiet(TenantId tenant, Feed feed, Instant at, Checkpoint read, Optional<Instant> next) {}

    // Only a feed that was well before and is read for the same kinds of device: of the others more changes.
    private static final String QUIET = """
            with ours as (
                select f.tenant_id, f.feed, q.number, q.at, q.watermark, q.next
                from unnest(:numbers::integer[], :tenants::uuid[], :feeds::text[], :ats::timestamptz[],
                            :watermarks::timestamptz[], :kinds::text[], :nexts::timestamptz[])
                         as q (number, tenant_id, feed, at, watermark, kinds, next)
                join feed f on f.tenant_id = q.tenant_id and f.feed = q.feed
                where f.watermark is not null and f.working_since is not null and f.read_from is not null
                  and f.trouble is null and f.failures = 0
                  and f.kinds @> string_to_array(q.kinds, ',') and f.kinds <@ string_to_array(q.kinds, ',')
                for no key update of f skip locked
            )
            update feed f set
                watermark           = greatest(f.watermark, q.watermark),
                checkpoint_moved_at = case when f.watermark >= q.watermark then f.checkpoint_moved_at else q.at end,
                last_poll_at        = q.at,
                last_success_at     = q.at,
                next_poll_at        = coalesce(q.next, f.next_poll_at)
            from ours q
            where f.tenant_id = q.tenant_id and f.feed = q.feed
            returning q.number
            """;

    /**
     * Notes pages that brought nothing, of many feeds at once, and moves their checkpoints; in the transaction of whoever
     * calls, which waits for nobody.
     *
     * @param pages at most one of each feed
     * @return which of them were noted, by their place in the list. Of the others nothing has changed: their feeds are in
     *     trouble or new, or somebody else is at them
     */
    public Set<Integer> succeeded(List<Quiet> pages) {
        return fence.write(() -> new HashSet<>(database.sql(QUIET)
                .param("numbers", IntStream.range(0, pages.size()).boxed().toArray(Integer[]::new))
                .param("tenants", column(pages, page -> page.tenant().value(), UUID[]::new))
                .param("feeds", column(pages, page -> page.feed().key(), String[]::new))
                .param("ats", column(pages, page -> text(page.at()), String[]::new))
                .param("watermarks", column(pages, page -> text(page.read().completeUntil()), String[]::new))
                .param("kinds", column(pages, page -> kinds(page.read()), String[]::new))
                .param(
                        "nexts",
                        column(pages, page -> page.next().map(Feeds::text).orElse(null), String[]::new))
                .query(Integer.class)
                .list()));
    }

    private static <T> T[] column(List<Quiet> pages, Function<Quiet, @Nullable Object> value, IntFunction<T[]> array) {
        return pages.stream().map(value).toArray(array);
    }

    private static String text(Instant instant) {
        return Columns.timestamp(instant).toString();
    }

    private static String kinds(Checkpoint read) {
        return read.keptFor().stream().map(DeviceKind::key).collect(Collectors.joining(","));
    }

    private static final String COUNTED = """
            insert into feed (tenant_id, feed, last_data_at, first_data_at, records, versions, unreadable, left_out)
            values (:tenant, :feed, case when :news then cast(:now as timestamptz) end,
                    case when :news then cast(:now as timestamptz) end, :records, :versions, :unreadable, :leftOut)
            on conflict (tenant_id, feed) do update set
                last_data_at = coalesce(excluded.last_data_at, feed.last_data_at),
                first_data_at = coalesce(feed.first_data_at, excluded.first_data_at),
                records      = feed.records + excluded.records,
                versions     = feed.versions + excluded.versions,
                unreadable   = feed.unreadable + excluded.unreadable,
                left_out     = feed.left_out + excluded.left_out
            """;

    /**
     * Counts what a page brought that was not polled, and so says nothing of how the feed is doing; a part of the transaction
     * that keeps the page.
     */
    public void counted(Brought brought) {
        fence.run(() -> of(COUNTED, brought).update());
    }

    private JdbcClient.StatementSpec of(String sql, Brought brought) {
        return database.sql(sql)
                .param("tenant", brought.tenant().value())
                .param("feed", brought.feed().key())
                .param("now", Columns.timestamp(brought.at()))
                .param("news", brought.isNews())
                .param("records", brought.records())
                .param("versions", brought.versions())
                .param("unreadable", brought.unreadable())
                .param("leftOut", brought.leftOut());
    }

    private static final String FIRST_DATA = "select min(first_data_at) from feed where tenant_id = :tenant";

    /** When something of a tenant was stored for the first time, by our clock; empty while there is nothing. */
    public Optional<Instant> firstData(TenantId tenant) {
        return database.sql(FIRST_DATA)
                .param("tenant", tenant.value())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private static final String FIRST_DATA_OF = """
            select tenant_id, min(first_data_at) as first_data_at from feed
            where tenant_id = any (:tenants) and first_data_at is not null group by tenant_id
            """;

    /** When something of tenants was stored for the first time, by our clock; those that have nothing are left out. */
    public Map<TenantId, Instant> firstData(Collection<TenantId> tenants) {
        var first = new HashMap<TenantId, Instant>();
        database.sql(FIRST_DATA_OF)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .query(row -> {
                    first.put(
                            new TenantId(row.getObject("tenant_id", UUID.class)),
                            Columns.instant(row, "first_data_at"));
                });
        return first;
    }

    private static final String RECOUNT = """
            update feed set
                records    = records + :records,
                versions   = versions + :versions,
                unreadable = greatest(0, unreadable + :unreadable),
                left_out   = left_out + :leftOut
            where tenant_id = :tenant and feed = :feed
            """;

    /** Counts anew what could not be understood when it came; a part of the transaction that keeps it. */
    public void recounted(Brought brought) {
        fence.run(() -> database.sql(RECOUNT)
                .param("tenant", brought.tenant().value())
                .param("feed", brought.feed().key())
                .param("records", brought.records())
                .param("versions", brought.versions())
                .param("unreadable", brought.unreadable())
                .param("leftOut", brought.leftOut())
                .update());
    }

    private static final String MOVE_CHECKPOINT = """
            insert into feed (tenant_id, feed, watermark, checkpoint_moved_at, read_from)
            values (:tenant, :feed, :watermark, :now, :from)
            on conflict (tenant_id, feed) do update set
                watermark = greatest(feed.watermark, excluded.watermark),
                checkpoint_moved_at = case when feed.watermark >= excluded.watermark then feed.checkpoint_moved_at
                                           else excluded.checkpoint_moved_at end,
                read_from = coalesce(feed.read_from, excluded.read_from)
            """;

    /** Moves a checkpoint behind what is in quarantine; a part of the transaction that promises to come back. */
    public void moveCheckpoint(TenantId tenant, Feed feed, Checkpoint read, Instant now) {
        fence.run(() -> database.sql(MOVE_CHECKPOINT)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .param("watermark", Columns.timestamp(read.completeUntil()))
                .param("now", Columns.timestamp(now))
                .param("from", Columns.timestamp(read.readFrom()))
                .update());
    }

    /**
     * For how long Microsoft wants a tenant's feeds to be left alone. Polling says so, and takes it back when it gets through.
     *
     * @param now by our clock
     * @return only the feeds that are to be left alone
     */
    public Map<Feed, Duration> parked(TenantId tenant, Instant now) {
        return of(tenant).stream()
                .filter(state -> state.parkedUntil().filter(now::isBefore).isPresent())
                .collect(Collectors.toMap(
                        FeedState::feed,
                        state -> Duration.between(now, state.parkedUntil().orElseThrow())));
    }

    private static final String FAILED = """
            insert into feed (tenant_id, feed, last_poll_at, trouble, trouble_since, trouble_cause, trouble_cure,
                              trouble_code, trouble_status, trouble_request, failures)
            values (:tenant, :feed, :at, :trouble, :at, :cause, :cure, :code, :status, :request, 1)
            on conflict (tenant_id, feed) do update set
                last_poll_at    = excluded.last_poll_at,
                working_since   = null,
                trouble         = excluded.trouble,
                trouble_since   = case when feed.failures > 0 then feed.trouble_since else excluded.trouble_since end,
                trouble_cause   = excluded.trouble_cause,
                trouble_cure    = excluded.trouble_cure,
                trouble_code    = excluded.trouble_code,
                trouble_status  = excluded.trouble_status,
                trouble_request = excluded.trouble_request,
                failures        = feed.failures + 1
            returning failures = 1
            """;

    /**
     * Notes a failed attempt. The watermark stays.
     *
     * @param at when, by our clock
     * @return whether it is the first failure after a success
     */
    public boolean failed(TenantId tenant, Feed feed, Diagnosis diagnosis, Instant at) {
        return fence.write(() -> database.sql(FAILED)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .param("at", Columns.timestamp(at))
                .param("trouble", diagnosis.trouble().key())
                .param("cause", Columns.text(diagnosis.cause()))
                .param("cure", Columns.text(diagnosis.cure()))
                .param("code", diagnosis.code().map(Columns::text).orElse(null))
                .param(
                        "status",
                        diagnosis.httpStatus().isPresent()
                                ? diagnosis.httpStatus().getAsInt()
                                : null)
                .param("request", diagnosis.requestId().map(Columns::text).orElse(null))
                .query(Boolean.class)
                .single());
    }

    private static final String PLANNED = """
            insert into feed (tenant_id, feed, next_poll_at) values (:tenant, :feed, :at)
            on conflict (tenant_id, feed) do update set next_poll_at = excluded.next_poll_at
            """;

    /** Notes when a feed is due again. */
    public void planned(TenantId tenant, Feed feed, Instant at) {
        fence.write(() -> database.sql(PLANNED)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .param("at", Columns.timestamp(at))
                .update());
    }

    private static final String WITHOUT_TROUBLE = """
            update feed f set trouble = null, trouble_since = null, trouble_cause = null, trouble_cure = null,
                              trouble_code = null, trouble_status = null, trouble_request = null, failures = 0
            """;

    private static final String FORGET_TROUBLE = WITHOUT_TROUBLE + "where f.tenant_id = :tenant";

    /** Forgets a tenant's troubles, because what it is read with has changed and has to be tried anew. */
    public void forgetTrouble(TenantId tenant) {
        fence.write(() ->
                database.sql(FORGET_TROUBLE).param("tenant", tenant.value()).update());
    }

    private static final String FORGET_TROUBLE_OF_NEW = WITHOUT_TROUBLE + """
            from security_device d
            where d.id = any (:devices) and f.tenant_id = d.directory_id
              and not exists (select from security_device other
                              where other.directory_id = d.directory_id and other.enabled and other.deleted_at is null
                                and other.id <> all (:devices))
            """;

    /** Forgets what tenants that nobody read until now suffered from when somebody did. */
    void forgetTroubleOfNewReaders(Collection<UUID> devices) {
        fence.write(() -> database.sql(FORGET_TROUBLE_OF_NEW)
                .param("devices", devices.toArray(UUID[]::new))
                .update());
    }

    private static final String SECOND_LOOK = """
            update feed set second_look_at = :at where tenant_id = :tenant and feed = :feed
            """;

    /** Notes that the recent past was read once more. */
    public void lookedTwice(TenantId tenant, Feed feed, Instant at) {
        fence.write(() -> database.sql(SECOND_LOOK)
                .param("at", Columns.timestamp(at))
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .update());
    }

    private static FeedState state(ResultSet row) throws SQLException {
        return new FeedState(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Feed.of(row.getString("feed")),
                Columns.optionalInstant(row, "watermark"),
                Columns.optionalInstant(row, "last_poll_at"),
                Columns.optionalInstant(row, "last_success_at"),
                Columns.optionalInstant(row, "last_data_at"),
                Columns.optionalInstant(row, "next_poll_at"),
                Columns.optionalInstant(row, "working_since"),
                Columns.optionalInstant(row, "second_look_at"),
                Columns.optionalInstant(row, "checkpoint_moved_at"),
                Columns.diagnosis(row, "trouble_request"),
                Columns.optionalInstant(row, "trouble_since"),
                row.getInt("failures"),
                row.getLong("records"),
                row.getLong("versions"),
                row.getLong("unreadable"),
                row.getLong("left_out"),
                row.getInt("owed"));
    }
}
