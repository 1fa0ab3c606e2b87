package dev.gatehouse.workbench.store;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.store.Delivery.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One row for every request to Microsoft: what was asked, what came, what became of it. Rows are kept for a while. */
@Component
public class Ledger {

    private final JdbcClient database;

    Ledger(JdbcClient database) {
        this.database = database;
    }

    /**
     * One request.
     *
     * @param feed of which feed
     * @param at when it was over, by our clock
     * @param window the stretch of time asked for
     * @param took how long it took
     * @param bytes size of the answer
     * @param newRecords never seen before
     * @param newVersions of records seen before
     * @param same seen before just like this
     * @param unreadable kept for the first time without being understood
     * @param leftOut alerts of other products seen for the first time
     * @param trouble why it failed, when it did
     * @param requestId Microsoft's name for it, when it gave one
     */
    public record Entry(
            Feed feed,
            Instant at,
            Window window,
            Duration took,
            long bytes,
            int newRecords,
            int newVersions,
            int same,
            int unreadable,
            int leftOut,
            Optional<Trouble> trouble,
            Optional<String> requestId) {}

    private static final String INSERT = """
            insert into poll (device_id, feed, at, window_from, window_to, took_ms, bytes, new_records, new_versions,
                              same, unreadable, left_out, trouble, request_id)
            values (:device, :feed, :at, :from, :to, :took, :bytes, :records, :versions,
                    :same, :unreadable, :leftOut, :trouble, :request)
            """;

    void succeeded(Request request, Taken taken) {
        insert(request, taken, Optional.empty());
    }

    /** Notes a request that brought nothing usable. */
    public void failed(Request request, Diagnosis diagnosis) {
        insert(request, new Taken(0, 0, 0, 0, 0, false), Optional.of(diagnosis.trouble()));
    }

    private void insert(Request request, Taken taken, Optional<Trouble> trouble) {
        database.sql(INSERT)
                .param("device", request.device())
                .param("feed", request.feed().key())
                .param("at", Columns.timestamp(request.at()))
                .param("from", Columns.timestamp(request.window().from()))
                .param("to", Columns.timestamp(request.window().to()))
                .param("took", Math.min(request.took().toMillis(), Integer.MAX_VALUE))
                .param("bytes", request.bytes())
                .param("records", taken.newRecords())
                .param("versions", taken.newVersions())
                .param("same", taken.same())
                .param("unreadable", taken.unreadable())
                .param("leftOut", taken.leftOut())
                .param("trouble", trouble.map(Trouble::key).orElse(null))
                .param("request", request.requestId().map(Columns::text).orElse(null))
                .update();
    }

    private static final String LATEST = """
            select * from poll where device_id = :device and feed = :feed order by at desc, id desc limit :most
            """;

    /** The latest requests for one feed of a device, newest first. */
    public List<Entry> latest(UUID device, Feed feed, int most) {
        return database.sql(LATEST)
                .param("device", device)
                .param("feed", feed.key())
                .param("most", most)
                .query((row, number) -> entry(row))
                .list();
    }

    private static final String FORGET = "delete from poll where at < :before";

    /** Deletes what is older; gives how many rows that were. */
    public int forgetBefore(Instant before) {
        return database.sql(FORGET).param("before", Columns.timestamp(before)).update();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                Feed.of(row.getString("feed")),
                Columns.instant(row, "at"),
                new Window(Columns.instant(row, "window_from"), Columns.instant(row, "window_to")),
                Duration.ofMillis(row.getInt("took_ms")),
                row.getLong("bytes"),
                row.getInt("new_records"),
                row.getInt("new_versions"),
                row.getInt("same"),
                row.getInt("unreadable"),
                row.getInt("left_out"),
                Optional.ofNullable(row.getString("trouble")).map(Trouble::of),
                Optional.ofNullable(row.getString("request_id")));
    }
}
