package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How many records each tenant has brought in the last 24 hours. */
@Component
class Received {

    /** The sum goes over a day of polls, and many pages ask for it every second. */
    private static final Duration SUM_IS_GOOD_FOR = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<Scope, Sum> sums = new ConcurrentHashMap<>();

    Received(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** New and changed records of the last 24 hours, by tenant; up to ten seconds old. */
    Map<TenantId, Long> today(Scope scope) {
        var now = clock.instant();
        var known = sums.get(scope);
        if (known == null || known.at().isAfter(now) || known.at().isBefore(now.minus(SUM_IS_GOOD_FOR))) {
            known = new Sum(now, ledger.receivedSince(scope, now.minus(Duration.ofDays(1))));
            sums.put(scope, known);
        }
        return known.records();
    }

    private record Sum(Instant at, Map<TenantId, Long> records) {}
}
