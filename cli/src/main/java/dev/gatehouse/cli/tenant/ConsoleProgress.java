package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Progress;
import java.io.PrintWriter;

/** Tells the person at the keyboard how it is going, line by line. */
record ConsoleProgress(PrintWriter to) implements Progress {

    @Override
    public void begins(Part part) {
        // The line comes when it has ended; what takes long says so below.
    }

    @Override
    public void waits(Part part, String why) {
        to.println("    %s: waiting (%s)".formatted(part.title(), why));
        to.flush();
    }

    @Override
    public void ends(Outcome outcome) {
        to.println("  %-38s %s".formatted(outcome.part().title(), outcome.sentence()));
        to.flush();
    }
}
