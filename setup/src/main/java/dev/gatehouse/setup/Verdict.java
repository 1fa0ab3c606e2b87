package dev.gatehouse.setup;

import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Step;
import java.util.List;

/**
 * Whether a tenant is as it should be.
 *
 * @param plan what would have to be done; a part that is kept has not drifted
 * @param checks what was tried as the application itself; empty when no secret was at hand
 */
public record Verdict(Plan plan, List<Proof.Check> checks) {

    public Verdict {
        checks = List.copyOf(checks);
    }

    /** The parts that are not as they should be. */
    public List<Step> drift() {
        return plan.steps().stream()
                .filter(step -> step.action() != Action.KEEP)
                .toList();
    }

    /** Whether everything is as it should be and everything tried has worked. */
    public boolean isGood() {
        return drift().isEmpty() && checks.stream().allMatch(Proof.Check::passed);
    }
}
