package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Progress;
import dev.gatehouse.intake.poll.Receipt;

/** How collecting one page can end. */
public sealed interface Step {

    /** The page is stored. The progress says what to ask for next. */
    record Taken(Progress progress, Receipt receipt) implements Step {}

    /** Nothing came, and the feed's state says why. */
    record Stuck(PollOutcome.Failed failure) implements Step {}
}
