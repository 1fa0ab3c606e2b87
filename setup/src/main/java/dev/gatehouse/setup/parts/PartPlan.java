package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Difference;
import java.util.List;

/**
 * What the plan has for one part.
 *
 * @param action what would be done
 * @param object what people call the thing, e.g. the guest's address
 * @param differences the fields that are not as they should be; all of them when the thing is created
 * @param notes what else the reader should know
 */
public record PartPlan(Action action, String object, List<Difference> differences, List<String> notes) {

    public PartPlan {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** The plan of a thing that is created when it is missing, and changed where it differs. */
    static PartPlan of(boolean exists, String object, Differences differences, List<String> notes) {
        return new PartPlan(action(exists, differences.all()), object, differences.all(), notes);
    }

    private static Action action(boolean exists, List<Difference> differences) {
        if (!exists) {
            return Action.CREATE;
        }
        return differences.isEmpty() ? Action.KEEP : Action.CHANGE;
    }
}
