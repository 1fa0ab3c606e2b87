package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.records.Taken;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * Counts for the operator's monitoring. Feeds are told apart and tenants are not: hundreds of tenants would make hundreds
 * of time series of each. How a single tenant is doing, its device says.
 */
@Component
class Meters {

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void stored(Feed feed, Taken taken) {
        registry.counter("gatehouse.polls", "feed", feed.key(), "outcome", "ok").increment();
        records(feed, "new", taken.newRecords());
        records(feed, "changed", taken.newVersions());
        records(feed, "same", taken.same());
        records(feed, "unreadable", taken.unreadable());
        records(feed, "left_out", taken.leftOut());
    }

    private void records(Feed feed, String kind, int count) {
        registry.counter("gatehouse.records", "feed", feed.key(), "kind", kind).increment(count);
    }

    /** Of the records that came, those whose bytes were known, so that they were not parsed. */
    void recognised(Feed feed, int count) {
        registry.counter("gatehouse.records.recognised", "feed", feed.key()).increment(count);
    }

    void failed(Feed feed, Trouble trouble) {
        registry.counter("gatehouse.polls", "feed", feed.key(), "outcome", trouble.key())
                .increment();
    }

    void databaseAway(Feed feed) {
        registry.counter("gatehouse.polls", "feed", feed.key(), "outcome", "database_away")
                .increment();
    }
}
