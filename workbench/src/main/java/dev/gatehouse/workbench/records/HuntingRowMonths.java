package dev.gatehouse.workbench.records;

import dev.gatehouse.workbench.platform.database.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the parts of {@code hunting_row} for the months (UTC) to come, and lets go of those whose rows are kept no longer. A row
 * whose month has no part is stored all the same, among the others, and moves when the part is made.
 */
@Component
public class HuntingRowMonths {

    private static final Logger log = LoggerFactory.getLogger(HuntingRowMonths.class);

    /** As far back as Microsoft's hunting tables go, so that the history of a new device finds its months. */
    private static final Duration BACK = Duration.ofDays(31);

    private static final int MONTHS_AHEAD = 2;

    private final JdbcClient database;

    HuntingRowMonths(JdbcClient database) {
        this.database = database;
    }

    /**
     * Makes the parts that rows can come for now, and drops those that are kept no longer.
     *
     * @param now by our clock
     * @param kept how long rows are kept after the end of their month; zero for good
     */
    public void keep(Instant now, Duration kept) {
        var last = month(now).plusMonths(MONTHS_AHEAD);
        for (var month = month(now.minus(BACK)); !month.isAfter(last); month = month.plusMonths(1)) {
            make(month);
        }
        if (!kept.isZero()) {
            dropBefore(now.minus(kept));
        }
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private static final String MAKE = "select make_hunting_row_month(:month)";

    private void make(YearMonth month) {
        database.sql(MAKE)
                .param("month", month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private static final String DROP = "select drop_hunting_rows_before(:from)";

    private void dropBefore(Instant from) {
        var dropped = database.sql(DROP)
                .param("from", Columns.timestamp(from))
                .query(Integer.class)
                .single();
        if (dropped > 0) {
            log.info("Dropped {} months of hunting rows: all happened before {}", dropped, from);
        }
    }
}
