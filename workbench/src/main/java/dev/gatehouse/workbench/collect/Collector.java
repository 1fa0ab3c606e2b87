package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.http.PageMemory.Room;
import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Progress;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Lane;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.collect.PageTransaction.Kept;
import dev.gatehouse.workbench.collect.Quarantine.Owed;
import dev.gatehouse.workbench.collect.ReadPage.Detour;
import dev.gatehouse.workbench.collect.ReadPage.PastRead;
import dev.gatehouse.workbench.collect.ReadPage.Settled;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.records.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes one page the whole way, from Microsoft to the screens. */
@Component
public class Collector {

    private static final Logger log = LoggerFactory.getLogger(Collector.class);

    private final Poller poller;
    private final PageMemory memory;
    private final RecordReader reader;
    private final PageTransaction pages;
    private final PagesFirst first;
    private final QuietPages quiet;
    private final Feeds feeds;
    private final Ledger ledger;
    private final Probes probes;
    private final Duration quarantineRetry;
    private final Budgets budgets;
    private final ApplicationEventPublisher events;
    private final Meters meters;
    private final Map<Queue, Semaphore> beside = new ConcurrentHashMap<>();

    private record Queue(TenantId tenant, Lane lane) {}

    Collector(
            Poller poller,
            PageMemory memory,
            RecordReader reader,
            PageTransaction pages,
            PagesFirst first,
            QuietPages quiet,
            Feeds feeds,
            Ledger ledger,
            Probes probes,
            Settings settings,
            Budgets budgets,
            ApplicationEventPublisher events,
            Meters meters) {
        this.poller = poller;
        this.memory = memory;
        this.reader = reader;
        this.pages = pages;
        this.first = first;
        this.quiet = quiet;
        this.feeds = feeds;
        this.ledger = ledger;
        this.probes = probes;
        this.quarantineRetry = settings.poll().quarantineRetry();
        this.budgets = budgets;
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
        var wait = budgets.take(source.tenant(), RequestKind.of(source.feed()), spender(source));
        if (!wait.isZero()) {
            return new Step.Wait(wait);
        }
        try (var room = memory.open()) {
            return switch (poll(source, reading, room)) {
                case PollOutcome.Failed failed -> note(source, failed);
                case PollOutcome.Page page -> taken(source, take(source, reading, page, room), page.receipt());
                case PollOutcome.Partial(var page, var failure) ->
                    held(source, take(source.heldBy(failure.diagnosis()), reading, page, room), failure);
            };
        } catch (PageTooBig e) {
            return note(source, e.failure());
        }
    }

    private Progress take(Source source, Reading reading, PollOutcome.Page page, Room room)
            throws PageTooBig, InterruptedException {
        var records = read(source, reading, page, room);
        var sorted = Sorted.by(source.kinds(), reading.lookup(), records);
        var progress = reading.lookup() instanceof Lookup.Behind(var skipped)
                ? counted(reading, skipped, page)
                : Progress.after(source.feed(), reading, page, sorted.seen());
        var kept = store(understood(source, page.receipt(), sorted, progress));
        reader.stored(source, reading, records);
        announce(source, sorted, kept);
        return progress;
    }

    private Step taken(Source source, Progress progress, Receipt receipt) {
        return progress.impasse()
                .map(impasse -> held(source, progress, impasse.failure(source.feed(), receipt)))
                .orElseGet(() -> new Step.Taken(progress, receipt));
    }

    private Step held(Source source, Progress progress, PollOutcome.Failed failure) {
        // Pages that lead nowhere weigh more: asking on like this would bring nothing.
        var why = progress.impasse()
                .map(impasse -> impasse.failure(source.feed(), failure.receipt()))
                .orElse(failure);
        heed(source, why);
        return new Step.Held(progress, why);
    }

    private List<ReadRecord> read(Source source, Reading reading, PollOutcome.Page page, Room room)
            throws PageTooBig, InterruptedException {
        try {
            return reader.read(source, reading, page.records(), room);
        } catch (PageMemory.NoRoom e) {
            throw new PageTooBig(page.receipt(), e);
        }
    }

    /** A page came, and what is in it has no room. */
    private static final class PageTooBig extends Exception {

        private final transient Receipt receipt;

        PageTooBig(Receipt receipt, PageMemory.NoRoom cause) {
            super(cause);
            this.receipt = receipt;
        }

        PollOutcome.Failed failure() {
            return new PollOutcome.Failed(
                    Diagnosis.of(
                            Trouble.TOO_BIG,
                            "A page of %,d bytes came, but there is no room in gatehouse.http.page-memory for all that is in it."
                                    .formatted(receipt.bytes()),
                            "Nothing to do: Gatehouse asks for less at once. If it lasts, give Java a larger heap, or set smaller pages."),
                    receipt);
        }
    }

    /** A page that was found by counting moves nothing. */
    private static Progress counted(Reading reading, int skipped, PollOutcome.Page page) {
        var came = page.records().size();
        var more = Optional.of(new Lookup.Behind(skipped + came))
                .filter(behind -> came >= reading.pageSize())
                .map(behind -> Reading.of(behind, reading.window(), reading.pageSize()));
        return new Progress(reading.window().from(), more, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Notes that nobody reads this feed any more, whatever for: no enabled device needs it, and its loops have ended. */
    void stopped(TenantId tenant, Feed feed) {
        ledger.stopped(tenant, feed);
    }

    /**
     * Asks for something that is looked at and not kept. The ledger knows of it all the same.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public PollOutcome ask(Source source, Reading reading) throws InterruptedException {
        var outcome = askAtOnce(source, reading);
        switch (outcome) {
            case PollOutcome.Failed failed -> note(source, failed);
            case PollOutcome.Partial partial -> note(source, partial.failure());
            case PollOutcome.Page page -> ledger.answered(request(source, page.receipt()));
        }
        return outcome;
    }

    /** What cannot wait for its place in the budget counts all the same. */
    private PollOutcome askAtOnce(Source source, Reading reading) throws InterruptedException {
        budgets.count(source.tenant(), RequestKind.of(source.feed()), spender(source));
        try (var room = memory.open()) {
            return poll(source, reading, room);
        }
    }

    /**
     * What is not polling asks one request at a time in each tenant, so that it never takes all the places that a tenant has,
     * and a poll finds one.
     */
    private PollOutcome poll(Source source, Reading reading, Room room) throws InterruptedException {
        if (spender(source) == Spender.POLLING) {
            return poller.poll(source.connection(), source.feed(), reading, room);
        }
        var one = beside.computeIfAbsent(
                new Queue(source.tenant(), Lane.of(source.feed())), queue -> new Semaphore(1, true));
        one.acquire();
        try {
            return poller.poll(source.connection(), source.feed(), reading, room);
        } finally {
            one.release();
        }
    }

    private static Spender spender(Source source) {
        return switch (source.poll().purpose()) {
            case POLL -> Spender.POLLING;
            case SECOND_LOOK, RETRY -> Spender.SECOND_LOOKS;
            case REPLAY -> Spender.HISTORY;
            case RECONCILIATION -> Spender.CHECKS;
        };
    }

    private ReadPage understood(Source source, Receipt receipt, Sorted sorted, Progress progress) {
        var overfull = progress.overfull().map(Quarantine::keepable);
        return new ReadPage(
                request(source, receipt),
                sorted.kept(),
                sorted.recognised(),
                sorted.leftOut(),
                sorted.unreadable(),
                source.isOnward() ? Optional.of(checkpoint(progress, receipt)) : Optional.empty(),
                receipt.notice(),
                source.heldBy().isEmpty() && isWholeWindow(source, progress.completeUntil()),
                past(source, progress.completeUntil()),
                overfull.map(window -> new Owed(
                        window, overfull(window), 1, receipt.receivedAt().plus(quarantineRetry))),
                source.look() instanceof Look.Owed(var window)
                        ? Optional.of(new Settled(window, progress.completeUntil()))
                        : Optional.empty(),
                source.keptFor(),
                source.heldBy(),
                source.next());
    }

    private static boolean isWholeWindow(Source source, Instant completeUntil) {
        return !completeUntil.isBefore(source.poll().window().to());
    }

    /** A slice counts as read when all of it is; until then it is known how far it is read from its start. */
    private static Optional<PastRead> past(Source source, Instant completeUntil) {
        if (!(source.look() instanceof Look.Again(var log, var slice))) {
            return Optional.empty();
        }
        return Optional.of(
                completeUntil.isBefore(slice.to())
                        ? new PastRead(log, slice.to(), Optional.of(completeUntil))
                        : new PastRead(log, slice.from(), Optional.empty()));
    }

    /**
     * How far the feed is complete. Never later than Microsoft's clock says it is: the very first window is cut by our
     * clock, and if that is ahead, the window's end is a time that is yet to come.
     */
    private static Instant checkpoint(Progress progress, Receipt receipt) {
        return receipt.serverTime().filter(progress.completeUntil()::isAfter).orElse(progress.completeUntil());
    }

    private static Diagnosis overfull(Window window) {
        return Diagnosis.of(
                Trouble.TOO_BIG,
                "More rows share the time %s than Microsoft gives in one answer, so that some of them could not be read."
                        .formatted(window.from()),
                "Look at that moment in Microsoft's portal if it matters. Reading goes on behind it.");
    }

    private static Request request(Source source, Receipt receipt) {
        return new Request(
                source.tenant(),
                source.feed(),
                source.poll(),
                receipt.receivedAt(),
                receipt.took(),
                receipt.bytes(),
                receipt.requestId(),
                receipt.asked());
    }

    private Kept store(ReadPage page) throws InterruptedException {
        if (quiet.keep(page)) {
            return new Kept(Taken.NOTHING, false);
        }
        return first.store(() -> pages.keep(page));
    }

    private void announce(Source source, Sorted sorted, Kept kept) {
        var taken = kept.taken();
        if (source.look() instanceof Look.Aside(var witness)) {
            witness.saw(sorted.understood(), sorted.unreadableTexts());
        }
        meters.stored(source.feed(), taken);
        if (kept.hasRecovered()) {
            log.info("{} works again", source);
            events.publishEvent(new FeedRecovered(source.tenant(), source.feed()));
        }
        events.publishEvent(new PageStored(source.tenant(), source.feed(), taken.newRecords(), taken.newVersions()));
    }

    private Step note(Source source, PollOutcome.Failed failed) {
        ledger.failed(request(source, failed.receipt()), failed.diagnosis());
        heed(source, failed);
        return new Step.Stuck(failed);
    }

    /** What a failure means for the feed's state. */
    private void heed(Source source, PollOutcome.Failed failed) {
        if (source.isOfTheFeed()) {
            fail(
                    source.tenant(),
                    source.feed(),
                    failed.diagnosis(),
                    failed.receipt().receivedAt());
        } else {
            meters.failed(source.feed(), failed.diagnosis().trouble());
        }
    }

    /** How long Microsoft still wants nobody to ask for this feed. */
    Duration pauseOf(Source source) {
        return budgets.pauseOf(source.tenant(), RequestKind.of(source.feed()));
    }

    /**
     * Tells a window that is spoilt from a Microsoft that gives nothing at all: asks for single records that were given
     * before, outside of the window.
     *
     * @return why Microsoft gave none of them; empty when it gave one, so that the window must be at fault
     */
    Optional<PollOutcome.Failed> outage(Source source, Window suspect) throws InterruptedException {
        var outage = Optional.<PollOutcome.Failed>empty();
        for (var window : probes.outside(source.tenant(), source.feed(), suspect)) {
            switch (askAtOnce(source, Reading.of(window, 1))) {
                case PollOutcome.Page page -> {
                    ledger.probed(request(source, page.receipt()));
                    return Optional.empty();
                }
                case PollOutcome.Partial partial -> {
                    ledger.probed(request(source, partial.receipt()));
                    return Optional.empty();
                }
                case PollOutcome.Failed failed -> {
                    ledger.failed(request(source, failed.receipt()), failed.diagnosis());
                    outage = Optional.of(failed);
                    if (!failed.isEasedByAskingForLess(source.feed())) {
                        return outage;
                    }
                }
            }
        }
        return outage;
    }

    /**
     * Goes on behind a window that cannot be read, and promises to come back to it, both or neither.
     *
     * @param completeUntil where to go on
     */
    void passOver(Source source, PollOutcome.Failed failure, Owed owed, Instant completeUntil) {
        pages.passOver(new Detour(
                request(source, failure.receipt()),
                Optional.of(owed),
                source.isOnward() ? Optional.of(completeUntil) : Optional.empty(),
                past(source, completeUntil)));
        log.warn(
                "{} from {} to {} cannot be read and wait in quarantine; reading goes on behind them. {}",
                source,
                owed.window().from(),
                owed.window().to(),
                failure.diagnosis().cause());
        events.publishEvent(new WindowQuarantined(source.tenant(), source.feed()));
    }

    /**
     * Goes on behind a window that is in quarantine already.
     *
     * @param completeUntil where to go on
     */
    void goAround(Source source, Instant completeUntil, Instant now) {
        var past = past(source, completeUntil);
        if (past.isPresent()) {
            var nothing = new Receipt(Optional.empty(), 0, Duration.ZERO, now, Optional.empty(), "");
            pages.passOver(new Detour(request(source, nothing), Optional.empty(), Optional.empty(), past));
        }
        if (source.heldBy().isEmpty() && isWholeWindow(source, completeUntil)) {
            ledger.finished(source.poll());
        }
    }

    /**
     * Makes a failure the feed's state.
     *
     * @param at when it failed, by our clock
     */
    void fail(TenantId tenant, Feed feed, Diagnosis diagnosis, Instant at) {
        meters.failed(feed, diagnosis.trouble());
        if (feeds.failed(tenant, feed, diagnosis, at)) {
            log.warn("{} of tenant {}: {} {}", feed.title(), tenant, diagnosis.cause(), diagnosis.cure());
        }
        events.publishEvent(new FeedFailed(tenant, feed, diagnosis));
    }
}
