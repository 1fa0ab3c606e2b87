package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.FeedHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of the checklist that a new device works through.
 *
 * @param title what happens in it
 * @param state {@code done}, {@code failed}, {@code now} or {@code skipped}, as the style sheet calls them
 * @param at when it was done
 * @param diagnosis why it failed
 */
public record SetupStep(String title, String state, Optional<Instant> at, Optional<Diagnosis> diagnosis) {

    /** All steps of a device: saved, each feed's first poll, first data. */
    static List<SetupStep> of(Instant created, DeviceHealth health) {
        var steps = new ArrayList<SetupStep>();
        steps.add(new SetupStep("Device created", "done", Optional.of(created), Optional.empty()));
        for (var feed : health.feeds()) {
            steps.add(firstPoll(feed));
        }
        steps.add(new SetupStep(
                "Data received", health.lastData().isPresent() ? "done" : "now", health.lastData(), Optional.empty()));
        return List.copyOf(steps);
    }

    private static SetupStep firstPoll(FeedHealth health) {
        var title =
                "%s polled (%s)".formatted(health.feed().title(), health.feed().path());
        if (health.isFailing()) {
            return new SetupStep(title, "failed", health.since(), health.diagnosis());
        }
        if (health.isWorking()) {
            return new SetupStep(title, "done", health.state().lastSuccess(), health.diagnosis());
        }
        return new SetupStep(title, "now", Optional.empty(), health.diagnosis());
    }
}
