package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Progress;
import dev.gatehouse.intake.poll.Receipt;
import java.time.Duration;

/** How collecting one page can end. */
public sealed interface Step {

    /** The page is stored. The progress says what to ask for next. */
    record Taken(Progress progress, Receipt receipt) implements Step {}

    /**
     * Records came and are stored, but not all of them, and the feed's state says why. The progress tells where to ask on,
     * and moved nothing.
     */
    record Held(Progress progress, PollOutcome.Failed failure) implements Step {}

    /** Nothing was asked, because the tenant's budget has no room for so long. */
    record Wait(Duration duration) implements Step {}

    /** Nothing came, and the feed's state says why. */
    record Stuck(PollOutcome.Failed failure) implements Step {}
}
