package dev.gatehouse.workbench.collect;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.Stage;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.LeaseParts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class CollectorsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WorkbenchParts parts = new WorkbenchParts();
    private final FakePoller microsoft = new FakePoller(parts.clock());
    private final Set<TenantId> silent = ConcurrentHashMap.newKeySet();
    private final CountDownLatch endOfSilence = new CountDownLatch(1);
    private final SecurityDevices devices;
    private final DeviceEditing editing;

    CollectorsTest() {
        LeaseParts.into(parts)
                .with("poll.interval", "1h")
                .with("poll.hunting-interval", "1h")
                .with(Poller.class, () -> (connection, feed, reading, room) -> {
                    if (silent.contains(connection.tenant())) {
                        endOfSilence.await();
                    }
                    return microsoft.poll(connection, feed, reading, room);
                })
                .with(Parser.class, Parser::new)
                .with(Selection.class, Selection::ofDefenderForIdentity)
                .with(MeterRegistry.class, SimpleMeterRegistry::new)
                .with(Pauses.class, Budgets.class, Meters.class, PagesFirst.class, QuietPages.class, PollStarts.class)
                .with(RecordReader.class, Collector.class, Collectors.class)
                .open();
        devices = parts.get(SecurityDevices.class);
        editing = parts.get(DeviceEditing.class);
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void pollsAllFeedsOfADeviceAsSoonAsItIsAdded() {
        var contoso = editing.add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");

        await().atMost(PATIENCE).until(() -> feedsAsked(contoso).equals(EnumSet.allOf(Feed.class)));
        await().atMost(PATIENCE)
                .until(() -> devices.health(Scope.everything(), contoso.id()).stage() == Stage.POLLING_NO_DATA);
    }

    @Test
    void pollsAgainAtOnceWhenAskedTo() {
        var contoso = editing.add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
        await().atMost(PATIENCE).until(() -> feedsAsked(contoso).size() == 5);
        var before = timesAsked(contoso);

        editing.pollNow(contoso.id());

        await().atMost(PATIENCE).until(() -> timesAsked(contoso) >= before + 5);
    }

    @Test
    void usesANewSecretAtOnce() {
        var draft = WorkbenchParts.draft("Contoso");
        var contoso = editing.add(Scope.everything(), draft, "tester");
        await().atMost(PATIENCE).until(() -> feedsAsked(contoso).size() == 5);

        editing.update(Scope.everything(), contoso.id(), draft.with(DeviceField.CLIENT_SECRET, "Fresh~1"), "tester");

        await().atMost(PATIENCE).until(() -> questions(contoso)
                .anyMatch(
                        question -> question.connection().credential().reveal().equals("Fresh~1")));
    }

    @Test
    void letsNoTenantWaitForAnother() {
        var draft = WorkbenchParts.draft("Silent");
        silent.add(TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)));
        editing.add(Scope.everything(), draft, "tester");

        var contoso = editing.add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");

        await().atMost(PATIENCE).until(() -> feedsAsked(contoso).equals(EnumSet.allOf(Feed.class)));
        endOfSilence.countDown();
    }

    private Set<Feed> feedsAsked(SecurityDevice device) {
        var feeds = EnumSet.noneOf(Feed.class);
        questions(device).forEach(question -> feeds.add(question.feed()));
        return feeds;
    }

    private long timesAsked(SecurityDevice device) {
        return questions(device).count();
    }

    private Stream<FakePoller.Asked> questions(SecurityDevice device) {
        return microsoft.asked().stream()
                .filter(question -> question.connection().tenant().equals(device.directory()));
    }
}
