package dev.gatehouse.workbench.web.pages;

import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much each device has brought lately. */
@Component
class Received {

    /** The sum goes over a day of polls, and many pages ask for it every second. */
    private static final Duration SUM_IS_GOOD_FOR = Duration.ofSeconds(10);

    private final JdbcClient database;
    private final InstantSource clock;
    private volatile Sum sum = new Sum(Instant.MIN, Map.of());

    Received(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** New and changed records of the last 24 hours, by device; up to ten seconds old. */
    Map<UUID, Long> today() {
        var now = clock.instant();
        var known = sum;
        if (known.at().isAfter(now) || known.at().isBefore(now.minus(SUM_IS_GOOD_FOR))) {
            known = new Sum(now, since(now.minus(Duration.ofDays(1))));
            sum = known;
        }
        return known.records();
    }

    private static final String SUM = """
            select device_id, sum(new_records + new_versions) as received
              from poll_window
             where ended_at >= :since and new_records + new_versions > 0
             group by device_id
            """;

    private Map<UUID, Long> since(Instant since) {
        return database
                .sql(SUM)
                .param("since", Columns.timestamp(since))
                .query((row, number) -> Map.entry(row.getObject("device_id", UUID.class), row.getLong("received")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private record Sum(Instant at, Map<UUID, Long> records) {}
}
