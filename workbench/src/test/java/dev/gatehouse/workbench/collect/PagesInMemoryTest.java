package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.LeaseParts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a page takes of the memory is counted from its first byte until it is stored, however that ends. */
@TestInstance(Lifecycle.PER_CLASS)
class PagesInMemoryTest {

    private static final Instant NINE = WorkbenchParts.START;
    private static final Reading READING = Reading.of(new Window(NINE.minus(Duration.ofHours(1)), NINE), 100);
    private static final int BODY = 1_000;

    private final WorkbenchParts parts = new WorkbenchParts();
    private final PageMemory memory = new PageMemory(40_000, Duration.ZERO);
    private FakePoller microsoft = new FakePoller(parts.clock());
    private final SecurityDevice contoso;

    PagesInMemoryTest() {
        CollectorParts.alone(LeaseParts.into(parts))
                .with(Poller.class, () -> (connection, feed, reading, room) -> {
                    try {
                        room.grow(BODY);
                    } catch (PageMemory.NoRoom e) {
                        throw new AssertionError(e);
                    }
                    return microsoft.poll(connection, feed, reading, room);
                })
                .with(PageMemory.class, () -> memory)
                .with(Parser.class, Parser::new)
                .with(Selection.class, Selection::ofDefenderForIdentity)
                .with(MeterRegistry.class, SimpleMeterRegistry::new)
                .with(Pauses.class, Budgets.class, Meters.class, PagesFirst.class, RecordReader.class, Collector.class)
                .open();
        contoso = parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    }

    @BeforeEach
    void startAnew() {
        microsoft = new FakePoller(parts.clock());
    }

    @AfterEach
    void holdsNothing() {
        assertThat(memory.used()).isZero();
        assertThat(memory.waiting()).isZero();
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void aPageIsHeldUntilItIsStoredAndLetGoThen() throws InterruptedException {
        holdsAlerts(5);
        var whileStored = new AtomicLong();
        var look = new Look.Aside((understood, unreadable) -> whileStored.set(memory.used()));

        assertThat(collect(look)).isInstanceOf(Step.Taken.class);

        assertThat(whileStored.get()).isGreaterThan(BODY + 5 * 1_000);
    }

    @Test
    void whatIsRecognisedCountsAsIfItHadBeenParsed() throws InterruptedException {
        holdsAlerts(5);
        var whileStored = new ArrayList<Long>();
        var look = new Look.Aside((understood, unreadable) -> whileStored.add(memory.used()));

        collect(look);
        collect(new Look.Onward());
        collect(look);

        assertThat(whileStored).hasSize(2).containsOnly(whileStored.getFirst());
        assertThat(parts.get(MeterRegistry.class)
                        .counter("gatehouse.records.recognised", "feed", Feed.ALERTS.key())
                        .count())
                .isEqualTo(5);
    }

    @Test
    void aPageWithMoreInItThanThereIsRoomForIsNotStoredAndLessIsAskedFor() throws InterruptedException {
        holdsAlerts(50);

        var step = collect(new Look.Onward());

        assertThat(step).isInstanceOfSatisfying(Step.Stuck.class, stuck -> {
            assertThat(stuck.failure().diagnosis().trouble()).isEqualTo(Trouble.TOO_BIG);
            assertThat(stuck.failure().diagnosis().cause()).contains("gatehouse.http.page-memory");
        });
    }

    @Test
    void aPageThatCannotBeStoredIsLetGo() {
        microsoft.answersOnce(Feed.ALERTS, reading -> {
            throw new IllegalStateException("In a way that nobody foresaw");
        });

        assertThatThrownBy(() -> collect(new Look.Onward())).hasMessage("In a way that nobody foresaw");
    }

    @Test
    void whatDidNotComeTakesNothing() throws InterruptedException {
        microsoft.failsOnce(Feed.ALERTS, FakePoller.error500());

        assertThat(collect(new Look.Onward())).isInstanceOf(Step.Stuck.class);
    }

    @Test
    void whatIsOnlyLookedAtIsLetGo() throws InterruptedException {
        var outcome = parts.get(Collector.class).ask(source(new Look.Second()), READING);

        assertThat(outcome).isInstanceOf(PollOutcome.Page.class);
    }

    private Step collect(Look look) throws InterruptedException {
        return parts.get(Collector.class).collect(source(look), READING);
    }

    private Source source(Look look) {
        var access = (ReadAccess.Usable)
                parts.get(SecurityDevices.class).accessTo(contoso.directory()).orElseThrow();
        return Source.of(access, Feed.ALERTS, look, READING.window());
    }

    private void holdsAlerts(int count) {
        for (var at = 1; at <= count; at++) {
            var time = NINE.minusSeconds(at);
            microsoft.holds(Feed.ALERTS, time, """
                    {"id":"a%d","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                    "serviceSource":"microsoftDefenderForIdentity"}""".formatted(at, time, time));
        }
    }
}
