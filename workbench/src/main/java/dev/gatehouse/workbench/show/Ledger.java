package dev.gatehouse.workbench.show;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the record of requests to Microsoft for the screens. */
@Component
class Ledger {

    /** The sum goes over a day of polls; many pages ask for it every second. */
    private static final Duration SUM_IS_GOOD_FOR = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final InstantSource clock;
    private volatile Sum sum = new Sum(Instant.MIN, Map.of());

    Ledger(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** New and changed records of the last 24 hours, by device; up to ten seconds old. */
    Map<UUID, Long> receivedToday() {
        var now = clock.instant();
        var known = sum;
        if (known.at().isAfter(now) || known.at().isBefore(now.minus(SUM_IS_GOOD_FOR))) {
            known = new Sum(now, sumSince(now.minus(Duration.ofDays(1))));
            sum = known;
        }
        return known.records();
    }

    private Map<UUID, Long> sumSince(Instant since) {
        return database
                .sql("""
                        select device_id, sum(new_records + new_versions) as received
                          from poll
                         where at >= :since and new_records + new_versions > 0
                         group by device_id
                        """)
                .param("since", Columns.timestamp(since))
                .query((row, number) -> Map.entry(row.getObject("device_id", UUID.class), row.getLong("received")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A device's latest requests, newest first. */
    List<Request> latest(UUID device, int most) {
        return database.sql("""
                        select feed, at, window_from, window_to, took_ms, bytes, new_records, new_versions, same, unreadable,
                               left_out, trouble, request_id
                          from poll
                         where device_id = :device
                         order by at desc, id desc
                         limit :most
                        """)
                .param("device", device)
                .param("most", most)
                .query(Ledger::request)
                .list();
    }

    private static Request request(ResultSet row, int number) throws SQLException {
        return new Request(
                Feed.of(row.getString("feed")),
                Columns.instant(row, "at"),
                new Window(Columns.instant(row, "window_from"), Columns.instant(row, "window_to")),
                row.getInt("took_ms"),
                row.getLong("bytes"),
                row.getInt("new_records"),
                row.getInt("new_versions"),
                row.getInt("same"),
                row.getInt("unreadable"),
                row.getInt("left_out"),
                Optional.ofNullable(row.getString("trouble")).map(Trouble::of),
                Optional.ofNullable(row.getString("request_id")).orElse(""));
    }

    private record Sum(Instant at, Map<UUID, Long> records) {}

    /**
     * One request to Microsoft.
     *
     * @param feed which feed it read
     * @param at when it was sent
     * @param window which stretch of Microsoft's time it asked for
     * @param milliseconds how long it took
     * @param bytes how much came
     * @param records how many records were new
     * @param versions how many known records had changed
     * @param same how many were known already
     * @param unreadable how many could not be understood
     * @param leftOut how many belonged to other products
     * @param trouble why it failed; empty when it did not
     * @param requestId Microsoft's name for it; empty when there was none
     */
    public record Request(
            Feed feed,
            Instant at,
            Window window,
            int milliseconds,
            long bytes,
            int records,
            int versions,
            int same,
            int unreadable,
            int leftOut,
            Optional<Trouble> trouble,
            String requestId) {}
}
