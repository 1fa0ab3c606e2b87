package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.devices.TenantDevice;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.reconcile.Reconciliation.Count;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What Graph has against what is here, hour by hour, and which hours are still to be compared. */
@Component
public class Reconciliations {

    private final JdbcClient database;
    private final Fence fence;

    Reconciliations(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    /**
     * When hours are compared by themselves.
     *
     * @param from not before this; the first full hour
     * @param firstAfter how long after an hour's end it is compared
     * @param againAfter how long after an hour's end it is compared once more
     */
    public record Schedule(Instant from, Duration firstAfter, Duration againAfter) {}

    /**
     * An hour that is to be compared.
     *
     * @param isWanted whether somebody asked for it
     */
    public record Due(Feed feed, Instant hour, boolean isWanted) {}

    /** Of a feed {@code f}: from when on all of it has been read, by polling or by the backfill as far as it is. */
    private static final String READ_FROM = """
            least(f.read_from,
                    (select min(greatest(b.range_from, b.position)) from replay b
                     where b.tenant_id = f.tenant_id and b.feed = f.feed and b.purpose = 'backfill'
                       and b.range_to > f.read_from and b.kinds @> f.kinds))
            """;

    // An hour is due by itself once all of it has been read: by polling, or by the backfill. Otherwise the comparison
    // would only find what the backfill is about to bring. What was compared is taken by the tenant's key first: joined
    // hour by hour, the planner reads the hours of all tenants.
    private static final String DUE = """
            with asked as (
                select r.feed, r.hour, true as wanted from reconciliation r
                where r.tenant_id = :tenant and r.wanted and r.state <> 'healing'
            ), compared as materialized (
                select r.feed, r.hour, r.state, r.checked_at from reconciliation r
                where r.tenant_id = :tenant and r.hour >= :from
            ), feeds as materialized (
                select f.feed, f.watermark,
            """ + READ_FROM + """
                as read_from
                from feed f where f.tenant_id = :tenant
            ), scheduled as (
                select f.feed, h.hour, false as wanted
                from feeds f
                cross join lateral generate_series(cast(:from as timestamptz),
                    least(f.watermark, cast(:now as timestamptz) - make_interval(secs => :first)) - interval '1 hour',
                    interval '1 hour') h (hour)
                left join compared c on c.feed = f.feed and c.hour = h.hour
                where h.hour >= f.read_from
                  and coalesce(c.state <> 'healing', true)
                  and (c.checked_at is null
                       or (c.checked_at < h.hour + interval '1 hour' + make_interval(secs => :again)
                           and h.hour + interval '1 hour' + make_interval(secs => :again) <= :now))
            )
            select feed, hour, bool_or(wanted) as wanted from (select * from asked union all select * from scheduled) due
            group by feed, hour
            order by wanted desc, hour desc, array_position(array['alerts', 'incidents'], feed) nulls last, feed
            """;

    /** Which hours of a tenant are to be compared now: what people asked for first, otherwise the newest first. */
    public List<Due> due(TenantId tenant, Schedule schedule, Instant now) {
        return database.sql(DUE)
                .param("tenant", tenant.value())
                .param("from", Columns.timestamp(schedule.from()))
                .param("first", schedule.firstAfter().toSeconds())
                .param("again", schedule.againAfter().toSeconds())
                .param("now", Columns.timestamp(now))
                .query((row, number) ->
                        new Due(Feed.of(row.getString("feed")), Columns.instant(row, "hour"), row.getBoolean("wanted")))
                .list();
    }

    // Of what is due by itself, the newest hour, the oldest, and the one that was to be compared again last: whoever
    // has none of these due has no other but for up to an hour, until the next one is. Each is looked for by its key.
    private static final String WITH_WORK = """
            with feeds as materialized (
                select f.tenant_id, f.feed,
                    date_bin('1 hour', least(f.watermark, cast(:now as timestamptz) - make_interval(secs => :first))
                             - interval '1 hour', cast(:from as timestamptz)) as newest,
                    date_bin('1 hour', greatest(cast(:from as timestamptz),
            """ + READ_FROM + """
                             ) + interval '1 hour' - interval '1 microsecond', cast(:from as timestamptz)) as oldest,
                    date_bin('1 hour', cast(:now as timestamptz) - make_interval(secs => :again) - interval '1 hour',
                             cast(:from as timestamptz)) as again
                from feed f where f.tenant_id = any (:tenants) and f.read_from is not null
            ), hours as (
                select f.tenant_id, f.feed, f.newest as hour, false as is_again from feeds f where f.newest >= f.oldest
                union
                select f.tenant_id, f.feed, f.oldest, false from feeds f where f.newest >= f.oldest
                union
                select f.tenant_id, f.feed, f.again, true from feeds f where f.again between f.oldest and f.newest
            )
            select h.tenant_id from hours h
            left join lateral (
                select r.state, r.checked_at from reconciliation r
                where r.tenant_id = h.tenant_id and r.feed = h.feed and r.hour = h.hour
                limit 1) c on true
            where coalesce(c.state <> 'healing', true)
              and (c.checked_at is null
                   or (h.is_again and c.checked_at < h.hour + interval '1 hour' + make_interval(secs => :again)))
            union
            select r.tenant_id from reconciliation r
            where r.tenant_id = any (:tenants) and r.wanted and r.state <> 'healing'
            union
            select r.tenant_id from reconciliation r join replay p on p.id = r.replay_id
            where r.tenant_id = any (:tenants) and r.state = 'healing' and p.state in ('done', 'failed', 'cancelled')
            """;

    /**
     * Those of some tenants that have hours to compare or to {@linkplain #settle settle}. One that had none and has a single hour
     * due between two that are compared is not found before the next hour is due.
     */
    public Set<TenantId> withWork(Collection<TenantId> tenants, Schedule schedule, Instant now) {
        return database.sql(WITH_WORK)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .param("from", Columns.timestamp(schedule.from()))
                .param("first", schedule.firstAfter().toSeconds())
                .param("again", schedule.againAfter().toSeconds())
                .param("now", Columns.timestamp(now))
                .query((row, number) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                .set();
    }

    private static final String REQUEST = """
            insert into reconciliation (tenant_id, feed, hour, state, wanted, requested_by, requested_at)
            select :tenant, f.feed, h.hour, 'waiting', true, :by, :now
            from unnest(cast(:feeds as text[])) f (feed)
            cross join lateral generate_series(cast(:from as timestamptz),
                cast(:to as timestamptz) - interval '1 hour', interval '1 hour') h (hour)
            on conflict (tenant_id, feed, hour) do update set
                wanted = true, requested_by = excluded.requested_by, requested_at = excluded.requested_at
            """;

    /**
     * Asks for hours to be compared, again if they were already.
     *
     * @param hours from the start of the first to the end of the last
     * @param by who wants it
     * @return how many comparisons that are
     */
    public int request(TenantId tenant, Collection<Feed> feeds, Window hours, String by, Instant now) {
        return fence.write(() -> database.sql(REQUEST)
                .param("tenant", tenant.value())
                .param("feeds", feeds.stream().map(Feed::key).toArray(String[]::new))
                .param("from", Columns.timestamp(hours.from()))
                .param("to", Columns.timestamp(hours.to()))
                .param("by", Columns.text(by))
                .param("now", Columns.timestamp(now))
                .update());
    }

    // Left-out alerts that were counted before their time was noted may be of any hour. They are held, wherever.
    private static final String HELD_ALERTS = """
            select id, updated_at, true as in_hour from vendor_alert
            where tenant_id = :tenant and created_at >= :from and created_at < :to
            union all
            select id, null, created_at is not null from left_out_vendor_alert
            where tenant_id = :tenant and (created_at is null or created_at >= :from and created_at < :to)
            """;

    private static final String HELD_INCIDENTS = """
            select id, updated_at, true as in_hour from vendor_incident
            where tenant_id = :tenant and created_at >= :from and created_at < :to
            """;

    /**
     * A record that is here.
     *
     * @param updated Microsoft's time of its current version, cut to a microsecond; empty when only its id is kept
     * @param isOfHour whether it is known to have been made in the hour
     */
    public record Held(Optional<Instant> updated, boolean isOfHour) {}

    /** The alerts or incidents made in a stretch of time that are here, by their ids; left-out ones are among them. */
    public Map<String, Held> held(TenantId tenant, Feed feed, Window window) {
        var held = new HashMap<String, Held>();
        database.sql(feed == Feed.ALERTS ? HELD_ALERTS : HELD_INCIDENTS)
                .param("tenant", tenant.value())
                .param("from", Columns.timestamp(window.from()))
                .param("to", Columns.timestamp(window.to()))
                .query((row, number) -> held.put(
                        row.getString("id"),
                        new Held(Columns.optionalInstant(row, "updated_at"), row.getBoolean("in_hour"))))
                .list();
        return held;
    }

    private static final String HELD_ROWS = """
            select date_trunc('hour', timestamp, 'UTC') as hour, count(*) as rows from hunting_row
            where tenant_id = :tenant and feed = :feed and timestamp >= :from and timestamp < :to
            group by 1
            """;

    /** How many rows of a hunting table are here, by the hour; hours without any are absent. */
    public Map<Instant, Long> heldRows(TenantId tenant, Feed feed, Window window) {
        var held = new HashMap<Instant, Long>();
        database.sql(HELD_ROWS)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .param("from", Columns.timestamp(window.from()))
                .param("to", Columns.timestamp(window.to()))
                .query((row, number) -> held.put(Columns.instant(row, "hour"), row.getLong("rows")))
                .list();
        return held;
    }

    /**
     * An hour of a tenant's feed.
     *
     * @param tenant whose feed it is
     * @param feed which one
     * @param hour its start
     */
    public record Place(TenantId tenant, Feed feed, Instant hour) {}

    private static final String CHECKED = """
            insert into reconciliation as r (tenant_id, feed, hour, state, in_graph, here, missing_here,
                missing_there, changed, healed, alike, checks, checked_at, replay_id, request_id)
            values (:tenant, :feed, :hour, :state, :inGraph, :here, :missingHere,
                :missingThere, :changed, :healed, :alike, 1, :now, :replay, :request)
            on conflict (tenant_id, feed, hour) do update set
                state         = case when excluded.state = 'equal' and r.healed > 0 then 'healed' else excluded.state end,
                in_graph      = excluded.in_graph,
                here          = excluded.here,
                missing_here  = r.missing_here + excluded.missing_here,
                missing_there = excluded.missing_there,
                changed       = r.changed + excluded.changed,
                healed        = r.healed + excluded.healed,
                alike         = excluded.alike,
                checks        = r.checks + 1,
                checked_at    = excluded.checked_at,
                wanted        = false,
                replay_id     = coalesce(excluded.replay_id, r.replay_id),
                trouble = null, trouble_cause = null, trouble_cure = null, trouble_code = null, trouble_status = null,
                request_id    = excluded.request_id
            """;

    /**
     * Notes a comparison.
     *
     * @param count what it counted; missing, changed and healed of this check alone
     * @param replay what fetches missing rows; empty when nothing has to
     */
    public void checked(
            Place place, State state, Count count, Optional<UUID> replay, Optional<String> requestId, Instant now) {
        fence.write(() -> database.sql(CHECKED)
                .params(of(place))
                .param("state", state.key())
                .param("inGraph", count.inGraph())
                .param("here", count.here())
                .param("missingHere", count.missingHere())
                .param("missingThere", count.missingThere())
                .param("changed", count.changed())
                .param("healed", count.healed())
                .param("alike", count.alike())
                .param("replay", replay.orElse(null))
                .param("request", requestId.map(Columns::text).orElse(null))
                .param("now", Columns.timestamp(now))
                .update());
    }

    private static final String FAILED = """
            insert into reconciliation (tenant_id, feed, hour, state, trouble, trouble_cause, trouble_cure,
                                        trouble_code, trouble_status, request_id)
            values (:tenant, :feed, :hour, 'failed', :trouble, :cause, :cure, :code, :status, :request)
            on conflict (tenant_id, feed, hour) do update set
                state          = excluded.state,
                trouble        = excluded.trouble,
                trouble_cause  = excluded.trouble_cause,
                trouble_cure   = excluded.trouble_cure,
                trouble_code   = excluded.trouble_code,
                trouble_status = excluded.trouble_status,
                request_id     = excluded.request_id
            """;

    /** Notes that an hour could not be compared. It stays due. */
    public void failed(Place place, Diagnosis diagnosis) {
        fence.write(() -> database.sql(FAILED)
                .params(of(place))
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
                .update());
    }

    private static Map<String, Object> of(Place place) {
        return Map.of(
                "tenant", place.tenant().value(),
                "feed", place.feed().key(),
                "hour", Columns.timestamp(place.hour()));
    }

    // Whatever is not here after all of the hour was read again is the same as a row that is.
    private static final String SETTLE = """
            with ended as (
                select r.tenant_id, r.feed, r.hour, p.state as replay_state, p.trouble, p.trouble_cause,
                       p.trouble_cure, p.trouble_request,
                       (select count(*) from hunting_row h
                        where h.tenant_id = r.tenant_id and h.feed = r.feed
                          and h.timestamp >= r.hour and h.timestamp < r.hour + interval '1 hour') as here
                from reconciliation r join replay p on p.id = r.replay_id
                where r.tenant_id = :tenant and r.state = 'healing' and p.state in ('done', 'failed', 'cancelled')
            )
            update reconciliation r set
                missing_here   = r.missing_here + greatest(0, e.here - r.here),
                healed         = r.healed + greatest(0, e.here - r.here),
                alike          = case when e.replay_state = 'done' then greatest(0, r.in_graph - e.here) else r.alike end,
                state          = case when e.replay_state <> 'done' then 'differs'
                                      when e.here > r.in_graph then 'differs'
                                      when r.healed + greatest(0, e.here - r.here) > 0 then 'healed'
                                      else 'equal' end,
                missing_there  = case when e.replay_state = 'done' then greatest(0, e.here - r.in_graph) else 0 end,
                here           = e.here,
                trouble        = e.trouble,
                trouble_cause  = e.trouble_cause,
                trouble_cure   = e.trouble_cure,
                request_id     = coalesce(e.trouble_request, r.request_id)
            from ended e
            where r.tenant_id = e.tenant_id and r.feed = e.feed and r.hour = e.hour
            returning r.replay_id
            """;

    /** Closes the hours of a tenant whose missing rows have been fetched; gives the replays that did that. */
    public Set<UUID> settle(TenantId tenant) {
        return fence.write(() -> database.sql(SETTLE)
                .param("tenant", tenant.value())
                .query((row, number) -> row.getObject("replay_id", UUID.class))
                .set());
    }

    private static final String SELECT = """
            select r.*, d.id as device_id, d.name as device_name from reconciliation r
            """;

    private static final String ONE = SELECT + TenantDevice.join("r.tenant_id")
            + "where {scope} and r.tenant_id = :tenant and r.feed = :feed and r.hour = :hour";

    /** One hour. */
    public Optional<Reconciliation> find(Scope scope, TenantId tenant, Feed feed, Instant hour) {
        return scope.tenants(database, ONE, "r.tenant_id")
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .param("hour", Columns.timestamp(hour))
                .query((row, number) -> reconciliation(row))
                .optional();
    }

    /**
     * Which hours are wanted. What is empty does not matter.
     *
     * @param device of the tenant of one device
     * @param feed of one feed
     * @param state that compare so
     * @param from that end after this
     * @param to that begin before this
     */
    public record Filter(
            Optional<UUID> device,
            Optional<Feed> feed,
            Optional<State> state,
            Optional<Instant> from,
            Optional<Instant> to) {}

    private static final String WHERE =
            """
            where {scope}
              and (cast(:feed as text) is null or r.feed = :feed)
              and (cast(:state as text) is null or r.state = :state)
              and (cast(:from as timestamptz) is null or r.hour > cast(:from as timestamptz) - interval '1 hour')
              and (cast(:to as timestamptz) is null or r.hour < :to) and
            """ + TenantDevice.isThere("r.tenant_id") + " and " + TenantDevice.isOf("r.tenant_id", ":device");

    private static final String ORDER = """

            order by r.hour desc, d.name, r.tenant_id, array_position(array['alerts', 'incidents'], r.feed) nulls last, r.feed
            offset :offset limit :limit
            """;

    private static final String LIST = SELECT + TenantDevice.join("r.tenant_id", ":device") + WHERE + ORDER;

    private static final String COUNT = """
            select count(*) from reconciliation r
            """;

    /** Hours, the newest first. */
    public Slice<Reconciliation> list(Scope scope, Filter filter, int offset, int limit) {
        var rows = filtered(scope.tenants(database, LIST, "r.tenant_id"), filter)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, number) -> reconciliation(row))
                .list();
        var total = filtered(scope.tenants(database, COUNT + WHERE, "r.tenant_id"), filter)
                .query(Long.class)
                .single();
        return new Slice<>(rows, offset, total);
    }

    private static JdbcClient.StatementSpec filtered(JdbcClient.StatementSpec statement, Filter filter) {
        return statement
                .param("device", filter.device().orElse(null))
                .param("feed", filter.feed().map(Feed::key).orElse(null))
                .param("state", filter.state().map(State::key).orElse(null))
                .param("from", filter.from().map(Columns::timestamp).orElse(null))
                .param("to", filter.to().map(Columns::timestamp).orElse(null));
    }

    private static final String FORGET = "delete from reconciliation where hour < :before and not wanted";

    /** Deletes what is older; gives how many hours that were. */
    public int forgetBefore(Instant before) {
        return fence.write(() ->
                database.sql(FORGET).param("before", Columns.timestamp(before)).update());
    }

    private static Reconciliation reconciliation(ResultSet row) throws SQLException {
        return new Reconciliation(
                row.getObject("device_id", UUID.class),
                row.getString("device_name"),
                Feed.of(row.getString("feed")),
                Columns.instant(row, "hour"),
                State.of(row.getString("state")).orElseThrow(),
                new Count(
                        row.getLong("in_graph"),
                        row.getLong("here"),
                        row.getLong("missing_here"),
                        row.getLong("missing_there"),
                        row.getLong("changed"),
                        row.getLong("healed"),
                        row.getLong("alike")),
                row.getInt("checks"),
                Columns.optionalInstant(row, "checked_at"),
                row.getBoolean("wanted"),
                Optional.ofNullable(row.getString("requested_by")),
                Optional.ofNullable(row.getObject("replay_id", UUID.class)),
                Columns.diagnosis(row, "request_id"),
                Optional.ofNullable(row.getString("request_id")));
    }
}
