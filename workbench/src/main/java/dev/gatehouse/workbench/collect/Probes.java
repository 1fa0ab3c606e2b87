package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where Microsoft has given records before. It gives them again unless it gives nothing at all, which is how a window that
 * is spoilt is told from an outage. An empty window would prove less: it may be answered while no record can be read.
 */
@Component
public class Probes {

    private static final Duration LENGTH = Duration.ofSeconds(1);
    private static final Duration FARTHER = Duration.ofHours(1);

    private final JdbcClient database;
    private final Quarantine quarantine;

    Probes(JdbcClient database, Quarantine quarantine) {
        this.database = database;
        this.quarantine = quarantine;
    }

    /**
     * Short windows of a feed that share no time with a suspect one, nor with one in quarantine: around records that we
     * hold, at different distances. Only when we hold none, a moment an hour before.
     */
    public List<Window> outside(TenantId tenant, Feed feed, Window suspect) {
        var found = new ArrayList<Window>();
        for (var edge : List.of(
                suspect.from(), suspect.from().minus(FARTHER), suspect.to().plus(Duration.ofDays(1)))) {
            latest(tenant, feed, suspect, edge)
                    .map(time -> new Window(time, time.plus(LENGTH)))
                    .filter(window -> !found.contains(window))
                    .filter(window -> quarantine.firstIn(tenant, feed, window).isEmpty())
                    .ifPresent(found::add);
        }
        if (found.isEmpty()) {
            var before = suspect.from().minus(FARTHER).truncatedTo(ChronoUnit.SECONDS);
            found.add(new Window(before.minus(LENGTH), before));
        }
        return List.copyOf(found);
    }

    private static final String LATEST = """
            select max({time}) from {table}
            where tenant_id = :tenant and {time} < :before and ({time} < :from or {time} >= :to) {feed}
            """;

    private Optional<Instant> latest(TenantId tenant, Feed feed, Window suspect, Instant before) {
        // A window around a record must not reach into the suspect, and a record's last digit is not in the database.
        var statement = database.sql(sql(feed))
                .param("tenant", tenant.value())
                .param("before", Columns.timestamp(before))
                .param("from", Columns.timestamp(suspect.from().minus(LENGTH)))
                .param("to", Columns.timestamp(suspect.to().plus(1, ChronoUnit.MICROS)));
        return (feed.isHuntingTable() ? statement.param("feed", feed.key()) : statement)
                .query((row, number) -> Columns.optionalInstant(row, "max"))
                .single();
    }

    private static String sql(Feed feed) {
        return switch (feed) {
            case ALERTS ->
                LATEST.replace("{table}", "vendor_alert")
                        .replace("{time}", "updated_at")
                        .replace("{feed}", "");
            case INCIDENTS ->
                LATEST.replace("{table}", "vendor_incident")
                        .replace("{time}", "updated_at")
                        .replace("{feed}", "");
            case LOGON_EVENTS, QUERY_EVENTS, DIRECTORY_EVENTS ->
                LATEST.replace("{table}", "hunting_row")
                        .replace("{time}", "timestamp")
                        .replace("{feed}", "and feed = :feed");
        };
    }
}
