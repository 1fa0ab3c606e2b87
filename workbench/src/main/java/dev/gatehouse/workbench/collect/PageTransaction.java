package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.collect.ReadPage.Detour;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.Feeds.Brought;
import dev.gatehouse.workbench.devices.Feeds.Checkpoint;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.records.Delivery;
import dev.gatehouse.workbench.records.Delivery.Part;
import dev.gatehouse.workbench.records.Records;
import dev.gatehouse.workbench.records.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Keeps a page together with all that follows from it: checkpoint and counters, progress, quarantine, ledger. */
@Component
public class PageTransaction {

    private final Records records;
    private final Feeds feeds;
    private final Quarantine quarantine;
    private final Ledger ledger;

    PageTransaction(Records records, Feeds feeds, Quarantine quarantine, Ledger ledger) {
        this.records = records;
        this.feeds = feeds;
        this.quarantine = quarantine;
        this.ledger = ledger;
    }

    /**
     * What became of a page.
     *
     * @param taken what became of its records
     * @param hasRecovered whether the feed was in trouble before
     */
    public record Kept(Taken taken, boolean hasRecovered) {}

    /**
     * Keeps a page, or nothing of it. Keeping the same page again changes nothing but the times of the last poll.
     *
     * @throws dev.gatehouse.workbench.platform.database.LeaseLost when another process reads the tenant by now
     * @throws org.springframework.dao.DataAccessException when the database does not take it
     * @throws org.springframework.transaction.TransactionException when the database is away
     */
    public Kept keep(ReadPage page) {
        var request = page.request();
        var hasRecovered = new AtomicBoolean();
        var parts = new ArrayList<Part>();
        parts.add(taken ->
                hasRecovered.set(tellFeed(page, brought(request.tenant(), request.feed(), request.at(), taken))));
        page.past()
                .ifPresent(read -> parts.add(taken -> read.log().pageKept(read, taken, page.notice(), request.at())));
        page.owed().ifPresent(owed -> parts.add(taken -> quarantine.add(request, owed)));
        page.settled()
                .ifPresent(settled ->
                        parts.add(taken -> quarantine.readUpTo(settled.window(), settled.reached(), request.at())));
        parts.add(taken -> tellLedger(page, taken));
        var taken = records.take(new Delivery(
                request.origin(), page.kept(), page.recognised(), page.leftOut(), page.unreadable(), parts));
        return new Kept(taken, hasRecovered.get());
    }

    private boolean tellFeed(ReadPage page, Brought brought) {
        if (page.isOfTheFeed()) {
            return feeds.succeeded(
                    brought,
                    page.completeUntil().map(until -> checkpoint(page.request(), until, page.keptFor())),
                    page.notice(),
                    page.next());
        }
        feeds.counted(brought);
        return false;
    }

    private void tellLedger(ReadPage page, Taken taken) {
        if (page.heldBy().isPresent()) {
            ledger.heldBack(page.request(), taken, page.heldBy().get());
        } else {
            ledger.succeeded(page.request(), taken, page.isLast());
        }
    }

    /**
     * Passes over a stretch of time that cannot be read. The promise to come back and the checkpoint that relies on it are
     * written together, or neither is.
     *
     * @throws dev.gatehouse.workbench.platform.database.LeaseLost when another process reads the tenant by now
     * @throws org.springframework.dao.DataAccessException when the database does not take it
     * @throws org.springframework.transaction.TransactionException when the database is away
     */
    public void passOver(Detour detour) {
        var request = detour.request();
        var parts = new ArrayList<Part>();
        detour.owed().ifPresent(owed -> parts.add(taken -> quarantine.add(request, owed)));
        detour.completeUntil()
                .ifPresent(until -> parts.add(taken -> feeds.moveCheckpoint(
                        request.tenant(), request.feed(), checkpoint(request, until, Set.of()), request.at())));
        detour.past().ifPresent(read -> parts.add(taken -> read.log().passedOver(read, request.at())));
        records.takeNothing(request.origin(), parts);
    }

    static Checkpoint checkpoint(Request request, Instant completeUntil, Set<DeviceKind> keptFor) {
        return new Checkpoint(request.poll().window().from(), completeUntil, keptFor);
    }

    /** What became of records that came at that time, as the counters of their feed take it. */
    static Brought brought(TenantId tenant, Feed feed, Instant at, Taken taken) {
        return new Brought(
                tenant,
                feed,
                at,
                taken.isNews(),
                taken.newRecords(),
                taken.newRecords() + taken.newVersions(),
                taken.unreadable(),
                taken.leftOut());
    }
}
