package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.budget.RequestKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Does not ask what Microsoft does not want to be asked for now, whoever wants to and for what, and notes what Microsoft
 * wants. Those who can wait have asked {@link dev.gatehouse.workbench.budget.Budgets} before and never get to know of it.
 */
final class HeedingPoller implements Poller {

    private final Poller poller;
    private final Pauses pauses;
    private final InstantSource clock;

    HeedingPoller(Poller poller, Pauses pauses, InstantSource clock) {
        this.poller = poller;
        this.pauses = pauses;
        this.clock = clock;
    }

    @Override
    public PollOutcome poll(Connection connection, Feed feed, Reading reading, PageMemory.Room room)
            throws InterruptedException {
        var tenant = connection.tenant();
        var kind = RequestKind.of(feed);
        var pause = pauses.of(tenant, kind);
        if (pause.isPresent()) {
            var nothing = new Receipt(Optional.empty(), 0, Duration.ZERO, clock.instant(), Optional.empty(), "");
            return new PollOutcome.Failed(pause.get().diagnosis(), nothing);
        }
        var isTold = false;
        try {
            var outcome = poller.poll(connection, feed, reading, room);
            switch (outcome) {
                case PollOutcome.Page _ -> pauses.answered(tenant, kind);
                case PollOutcome.Partial(var _, var failure) -> pauses.failed(tenant, kind, failure.diagnosis());
                case PollOutcome.Failed failed when failed.isAboutSignIn() -> pauses.unanswered(tenant, kind);
                case PollOutcome.Failed failed -> pauses.failed(tenant, kind, failed.diagnosis());
            }
            isTold = true;
            return outcome;
        } finally {
            if (!isTold) {
                pauses.unanswered(tenant, kind);
            }
        }
    }
}
