package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Progress;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.store.Delivery;
import dev.gatehouse.workbench.store.Delivery.Replayed;
import dev.gatehouse.workbench.store.Delivery.Request;
import dev.gatehouse.workbench.store.Feeds;
import dev.gatehouse.workbench.store.Ledger;
import dev.gatehouse.workbench.store.Records;
import dev.gatehouse.workbench.store.Taken;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes one page the whole way, from Microsoft to the screens. */
@Component
public class Collector {

    private static final Logger log = LoggerFactory.getLogger(Collector.class);

    /** Fewer than the database has connections, so that screens get one while hundreds of tenants catch up. */
    private static final int STORED_AT_ONCE = 8;

    private final Poller poller;
    private final Parser parser;
    private final Selection selection;
    private final Records records;
    private final Feeds feeds;
    private final Ledger ledger;
    private final ApplicationEventPublisher events;
    private final Meters meters;
    private final Semaphore storing = new Semaphore(STORED_AT_ONCE, true);

    Collector(
            Poller poller,
            Parser parser,
            Selection selection,
            Records records,
            Feeds feeds,
            Ledger ledger,
            ApplicationEventPublisher events,
            Meters meters) {
        this.poller = poller;
        this.parser = parser;
        this.selection = selection;
        this.records = records;
        this.feeds = feeds;
        this.ledger = ledger;
        this.events = events;
        this.meters = meters;
    }

    /**
     * Collects one page. Its records and the checkpoint that they justify are stored together, or neither is.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not take it; nothing has changed then
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public Step collect(Source source, Reading reading) throws InterruptedException {
        return switch (poller.poll(source.connection(), source.feed(), reading)) {
            case PollOutcome.Failed failed -> note(source, failed);
            case PollOutcome.Page page -> {
                var parsed = page.records().stream().map(text -> parser.parse(source.tenant(), source.feed(), text));
                var sorted = Sorted.by(selection, reading.lookup(), parsed.toList());
                var progress = Progress.after(reading, page, sorted.times());
                var taken = store(delivery(source, page.receipt(), sorted, progress));
                announce(source, sorted, taken);
                yield new Step.Taken(progress, page.receipt());
            }
        };
    }

    /**
     * Asks for something that is looked at and not kept. The ledger knows of it all the same.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public PollOutcome ask(Source source, Reading reading) throws InterruptedException {
        var outcome = poller.poll(source.connection(), source.feed(), reading);
        switch (outcome) {
            case PollOutcome.Failed failed -> note(source, failed);
            case PollOutcome.Page page -> ledger.answered(request(source, page.receipt()));
        }
        return outcome;
    }

    private static Delivery delivery(Source source, Receipt receipt, Sorted sorted, Progress progress) {
        return new Delivery(
                request(source, receipt),
                sorted.kept(),
                sorted.leftOut(),
                sorted.unreadable(),
                source.isOnward() ? Optional.of(checkpoint(progress, receipt)) : Optional.empty(),
                receipt.clockTrouble().or(() -> progress.overfull().map(Collector::overfull)),
                progress.rest().isEmpty(),
                source.look() instanceof Look.Again(var replay, var slice)
                        ? Optional.of(replayed(replay, slice, progress))
                        : Optional.empty());
    }

    /** A slice counts as read when all of it is; until then it is known how far it is read from its start. */
    private static Replayed replayed(UUID replay, Window slice, Progress progress) {
        return progress.rest().isEmpty()
                ? new Replayed(replay, slice.from(), Optional.empty())
                : new Replayed(replay, slice.to(), Optional.of(progress.completeUntil()));
    }

    /**
     * How far the feed is complete. Never later than Microsoft's clock says it is: the very first window is cut by our
     * clock, and if that is ahead, the window's end is a time that is yet to come.
     */
    private static Instant checkpoint(Progress progress, Receipt receipt) {
        return receipt.serverTime().filter(progress.completeUntil()::isAfter).orElse(progress.completeUntil());
    }

    private static Diagnosis overfull(Instant at) {
        return Diagnosis.of(
                Trouble.TOO_BIG,
                "More rows share the time %s than Microsoft gives in one answer, so that some of them could not be read."
                        .formatted(at),
                "Look at that moment in Microsoft's portal if it matters. Reading goes on behind it.");
    }

    private static Request request(Source source, Receipt receipt) {
        return new Request(
                source.device(),
                source.tenant(),
                source.feed(),
                source.poll(),
                receipt.receivedAt(),
                receipt.took(),
                receipt.bytes(),
                receipt.requestId(),
                receipt.asked());
    }

    private Taken store(Delivery delivery) throws InterruptedException {
        storing.acquire();
        try {
            return records.take(delivery);
        } finally {
            storing.release();
        }
    }

    private void announce(Source source, Sorted sorted, Taken taken) {
        if (source.look() instanceof Look.Aside(var witness)) {
            witness.saw(sorted.understood(), sorted.unreadable().size());
        }
        meters.stored(source.feed(), taken);
        if (taken.recovered()) {
            log.info("{} works again", source);
            events.publishEvent(new FeedRecovered(source.device(), source.feed()));
        }
        events.publishEvent(new PageStored(source.device(), source.feed(), taken.newRecords(), taken.newVersions()));
    }

    private Step note(Source source, PollOutcome.Failed failed) {
        ledger.failed(request(source, failed.receipt()), failed.diagnosis());
        if (source.look() instanceof Look.Again || source.look() instanceof Look.Aside) {
            meters.failed(source.feed(), failed.diagnosis().trouble());
        } else {
            fail(
                    source.device(),
                    source.feed(),
                    failed.diagnosis(),
                    failed.receipt().receivedAt());
        }
        return new Step.Stuck(failed);
    }

    /**
     * Makes a failure the feed's state.
     *
     * @param at when it failed, by our clock
     */
    void fail(UUID device, Feed feed, Diagnosis diagnosis, Instant at) {
        meters.failed(feed, diagnosis.trouble());
        if (feeds.failed(device, feed, diagnosis, at)) {
            log.warn("{} of device {}: {} {}", feed.title(), device, diagnosis.cause(), diagnosis.cure());
        }
        events.publishEvent(new FeedFailed(device, feed, diagnosis));
    }
}
