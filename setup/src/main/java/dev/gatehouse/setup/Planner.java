package dev.gatehouse.setup;

import dev.gatehouse.setup.parts.PartPlan;
import dev.gatehouse.setup.parts.SetupPart;
import dev.gatehouse.setup.parts.SetupParts;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.plan.Step;
import java.util.List;

/** Compares how a tenant is with how it should be. It asks nobody and changes nothing. */
public final class Planner {

    private Planner() {}

    /** The difference, part by part. */
    public static Plan plan(Desired desired, Present present, Admin admin) {
        var steps = SetupParts.wantedBy(desired).stream()
                .map(part -> step(part, desired, present, admin))
                .toList();
        return new Plan(desired, present, admin, steps);
    }

    private static Step step(SetupPart part, Desired desired, Present present, Admin admin) {
        var planned = part.plan(desired, present);
        var whyUnread = present.unreadable().get(part.part());
        var known = whyUnread == null ? planned : unknown(planned, whyUnread);
        return new Step(
                part.part(),
                known.action(),
                known.object(),
                known.differences(),
                known.notes(),
                part.missingRoles(admin, known.action()));
    }

    private static PartPlan unknown(PartPlan planned, String why) {
        return new PartPlan(Action.UNKNOWN, planned.object(), List.of(), List.of(why));
    }
}
