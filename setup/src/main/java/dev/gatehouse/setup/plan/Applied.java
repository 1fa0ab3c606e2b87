package dev.gatehouse.setup.plan;

import dev.gatehouse.model.ApplicationId;
import java.util.List;
import java.util.Optional;

/**
 * How carrying a plan out ended.
 *
 * @param outcomes one for each part, in order
 * @param application the app registration in use, when there is one
 */
public record Applied(List<Outcome> outcomes, Optional<ApplicationId> application) {

    public Applied {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether the tenant is now as it should be. */
    public boolean isComplete() {
        return outcomes.stream().allMatch(Outcome::isGood);
    }

    /** How a part ended. */
    public Outcome of(Part part) {
        return outcomes.stream()
                .filter(outcome -> outcome.part() == part)
                .findFirst()
                .orElseThrow();
    }
}
