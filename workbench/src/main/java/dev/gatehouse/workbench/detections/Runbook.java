package dev.gatehouse.workbench.detections;

import java.util.List;
import java.util.Optional;

/**
 * What to look up for the alerts of a rule, in this order.
 *
 * @param steps possibly none
 */
public record Runbook(List<HuntingStep> steps) {

    static final Runbook EMPTY = new Runbook(List.of());

    public Runbook {
        steps = List.copyOf(steps);
    }

    /** The step with that id. */
    public Optional<HuntingStep> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }
}
