package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.TenantDevice;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The records that could not be understood: finds them for people, and for whoever tries them again. That one came, and that
 * one was read after all, is written by {@link Records}, together with what it changes.
 */
@Component
public class UnreadableRecords {

    /** How many rows a list counts at most; a tenant of which nothing can be read has a row for each record. */
    public static final int COUNTED = 10_000;

    private static final int LONGEST_BEGINNING = 2_000;

    /** For a record of which only the compressed length is known. */
    private static final int INFLATION = 10;

    /** How often a record is begun to be tried by itself before somebody has to ask for it. */
    private static final int BEGUN_AT_MOST = 3;

    private final JdbcClient database;
    private final Fence fence;

    UnreadableRecords(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    /**
     * Which records are wanted. What is empty does not matter.
     *
     * @param device of one device
     * @param feed of one feed
     * @param from that came then or later, by our clock
     * @param to that came before
     */
    public record Filter(Optional<UUID> device, Optional<Feed> feed, Optional<Instant> from, Optional<Instant> to) {

        /** All of them. */
        public static Filter none() {
            return new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private static final String SELECT = """
            select u.id, u.tenant_id, u.feed, u.reason, u.request_id, u.first_seen_at, u.attempts, u.last_tried_at,
                   u.parser_version = 0 as is_due, u.bytes, u.beginning, d.id as device_id, d.name as device_name
            from unreadable_record u
            """ + TenantDevice.join("u.tenant_id");

    private static final String CHOSEN = """
            {scope} and (:device::uuid is null
                   or u.tenant_id = (select directory_id from security_device where id = :device::uuid))
              and (:feed::text is null or u.feed = :feed::text)
              and (:from::timestamptz is null or u.first_seen_at >= :from::timestamptz)
              and (:to::timestamptz is null or u.first_seen_at < :to::timestamptz)
            """;

    private static final String LIST = SELECT + "where " + CHOSEN + """
            order by u.first_seen_at desc, u.id
            limit :limit offset :offset
            """;

    private static final String COUNT =
            "select count(*) from (select from unreadable_record u where " + CHOSEN + "limit :most) as counted";

    /**
     * Lists records, the one that came last first.
     *
     * @param offset how many to skip
     * @param limit how many to give at most
     * @return whose total is one more than {@link #COUNTED} when there are more than that
     */
    public Slice<UnreadableRecord> list(Scope scope, Filter filter, int offset, int limit) {
        var rows = chosen(scope, LIST, filter)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> record(row))
                .list();
        var total = chosen(scope, COUNT, filter)
                .param("most", COUNTED + 1)
                .query(Long.class)
                .single();
        return new Slice<>(rows, offset, total);
    }

    private JdbcClient.StatementSpec chosen(Scope scope, String sql, Filter filter) {
        return scope.tenants(database, sql, "u.tenant_id")
                .param("device", filter.device().orElse(null))
                .param("feed", filter.feed().map(Feed::key).orElse(null))
                .param("from", filter.from().map(Columns::timestamp).orElse(null))
                .param("to", filter.to().map(Columns::timestamp).orElse(null));
    }

    /** One record; empty when it was read after all. */
    public Optional<UnreadableRecord> find(Scope scope, UUID id) {
        return scope.tenants(database, SELECT + "where u.id = :id and {scope}", "u.tenant_id")
                .param("id", id)
                .query((row, number) -> record(row))
                .optional();
    }

    /** A record's text as it was received; empty when it was read after all. */
    public Optional<Original> original(Scope scope, UUID id) {
        return scope.tenants(database, "select original from unreadable_record where id = :id and {scope}", "tenant_id")
                .param("id", id)
                .query(byte[].class)
                .optional()
                .map(Compressed::inflate);
    }

    private static final String TRY_AGAIN =
            "update unreadable_record u set parser_version = 0, begun = 0 where " + CHOSEN;

    /** Makes records due to be tried again; gives how many those are. */
    public int tryAgain(Scope scope, Filter filter) {
        return chosen(scope, TRY_AGAIN, filter).update();
    }

    private static final String DUE = """
            select id, coalesce(bytes, octet_length(original) * :inflation) as bytes from unreadable_record
            where parser_version < :version and begun < :often
            order by parser_version, id limit :most
            """;

    /**
     * Records that this version of the parser has not tried yet.
     *
     * @param parserVersion of the parser
     * @param most how many at most
     * @param mostBytes how long they are together at most, unless one alone is longer
     */
    public List<UUID> due(int parserVersion, int most, long mostBytes) {
        var due = new ArrayList<UUID>();
        var sum = new long[1];
        database.sql(DUE)
                .param("version", parserVersion)
                .param("most", most)
                .param("inflation", INFLATION)
                .param("often", BEGUN_AT_MOST)
                .query(row -> {
                    sum[0] += row.getLong("bytes");
                    if (due.isEmpty() || sum[0] <= mostBytes) {
                        due.add(row.getObject("id", UUID.class));
                    }
                });
        return due;
    }

    private static final String BEGIN = "update unreadable_record set begun = begun + 1 where id = :id";

    /**
     * Notes that a record is about to be tried. One that takes the process down with it, or that the database never takes, is
     * not begun by itself for ever.
     */
    public void begin(UUID id) {
        fence.write(() -> database.sql(BEGIN).param("id", id).update());
    }

    private static final String STILL_UNREADABLE = """
            update unreadable_record set
                reason         = :reason,
                parser_version = greatest(parser_version, :version),
                attempts       = attempts + 1,
                begun          = 0,
                last_tried_at  = :now,
                bytes          = :bytes,
                beginning      = :beginning
            where id = :id
            """;

    /**
     * Notes that a record cannot be read by a later parser either.
     *
     * @param reason why not
     * @param parserVersion of that parser
     */
    public void stillUnreadable(UUID id, Original original, String reason, int parserVersion, Instant now) {
        fence.write(() -> database.sql(STILL_UNREADABLE)
                .param("id", id)
                .param("reason", Columns.text(reason))
                .param("version", parserVersion)
                .param("now", Columns.timestamp(now))
                .param("bytes", original.length())
                .param("beginning", beginning(original))
                .update());
    }

    /** What people see of a record's text without opening it. */
    static String beginning(Original original) {
        return Columns.text(original.beginning(LONGEST_BEGINNING));
    }

    private static UnreadableRecord record(ResultSet row) throws SQLException {
        return new UnreadableRecord(
                row.getObject("id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                Feed.of(row.getString("feed")),
                Optional.ofNullable(row.getObject("device_id", UUID.class)),
                Optional.ofNullable(row.getString("device_name")).orElse(""),
                row.getString("reason"),
                Optional.ofNullable(row.getString("request_id")),
                Columns.instant(row, "first_seen_at"),
                new UnreadableRecord.Tries(
                        row.getInt("attempts"), Columns.instant(row, "last_tried_at"), row.getBoolean("is_due")),
                Optional.ofNullable(row.getObject("bytes", Integer.class)),
                row.getString("beginning"));
    }
}
