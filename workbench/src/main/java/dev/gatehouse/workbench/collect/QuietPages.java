package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Lease;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.SystemSleeper;
import dev.gatehouse.workbench.processes.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes down pages that brought nothing, of many feeds in one transaction, when there are many of them: the checkpoint, the
 * ledger's row and when the feed is due again. Each lease is looked at in that transaction, as {@link PageTransaction} does for
 * a single page, and whoever brought a page waits until it is written. So nothing is promised that is not stored.
 */
@Component
class QuietPages {

    /** With fewer a second, a transaction each costs nobody anything. */
    private static final int MANY_A_SECOND = 20;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Feeds feeds;
    private final Ledger ledger;
    private final Fence fence;
    private final Storage storage;
    private final Together<Entry, Boolean> together;

    private record Entry(Lease lease, ReadPage page) {}

    @Autowired
    QuietPages(
            Feeds feeds,
            Ledger ledger,
            Fence fence,
            Storage storage,
            MonotonicClock clock,
            ObjectProvider<Background> background) {
        this(
                feeds,
                ledger,
                fence,
                storage,
                clock,
                task -> background.getObject().once("Writing down polls that brought nothing", task),
                MANY_A_SECOND);
    }

    /** One that takes so many a second for many. */
    QuietPages(
            Feeds feeds,
            Ledger ledger,
            Fence fence,
            Storage storage,
            MonotonicClock clock,
            Executor threads,
            int many) {
        this.feeds = feeds;
        this.ledger = ledger;
        this.fence = fence;
        this.storage = storage;
        this.together = new Together<>(many, PAUSE, new SystemSleeper(), clock, threads, this::write);
    }

    /**
     * Keeps a page together with others, if it is one of those that can be.
     *
     * @return whether it is written down; otherwise nothing of it is, and it has to be kept by itself
     * @throws DataAccessException when the database does not take it; whether it was written is not known then
     * @throws InterruptedException when the calling thread was asked to stop
     */
    boolean keep(ReadPage page) throws InterruptedException {
        var lease = Fence.lease();
        return lease.isPresent() && page.isQuiet() && together.isBusy() && together.ask(new Entry(lease.get(), page));
    }

    private List<Boolean> write(List<Entry> entries) {
        var isWritten = new ArrayList<>(Collections.nCopies(entries.size(), false));
        var begun = storage.beginning();
        try {
            fence.run(() -> written(entries).forEach(number -> isWritten.set(number, true)));
            storage.tookPage(false, begun);
            return isWritten;
        } catch (DataAccessException e) {
            if (Storage.isAway(e)) {
                throw e;
            }
            // Something is wrong with one of them. Each by itself tells with which.
            return Collections.nCopies(entries.size(), false);
        }
    }

    private List<Integer> written(List<Entry> entries) {
        var held = fence.held(entries.stream().map(Entry::lease).distinct().toList());
        var candidates = firstOfEachFeed(
                IntStream.range(0, entries.size())
                        .boxed()
                        .filter(number ->
                                held.contains(entries.get(number).lease().tenant()))
                        .toList(),
                entries);
        if (candidates.isEmpty()) {
            return List.of();
        }
        var noted = feeds.succeeded(candidates.stream()
                .map(number -> quiet(entries.get(number).page()))
                .toList());
        var written = IntStream.range(0, candidates.size())
                .filter(noted::contains)
                .mapToObj(candidates::get)
                .toList();
        if (!written.isEmpty()) {
            ledger.succeeded(written.stream()
                    .map(number -> entries.get(number).page())
                    .map(page -> new Ledger.Quiet(page.request(), page.isLast()))
                    .toList());
        }
        return written;
    }

    /** A loop waits for its page, so that there is hardly ever a second one. */
    private static List<Integer> firstOfEachFeed(Collection<Integer> numbers, List<Entry> entries) {
        record Key(Lease lease, String feed) {}
        var first = new LinkedHashMap<Key, Integer>();
        for (var number : numbers) {
            var entry = entries.get(number);
            first.putIfAbsent(
                    new Key(entry.lease(), entry.page().request().feed().key()), number);
        }
        return List.copyOf(first.values());
    }

    private static Feeds.Quiet quiet(ReadPage page) {
        var request = page.request();
        return new Feeds.Quiet(
                request.tenant(),
                request.feed(),
                request.at(),
                PageTransaction.checkpoint(request, page.completeUntil().orElseThrow(), page.keptFor()),
                page.next());
    }
}
