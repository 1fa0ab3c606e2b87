package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.budget.Refusals;
import dev.gatehouse.workbench.budget.RequestKind;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that asks for pages goes through it: polls, second looks, replays, comparisons, retries and tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeedingPollerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WorkbenchParts parts = new WorkbenchParts().with(Pauses.class).open();
    private final FakePoller microsoft = new FakePoller(parts.clock());
    private final Pauses pauses = parts.get(Pauses.class);
    private final HeedingPoller poller = new HeedingPoller(microsoft, pauses, parts.clock());

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @ParameterizedTest
    @EnumSource
    void asksForNothingOfTheKindWhileMicrosoftWantsToBeLeftAlone(Feed feed) throws InterruptedException {
        var contoso = connection();
        microsoft.failsOnce(feed, Refusals.throttled(MINUTE));
        poll(contoso, feed);
        var asked = microsoft.asked().size();

        var told = poll(contoso, feed);

        assertThat(microsoft.asked()).hasSize(asked);
        assertThat(told).isInstanceOfSatisfying(PollOutcome.Failed.class, failed -> {
            assertThat(failed.diagnosis().trouble()).isEqualTo(Trouble.THROTTLED);
            assertThat(failed.diagnosis().cause()).contains("Please retry again later.", "until");
            assertThat(failed.diagnosis().retryAfter()).contains(MINUTE);
        });
        assertThat(poll(connection(), feed)).as("another tenant").isInstanceOf(PollOutcome.Page.class);
        parts.clock().advance(MINUTE);
        assertThat(poll(contoso, feed)).isInstanceOf(PollOutcome.Page.class);
    }

    @Test
    void takesWhatIsNotAskedForNoNewRefusal() throws InterruptedException {
        var contoso = connection();
        microsoft.failsOnce(Feed.ALERTS, Refusals.throttled(MINUTE));
        for (var attempt = 0; attempt < 5; attempt++) {
            poll(contoso, Feed.ALERTS);
        }

        assertThat(pauses.of(contoso.tenant(), RequestKind.ALERTS).orElseThrow().refusals())
                .isEqualTo(1);
    }

    @Test
    void blamesGraphForNothingThatEntraSaid() throws InterruptedException {
        var contoso = connection();
        microsoft.answersOnce(
                Feed.ALERTS, reading -> new PollOutcome.Failed(Refusals.throttled(MINUTE), microsoft.receipt(0), true));
        poll(contoso, Feed.ALERTS);

        assertThat(pauses.of(contoso.tenant())).isEmpty();
    }

    private PollOutcome poll(Connection connection, Feed feed) throws InterruptedException {
        var now = parts.clock().instant();
        try (var room = PageMemory.ofHeap().open()) {
            return poller.poll(connection, feed, Reading.of(new Window(now.minus(MINUTE), now), 20), room);
        }
    }

    private static Connection connection() {
        return new Connection(
                new TenantId(UUID.randomUUID()),
                new ApplicationId(UUID.randomUUID()),
                new ClientSecret("Kx~8Q-not-a-real-secret"),
                Cloud.GLOBAL);
    }
}
