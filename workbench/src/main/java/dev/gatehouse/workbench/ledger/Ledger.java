package dev.gatehouse.workbench.ledger;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One row for every window that was read: what was asked, what came, what became of it. Rows are kept for a while. */
@Component
public class Ledger {

    /** How far it counts. Counting all rows of a week of a thousand tenants would take longer than anybody waits. */
    public static final int COUNTED = 10_000;

    private final JdbcClient database;
    private final Fence fence;

    Ledger(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    /** What became of reading a window. */
    public enum Outcome {
        READING("reading", "Reading"),
        COMPLETE("complete", "Complete"),
        FAILED("failed", "Failed"),
        INTERRUPTED("interrupted", "Interrupted");

        private final String key;
        private final String title;

        Outcome(String key, String title) {
            this.key = key;
            this.title = title;
        }

        /** Its name in the database, in addresses and in the API. */
        public String key() {
            return key;
        }

        /** Its name on the screens. */
        public String title() {
            return title;
        }

        /** The outcome with that key. */
        public static Optional<Outcome> of(String key) {
            return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
        }
    }

    /**
     * One window that was read, or is.
     *
     * @param poll which window, and what for
     * @param device the one that the tenant is known by
     * @param deviceName what that is called
     * @param feed of which feed
     * @param asked the first question in Graph's own words; empty when it did not come to one
     * @param startedAt when it was asked, by our clock
     * @param endedAt when the last answer came, by our clock
     * @param requests how often Microsoft was asked
     * @param pages how many pages came
     * @param took how long Microsoft took for all of them
     * @param bytes size of the answers
     * @param newRecords never seen before
     * @param newVersions of records seen before
     * @param same seen before just like this
     * @param unreadable kept for the first time without being understood
     * @param leftOut alerts of other products seen for the first time
     * @param outcome what became of it
     * @param problem why it failed, when it did
     * @param requestIds Microsoft's names for the requests, the latest last; at most a hundred
     */
    public record Entry(
            PollWindow poll,
            UUID device,
            String deviceName,
            Feed feed,
            String asked,
            Instant startedAt,
            Instant endedAt,
            int requests,
            int pages,
            Duration took,
            long bytes,
            int newRecords,
            int newVersions,
            int same,
            int unreadable,
            int leftOut,
            Outcome outcome,
            Optional<Problem> problem,
            List<String> requestIds) {}

    /**
     * Why reading a window failed.
     *
     * @param trouble what kind it is
     * @param cause in a sentence; empty in rows of earlier releases
     * @param code Microsoft's, when it gave one
     * @param httpStatus of the answer, when there was one
     */
    public record Problem(Trouble trouble, String cause, Optional<String> code, Optional<Integer> httpStatus) {}

    /**
     * Which rows are wanted. What is empty does not matter.
     *
     * @param device of the tenant of one device
     * @param feed of one feed
     * @param purpose read for one purpose
     * @param outcome that ended in one way
     * @param from of windows that end after this
     * @param to of windows that begin before this
     */
    public record Filter(
            Optional<UUID> device,
            Optional<Feed> feed,
            Optional<Purpose> purpose,
            Optional<Outcome> outcome,
            Optional<Instant> from,
            Optional<Instant> to) {

        /** All rows. */
        public static Filter none() {
            return new Filter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /** The rows of one device. */
        public static Filter of(UUID device) {
            return new Filter(
                    Optional.of(device),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private static final String INSERT = """
            insert into poll_window as w
                   (id, tenant_id, feed, purpose, window_from, window_to, asked, started_at, ended_at, requests, pages,
                    took_ms, bytes, new_records, new_versions, same, unreadable, left_out,
                    outcome, trouble, trouble_cause, trouble_code, http_status, request_ids)
            """;

    private static final String ADD = """
            on conflict (id) do update set
                asked         = case when w.asked = '' then excluded.asked else w.asked end,
                ended_at      = excluded.ended_at,
                requests      = w.requests + 1,
                pages         = w.pages + excluded.pages,
                took_ms       = w.took_ms + excluded.took_ms,
                bytes         = w.bytes + excluded.bytes,
                new_records   = w.new_records + excluded.new_records,
                new_versions  = w.new_versions + excluded.new_versions,
                same          = w.same + excluded.same,
                unreadable    = w.unreadable + excluded.unreadable,
                left_out      = w.left_out + excluded.left_out,
                outcome       = excluded.outcome,
                trouble       = excluded.trouble,
                trouble_cause = excluded.trouble_cause,
                trouble_code  = excluded.trouble_code,
                http_status   = excluded.http_status,
                request_ids   = (w.request_ids || excluded.request_ids)
                                [greatest(1, cardinality(w.request_ids || excluded.request_ids) - 99):]
            """;

    private static final String NOTE = INSERT + """
            values (:id, :tenant, :feed, :purpose, :from, :to, :asked, :startedAt, :at, 1, :pages,
                    :took, :bytes, :records, :versions, :same, :unreadable, :leftOut,
                    :outcome, :trouble, :cause, :code, :status, array_remove(array[:request::text], null))
            """ + ADD;

    private static final String INTERRUPT = """
            update poll_window set outcome = 'interrupted'
             where tenant_id = :tenant and feed = :feed and purpose = :purpose and outcome = 'reading' and id <> :id
            """;

    /** Notes a page that was stored; in the same transaction. */
    public void succeeded(Request request, Taken taken, boolean isLast) {
        note(request, taken, isLast ? Outcome.COMPLETE : Outcome.READING, Optional.empty());
    }

    /** Notes a page that was stored although it was not all of what was asked for; in the same transaction. */
    public void heldBack(Request request, Taken taken, Diagnosis diagnosis) {
        note(request, 1, taken, Outcome.FAILED, Optional.of(diagnosis));
    }

    /** Notes a request that was answered with something other than records. */
    public void answered(Request request) {
        note(request, Taken.NOTHING, Outcome.COMPLETE, Optional.empty());
    }

    /** Notes a request that brought nothing usable. */
    public void failed(Request request, Diagnosis diagnosis) {
        note(request, Taken.NOTHING, Outcome.FAILED, Optional.of(diagnosis));
    }

    /** Notes a request whose page only told that Microsoft answers; nothing of it was kept. */
    public void probed(Request request) {
        note(request, Taken.NOTHING, Outcome.READING, Optional.empty());
    }

    /**
     * A page that brought nothing.
     *
     * @param request which request brought it
     * @param isLast whether all of the window has come with it
     */
    public record Quiet(Request request, boolean isLast) {}

    private static final String INTERRUPT_MANY = """
            update poll_window w set outcome = 'interrupted'
            from unnest(:ids::uuid[], :tenants::uuid[], :feeds::text[], :purposes::text[]) as q (id, tenant_id, feed, purpose)
            where w.tenant_id = q.tenant_id and w.feed = q.feed and w.purpose = q.purpose and w.outcome = 'reading'
              and w.id <> q.id
            """;

    private static final String NOTE_MANY = INSERT + """
            select q.id, q.tenant_id, q.feed, q.purpose, q.window_from, q.window_to, q.asked, q.started_at, q.at, 1, 1,
                   q.took_ms, q.bytes, 0, 0, 0, 0, 0,
                   q.outcome, null, null, null, null, array_remove(array[q.request_id], null)
            from unnest(:ids::uuid[], :tenants::uuid[], :feeds::text[], :purposes::text[], :froms::timestamptz[],
                        :tos::timestamptz[], :asked::text[], :starts::timestamptz[], :ats::timestamptz[], :took::bigint[],
                        :bytes::bigint[], :outcomes::text[], :requests::text[])
                     as q (id, tenant_id, feed, purpose, window_from, window_to, asked, started_at, at, took_ms, bytes,
                           outcome, request_id)
            """ + ADD;

    /** Notes pages that brought nothing, of many feeds at once and at most one of each; in the transaction of whoever calls. */
    public void succeeded(List<Quiet> pages) {
        fence.run(() -> {
            many(INTERRUPT_MANY, pages).update();
            many(NOTE_MANY, pages)
                    .param(
                            "froms",
                            column(
                                    pages,
                                    page -> text(page.request().poll().window().from()),
                                    String[]::new))
                    .param(
                            "tos",
                            column(
                                    pages,
                                    page -> text(page.request().poll().window().to()),
                                    String[]::new))
                    .param(
                            "asked",
                            column(pages, page -> Columns.text(page.request().asked()), String[]::new))
                    .param(
                            "starts",
                            column(
                                    pages,
                                    page -> text(page.request()
                                            .at()
                                            .minus(page.request().took())),
                                    String[]::new))
                    .param("ats", column(pages, page -> text(page.request().at()), String[]::new))
                    .param("took", column(pages, page -> page.request().took().toMillis(), Long[]::new))
                    .param("bytes", column(pages, page -> page.request().bytes(), Long[]::new))
                    .param(
                            "outcomes",
                            column(
                                    pages,
                                    page -> (page.isLast() ? Outcome.COMPLETE : Outcome.READING).key(),
                                    String[]::new))
                    .param(
                            "requests",
                            column(
                                    pages,
                                    page -> page.request()
                                            .requestId()
                                            .map(Columns::text)
                                            .orElse(null),
                                    String[]::new))
                    .update();
        });
    }

    private JdbcClient.StatementSpec many(String sql, List<Quiet> pages) {
        return database.sql(sql)
                .param("ids", column(pages, page -> page.request().poll().id(), UUID[]::new))
                .param("tenants", column(pages, page -> page.request().tenant().value(), UUID[]::new))
                .param("feeds", column(pages, page -> page.request().feed().key(), String[]::new))
                .param(
                        "purposes",
                        column(pages, page -> page.request().poll().purpose().key(), String[]::new));
    }

    private static <T> T[] column(List<Quiet> pages, Function<Quiet, @Nullable Object> value, IntFunction<T[]> array) {
        return pages.stream().map(value).toArray(array);
    }

    private static String text(Instant instant) {
        return Columns.timestamp(instant).toString();
    }

    private static final String STOP = """
            update poll_window set outcome = 'interrupted'
             where tenant_id = :tenant and feed = :feed and outcome = 'reading'
            """;

    /** Notes that nobody reads this feed any more, so that no window of it stays open for ever. */
    public void stopped(TenantId tenant, Feed feed) {
        fence.write(() -> database.sql(STOP)
                .param("tenant", tenant.value())
                .param("feed", feed.key())
                .update());
    }

    private static final String FINISH = """
            update poll_window set outcome = 'complete' where id = :id and outcome = 'reading'
            """;

    /** Notes that nothing is left of a window to ask for, because the rest of it is in quarantine. */
    public void finished(PollWindow poll) {
        fence.write(() -> database.sql(FINISH).param("id", poll.id()).update());
    }

    private void note(Request request, Taken taken, Outcome outcome, Optional<Diagnosis> diagnosis) {
        note(request, diagnosis.isEmpty() ? 1 : 0, taken, outcome, diagnosis);
    }

    private void note(Request request, int pages, Taken taken, Outcome outcome, Optional<Diagnosis> diagnosis) {
        fence.run(() -> put(request, pages, taken, outcome, diagnosis));
    }

    private void put(Request request, int pages, Taken taken, Outcome outcome, Optional<Diagnosis> diagnosis) {
        var poll = request.poll();
        // Whoever read this feed for this purpose before has been stopped in the middle, and nobody else could say so.
        database.sql(INTERRUPT)
                .param("tenant", request.tenant().value())
                .param("feed", request.feed().key())
                .param("purpose", poll.purpose().key())
                .param("id", poll.id())
                .update();
        database.sql(NOTE)
                .param("id", poll.id())
                .param("tenant", request.tenant().value())
                .param("feed", request.feed().key())
                .param("purpose", poll.purpose().key())
                .param("from", Columns.timestamp(poll.window().from()))
                .param("to", Columns.timestamp(poll.window().to()))
                .param("asked", Columns.text(request.asked()))
                .param("startedAt", Columns.timestamp(request.at().minus(request.took())))
                .param("at", Columns.timestamp(request.at()))
                .param("pages", pages)
                .param("took", request.took().toMillis())
                .param("bytes", request.bytes())
                .param("records", taken.newRecords())
                .param("versions", taken.newVersions())
                .param("same", taken.same())
                .param("unreadable", taken.unreadable())
                .param("leftOut", taken.leftOut())
                .param("outcome", outcome.key())
                .param("trouble", diagnosis.map(found -> found.trouble().key()).orElse(null))
                .param(
                        "cause",
                        diagnosis.map(Diagnosis::cause).map(Columns::text).orElse(null))
                .param(
                        "code",
                        diagnosis.flatMap(Diagnosis::code).map(Columns::text).orElse(null))
                .param(
                        "status",
                        diagnosis
                                .filter(found -> found.httpStatus().isPresent())
                                .map(found -> found.httpStatus().getAsInt())
                                .orElse(null))
                .param("request", request.requestId().map(Columns::text).orElse(null))
                .update();
    }

    private static final String FROM = """
             from poll_window w
            where {scope} and %s
              and (:feed::text is null or w.feed = :feed::text)
              and (:purpose::text is null or w.purpose = :purpose::text)
              and (:outcome::text is null or w.outcome = :outcome::text)
              and (:from::timestamptz is null or w.window_to > :from::timestamptz)
              and (:to::timestamptz is null or w.window_from < :to::timestamptz)
            """.formatted(TenantDevice.isOf("w.tenant_id", ":device"));

    // The rows first, and then what their devices are called.
    private static final String LIST =
            """
            select w.*, d.id as device_id, d.name as device_name from (select w.*
            """ + FROM + """
            order by w.ended_at desc, w.id
            limit :limit offset :offset) as w
            """ + TenantDevice.join("w.tenant_id", ":device") + "order by w.ended_at desc, w.id";

    private static final String COUNT = "select count(*) from (select\n" + FROM + "limit :most) as counted";

    /**
     * Lists windows, the one that was asked for last first.
     *
     * @param offset how many to skip
     * @param limit how many to give at most
     * @return whose total is one more than {@link #COUNTED} when there are more than that
     */
    public Slice<Entry> list(Scope scope, Filter filter, int offset, int limit) {
        var rows = rows(scope, filter, offset, limit);
        var total = sql(scope, COUNT, filter)
                .param("most", COUNTED + 1)
                .query(Long.class)
                .single();
        return new Slice<>(rows, offset, total);
    }

    /** The windows of a device that were asked for last, the last first. */
    public List<Entry> latest(Scope scope, UUID device, int most) {
        return rows(scope, Filter.of(device), 0, most);
    }

    private List<Entry> rows(Scope scope, Filter filter, int offset, int limit) {
        return sql(scope, LIST, filter)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> entry(row))
                .list();
    }

    private JdbcClient.StatementSpec sql(Scope scope, String sql, Filter filter) {
        return scope.tenants(database, sql, "w.tenant_id")
                .param("device", filter.device().orElse(null))
                .param("feed", filter.feed().map(Feed::key).orElse(null))
                .param("purpose", filter.purpose().map(Purpose::key).orElse(null))
                .param("outcome", filter.outcome().map(Outcome::key).orElse(null))
                .param("from", filter.from().map(Columns::timestamp).orElse(null))
                .param("to", filter.to().map(Columns::timestamp).orElse(null));
    }

    private static final String REQUESTS = """
            select tenant_id, feed, sum(requests) as requests
              from poll_window
             where {scope} and ended_at >= :since and (:tenant::uuid is null or tenant_id = :tenant::uuid)
             group by tenant_id, feed
            """;

    /** How many requests a feed has taken. */
    public record Requests(TenantId tenant, Feed feed, long count) {}

    /**
     * How many requests each feed has taken, in windows that have got an answer since.
     *
     * @param tenant of one tenant; empty for all
     */
    public List<Requests> requestsSince(Scope scope, Instant since, Optional<TenantId> tenant) {
        return scope.tenants(database, REQUESTS, "tenant_id")
                .param("since", Columns.timestamp(since))
                .param("tenant", tenant.map(TenantId::value).orElse(null))
                .query((row, number) -> new Requests(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        Feed.of(row.getString("feed")),
                        row.getLong("requests")))
                .list();
    }

    private static final String RECEIVED = """
            select tenant_id, sum(new_records + new_versions) as received
            from poll_window
            where {scope} and ended_at >= :since and new_records + new_versions > 0
            group by tenant_id
            """;

    /** How many new and changed records each tenant has brought since; only of tenants that have brought any. */
    public Map<TenantId, Long> receivedSince(Scope scope, Instant since) {
        var received = new HashMap<TenantId, Long>();
        scope.tenants(database, RECEIVED, "tenant_id")
                .param("since", Columns.timestamp(since))
                .query(row -> {
                    received.put(new TenantId(row.getObject("tenant_id", UUID.class)), row.getLong("received"));
                });
        return Collections.unmodifiableMap(received);
    }

    private static final String FORGET = "delete from poll_window where ended_at < :before";

    /** Deletes what is older; gives how many rows that were. */
    public int forgetBefore(Instant before) {
        return fence.write(() ->
                database.sql(FORGET).param("before", Columns.timestamp(before)).update());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new PollWindow(
                        row.getObject("id", UUID.class),
                        Purpose.of(row.getString("purpose")).orElseThrow(),
                        new Window(Columns.instant(row, "window_from"), Columns.instant(row, "window_to"))),
                row.getObject("device_id", UUID.class),
                row.getString("device_name"),
                Feed.of(row.getString("feed")),
                row.getString("asked"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "ended_at"),
                row.getInt("requests"),
                row.getInt("pages"),
                Duration.ofMillis(row.getLong("took_ms")),
                row.getLong("bytes"),
                row.getInt("new_records"),
                row.getInt("new_versions"),
                row.getInt("same"),
                row.getInt("unreadable"),
                row.getInt("left_out"),
                Outcome.of(row.getString("outcome")).orElseThrow(),
                problem(row),
                Columns.texts(row, "request_ids"));
    }

    private static Optional<Problem> problem(ResultSet row) throws SQLException {
        var trouble = row.getString("trouble");
        if (trouble == null) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                Trouble.of(trouble),
                Optional.ofNullable(row.getString("trouble_cause")).orElse(""),
                Optional.ofNullable(row.getString("trouble_code")),
                Optional.ofNullable(row.getObject("http_status", Integer.class))));
    }
}
