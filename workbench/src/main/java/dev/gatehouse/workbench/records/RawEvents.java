package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.KeysetOrder;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything that came in, whatever it is, in the order in which it came for the first time by our clock; the newest first. */
@Component
public class RawEvents {

    private static final KeysetOrder NEWEST = new KeysetOrder("", "e.came", "e.event_id", true);

    private final JdbcClient database;

    RawEvents(JdbcClient database) {
        this.database = database;
    }

    /** What a raw event is. */
    public enum Kind {
        VENDOR_ALERTS(Feed.ALERTS.key(), Feed.ALERTS.title()),
        VENDOR_INCIDENTS(Feed.INCIDENTS.key(), Feed.INCIDENTS.title()),
        LOGON_EVENTS(Feed.LOGON_EVENTS.key(), Feed.LOGON_EVENTS.title()),
        QUERY_EVENTS(Feed.QUERY_EVENTS.key(), Feed.QUERY_EVENTS.title()),
        DIRECTORY_EVENTS(Feed.DIRECTORY_EVENTS.key(), Feed.DIRECTORY_EVENTS.title()),
        /** Vendor alerts of other products in the same directory, of which no more is kept than that they came. */
        OTHER_PRODUCTS("left-out", "Other products");

        private final String key;
        private final String title;

        Kind(String key, String title) {
            this.key = key;
            this.title = title;
        }

        /** The word in the database and in addresses, e.g. {@code logon-events}. */
        public String key() {
            return key;
        }

        public String title() {
            return title;
        }

        /**
         * The kind of that key.
         *
         * @throws IllegalArgumentException when there is none
         */
        static Kind of(String key) {
            for (var kind : values()) {
                if (kind.key.equals(key)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("There is no kind of raw event named '%s'".formatted(key));
        }
    }

    /**
     * Which raw events to list.
     *
     * @param tenant of one directory only
     * @param kind of one kind only
     * @param from came on that day (UTC) or later
     * @param to came on that day or before
     */
    public record Filter(Optional<TenantId> tenant, Optional<Kind> kind, LocalDate from, LocalDate to) {

        private Instant begin() {
            return from.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        private Instant end() {
            return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /**
     * One raw event.
     *
     * @param id made of directory, kind and key, so that lists can be cut at it
     * @param tenant the directory that it is from
     * @param key Microsoft's id of a vendor alert or incident; the hash of a hunting row
     * @param came for the first time, by our clock
     * @param happened when Microsoft made it, or when what it reports happened; empty where that is not known
     * @param title its title, what was done, or the product that it is of
     * @param about the accounts, devices and addresses that a hunting row names; empty for the others
     */
    public record RawEvent(
            UUID id,
            TenantId tenant,
            Kind kind,
            String key,
            Instant came,
            Optional<Instant> happened,
            String title,
            String about) {}

    private static final String OF_VENDOR_ALERTS = """
            select 'alerts' as kind, a.tenant_id, a.id as key, a.first_seen_at as came, a.created_at as happened, a.title,
                   '' as about, md5(a.tenant_id || ' alerts ' || a.id)::uuid as event_id
            from vendor_alert a where a.tenant_id = t.tenant_id and {between}
            """;

    private static final String OF_VENDOR_INCIDENTS = """
            select 'incidents' as kind, a.tenant_id, a.id as key, a.first_seen_at as came, a.created_at as happened,
                   a.display_name as title, '' as about, md5(a.tenant_id || ' incidents ' || a.id)::uuid as event_id
            from vendor_incident a where a.tenant_id = t.tenant_id and {between}
            """;

    private static final String OF_HUNTING_ROWS = """
            select a.feed as kind, a.tenant_id, encode(a.version, 'hex') as key, a.first_seen_at as came,
                   a.timestamp as happened, a.action_type as title,
                   concat_ws(' · ', nullif(a.account_name, ''), nullif(a.device_name, ''), nullif(a.ip_address, ''),
                             nullif(a.target, '')) as about,
                   md5(a.tenant_id || ' ' || a.feed || ' ' || encode(a.version, 'hex'))::uuid as event_id
            from hunting_row a where a.tenant_id = t.tenant_id and {between} {feed}
            """;

    private static final String OF_OTHER_PRODUCTS = """
            select 'left-out' as kind, a.tenant_id, a.id as key, a.first_seen_at as came, a.created_at as happened,
                   a.service_source as title, '' as about, md5(a.tenant_id || ' left-out ' || a.id)::uuid as event_id
            from left_out_vendor_alert a where a.tenant_id = t.tenant_id and {between}
            """;

    // Of each directory that had anything in these days no more than one page is looked at, by its index.
    private static final String LIST = """
            select e.* from (select distinct tenant_id from record_day
                             where day between :firstDay and :lastDay and records <> 0 and {scope} {one}) t
            cross join lateral ({parts}) e
            """;

    private static final String BETWEEN = "a.first_seen_at >= :from and a.first_seen_at < :to";

    /**
     * Lists raw events, the newest first.
     *
     * @param place where to begin; empty for the beginning of the list
     * @param limit how many to give at most
     */
    public KeysetPage<RawEvent> list(Scope scope, Filter filter, Optional<Place> place, int limit) {
        var backwards = place.filter(Place::backwards).isPresent();
        var between = BETWEEN
                + place.map(at -> at.backwards()
                                ? " and a.first_seen_at >= :placeTime"
                                : " and a.first_seen_at <= :placeTime")
                        .orElse("");
        var beyond = place.map(at -> " where " + NEWEST.beyond(backwards)).orElse("");
        var parts = new ArrayList<String>();
        for (var part : parts(filter.kind())) {
            parts.add("(select e.* from (%s) e%s%s limit :limit)"
                    .formatted(part.replace("{between}", between), beyond, NEWEST.orderBy(backwards)));
        }
        var sql = LIST.replace("{parts}", String.join(" union all ", parts))
                        .replace("{one}", filter.tenant().isPresent() ? "and tenant_id = :tenant" : "")
                        .replace("{feed}", filter.kind().isPresent() ? "and a.feed = :feed" : "")
                + NEWEST.orderBy(backwards) + " limit :limit";
        var statement = scope.tenants(database, sql, "tenant_id")
                .param("firstDay", filter.from())
                .param("lastDay", filter.to())
                .param("from", Columns.timestamp(filter.begin()))
                .param("to", Columns.timestamp(filter.end()))
                .param("tenant", filter.tenant().map(TenantId::value).orElse(null))
                .param("feed", filter.kind().map(Kind::key).orElse(null))
                .param("limit", limit + 1);
        var found = place.map(at -> statement.params(at.parameters()))
                .orElse(statement)
                .query((row, number) -> event(row))
                .list();
        return KeysetPage.of(found, limit, place, event -> new Place(0, event.came(), event.id(), false));
    }

    private static List<String> parts(Optional<Kind> kind) {
        return kind.map(wanted -> switch (wanted) {
                    case VENDOR_ALERTS -> List.of(OF_VENDOR_ALERTS);
                    case VENDOR_INCIDENTS -> List.of(OF_VENDOR_INCIDENTS);
                    case LOGON_EVENTS, QUERY_EVENTS, DIRECTORY_EVENTS -> List.of(OF_HUNTING_ROWS);
                    case OTHER_PRODUCTS -> List.of(OF_OTHER_PRODUCTS);
                })
                .orElse(List.of(OF_VENDOR_ALERTS, OF_VENDOR_INCIDENTS, OF_HUNTING_ROWS, OF_OTHER_PRODUCTS));
    }

    private static RawEvent event(ResultSet row) throws SQLException {
        return new RawEvent(
                row.getObject("event_id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Kind.of(row.getString("kind")),
                row.getString("key"),
                Columns.instant(row, "came"),
                Columns.optionalInstant(row, "happened"),
                row.getString("title"),
                row.getString("about"));
    }

    private static final String COUNTS = """
            select feed, sum(records) as records from record_day
            where day between :firstDay and :lastDay and {scope} {one} group by feed
            """;

    /** How many there are of each kind among those that the rest of a filter lets through, from the kept counters. */
    public Map<Kind, Long> counts(Scope scope, Filter filter) {
        var counts = new EnumMap<Kind, Long>(Kind.class);
        for (var kind : Kind.values()) {
            counts.put(kind, 0L);
        }
        var all = scope instanceof Scope.Everything && filter.tenant().isEmpty()
                ? COUNTS.replace("record_day", "record_day_total")
                : COUNTS;
        scope.tenants(
                        database,
                        all.replace("{one}", filter.tenant().isPresent() ? "and tenant_id = :tenant" : ""),
                        "tenant_id")
                .param("firstDay", filter.from())
                .param("lastDay", filter.to())
                .param("tenant", filter.tenant().map(TenantId::value).orElse(null))
                .query(row -> {
                    counts.put(Kind.of(row.getString("feed")), row.getLong("records"));
                });
        return counts;
    }
}
