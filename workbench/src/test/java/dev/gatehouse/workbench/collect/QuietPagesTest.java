package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.FeedState;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Lease;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.processes.LeaseParts;
import dev.gatehouse.workbench.records.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class QuietPagesTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Instant TEN = NINE.plus(Duration.ofHours(1));
    private static final Diagnosis WHY = Diagnosis.of(Trouble.TIMED_OUT, "It took too long.", "Wait.");

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final Semaphore begin = new Semaphore(0);
    private final QuietPages quiet = new QuietPages(
            feeds(),
            parts.get(Ledger.class),
            parts.get(Fence.class),
            parts.get(Storage.class),
            parts.clock(),
            task -> Thread.ofVirtual().start(() -> {
                begin.acquireUninterruptibly();
                task.run();
            }),
            1);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void pagesOfManyTenantsAreWrittenTogetherWithCheckpointLedgerAndPlan() {
        var leases = tenants(3);
        leases.forEach(lease -> alone(lease, NINE));

        var kept = keep(leases.stream().map(lease -> page(lease, TEN)).toList(), leases);

        assertThat(kept.values()).containsOnly(true).hasSize(3);
        assertThat(leases).allSatisfy(lease -> {
            var state = state(lease);
            assertThat(state.watermark()).contains(TEN);
            assertThat(state.checkpointMoved()).contains(TEN);
            assertThat(state.lastPoll()).contains(TEN);
            assertThat(state.lastSuccess()).contains(TEN);
            assertThat(state.nextPoll()).contains(TEN.plusSeconds(60));
        });
        assertThat(transactionsOfTheLastRows()).hasSize(1);
        assertThat(parts.get(Ledger.class)
                        .list(Scope.everything(), Ledger.Filter.none(), 0, 10)
                        .rows())
                .filteredOn(entry -> entry.endedAt().equals(TEN))
                .extracting(Ledger.Entry::outcome, Ledger.Entry::pages, Ledger.Entry::requestIds, Ledger.Entry::asked)
                .containsOnly(tuple(Ledger.Outcome.COMPLETE, 1, List.of("request"), "what was asked"))
                .hasSize(3);
    }

    @Test
    void aCheckpointNeverMovesBack() {
        var lease = tenants(1).getFirst();
        alone(lease, TEN);

        assertThat(keep(List.of(page(lease, NINE)), List.of(lease)).values()).containsExactly(true);

        assertThat(state(lease).watermark()).contains(TEN);
        assertThat(state(lease).checkpointMoved()).contains(TEN);
    }

    @Test
    void nothingIsWrittenForATenantThatAnotherProcessReadsByNow() {
        var leases = tenants(2);
        leases.forEach(lease -> alone(lease, NINE));
        var lost = leases.getFirst();
        database()
                .sql("update lease set epoch = epoch + 1 where tenant_id = :tenant")
                .param("tenant", lost.tenant().value())
                .update();

        var kept = keep(leases.stream().map(lease -> page(lease, TEN)).toList(), leases);

        assertThat(kept).containsEntry(lost.tenant(), false).containsValue(true);
        assertThat(state(lost).watermark()).contains(NINE);
        assertThat(rowsOf(lost)).isEqualTo(1);
    }

    @Test
    void aFeedThatIsNewOrInTroubleIsLeftToATransactionOfItsOwn() {
        var leases = tenants(2);
        alone(leases.getLast(), NINE);
        feeds().failed(leases.getLast().tenant(), Feed.ALERTS, WHY, NINE);

        var kept = keep(leases.stream().map(lease -> page(lease, TEN)).toList(), leases);

        assertThat(kept.values()).containsOnly(false).hasSize(2);
        assertThat(feeds().of(leases.getFirst().tenant())).isEmpty();
        assertThat(state(leases.getLast()).watermark()).contains(NINE);
        assertThat(rowsOf(leases.getFirst())).isZero();
        assertThat(rowsOf(leases.getLast())).isEqualTo(1);
    }

    @Test
    void aFeedThatIsReadForOtherKindsOfDeviceByNowIsLeftToATransactionOfItsOwn() {
        var lease = tenants(1).getFirst();
        alone(lease, NINE);
        database().sql("update feed set kinds = '{microsoft_defender_xdr}'").update();

        assertThat(keep(List.of(page(lease, TEN)), List.of(lease)).values()).containsExactly(false);

        assertThat(state(lease).watermark()).contains(NINE);
    }

    @Test
    void aFeedThatSomebodyIsAtHoldsUpNobody() {
        var leases = tenants(2);
        leases.forEach(lease -> alone(lease, NINE));
        var locked = leases.getFirst();

        var kept = parts.get(Fence.class).write(() -> {
            database()
                    .sql("select 1 from feed where tenant_id = :tenant for update")
                    .param("tenant", locked.tenant().value())
                    .query(Integer.class)
                    .list();
            return keep(leases.stream().map(lease -> page(lease, TEN)).toList(), leases);
        });

        assertThat(kept).containsEntry(locked.tenant(), false).containsValue(true);
        assertThat(state(leases.getLast()).watermark()).contains(TEN);
    }

    @Test
    void aWindowThatWasBrokenOffIsInterruptedByTheNext() {
        var lease = tenants(1).getFirst();
        alone(lease, NINE);
        database().sql("update poll_window set outcome = 'reading'").update();

        keep(List.of(page(lease, TEN)), List.of(lease));

        assertThat(database()
                        .sql("select outcome from poll_window order by ended_at")
                        .query((row, number) -> row.getString(1))
                        .list())
                .containsExactly("interrupted", "complete");
    }

    @Test
    void aPageWithSomethingInItOrFromAThreadWithoutALeaseIsNone() throws InterruptedException {
        var lease = tenants(1).getFirst();
        alone(lease, NINE);
        var page = page(lease, TEN);
        var withNotice =
                new ReadPage(page.request(), List.of(), List.of(), List.of(), page.completeUntil(), Optional.of(WHY));

        begin.release(2);
        assertThat(quiet.keep(page)).isFalse();
        assertThat(keep(List.of(withNotice), List.of(lease)).values()).containsExactly(false);
        assertThat(state(lease).watermark()).contains(NINE);
    }

    @Test
    void aPageWithARecordThatWasOnlyRecognisedIsNone() {
        var lease = tenants(1).getFirst();
        var text = Original.of("{}");

        var page = page(lease, TEN, new Delivery.Recognised("a1", ContentHash.of(text.bytes()), text));

        assertThat(page.isQuiet()).isFalse();
        assertThat(page(lease, TEN).isQuiet()).isTrue();
    }

    @Test
    void whatManyLoopsHaveToKnowIsLookedUpForAllOfThem() throws InterruptedException {
        var leases = tenants(3);
        leases.forEach(lease -> alone(lease, NINE));
        var starts = new PollStarts(
                parts.get(SecurityDevices.class),
                feeds(),
                parts.clock(),
                task -> Thread.ofVirtual().start(task),
                1);
        var found = new ConcurrentHashMap<TenantId, PollStarts.OfFeed>();

        var threads = new ArrayList<Thread>();
        for (var lease : leases) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    found.put(lease.tenant(), starts.of(lease.tenant(), Feed.ALERTS));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(found).hasSize(3);
        leases.forEach(lease -> assertThat(found.get(lease.tenant()))
                .isEqualTo(new PollStarts.OfFeed(
                        parts.get(SecurityDevices.class).accessTo(lease.tenant()), state(lease))));
        assertThat(starts.of(new TenantId(new java.util.UUID(4, 4)), Feed.ALERTS)
                        .access())
                .isEmpty();
    }

    /** Each in a thread of its own under its lease; the writing begins when all have asked. */
    private Map<TenantId, Boolean> keep(List<ReadPage> pages, List<Lease> leases) {
        var kept = new TreeMap<TenantId, Boolean>((one, other) -> one.value().compareTo(other.value()));
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < pages.size(); number++) {
            var page = pages.get(number);
            var lease = leases.get(number);
            threads.add(Thread.ofVirtual()
                    .start(() -> Fence.under(lease, () -> {
                        try {
                            var isKept = quiet.keep(page);
                            synchronized (kept) {
                                kept.put(lease.tenant(), isKept);
                            }
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    })));
        }
        begin.release(pages.size());
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return kept;
    }

    private List<Lease> tenants(int count) {
        var leases = new ArrayList<Lease>();
        for (var number = 0; number < count; number++) {
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Device " + number), "tester");
            leases.add(LeaseParts.claim(parts, Duration.ofHours(1)));
        }
        return leases;
    }

    private void alone(Lease lease, Instant until) {
        parts.get(PageTransaction.class).keep(page(lease, until));
    }

    private static ReadPage page(Lease lease, Instant until, Delivery.Recognised... recognised) {
        var request = new Request(
                lease.tenant(),
                Feed.ALERTS,
                PollWindow.begin(Purpose.POLL, new Window(until.minus(Duration.ofMinutes(15)), until)),
                until,
                Duration.ofMillis(120),
                26,
                Optional.of("request"),
                "what was asked");
        return new ReadPage(
                request,
                List.of(),
                List.of(recognised),
                List.of(),
                List.of(),
                Optional.of(until),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.of(until.plusSeconds(60)));
    }

    private FeedState state(Lease lease) {
        return feeds().of(lease.tenant(), Feed.ALERTS);
    }

    private int rowsOf(Lease lease) {
        return database()
                .sql("select count(*) from poll_window where tenant_id = :tenant")
                .param("tenant", lease.tenant().value())
                .query(Integer.class)
                .single();
    }

    private List<String> transactionsOfTheLastRows() {
        return database()
                .sql("select distinct xmin::text as number from poll_window where ended_at = :at")
                .param("at", java.sql.Timestamp.from(TEN))
                .query((row, number) -> row.getString("number"))
                .list();
    }

    private Feeds feeds() {
        return parts.get(Feeds.class);
    }

    private JdbcClient database() {
        return parts.get(JdbcClient.class);
    }
}
