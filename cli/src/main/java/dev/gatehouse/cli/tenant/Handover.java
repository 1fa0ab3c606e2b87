package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.AdminConsent;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.profile.EntraRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to give to the colleague who may do the rest. */
final class Handover {

    private Handover() {}

    /**
     * What is left and who may do it.
     *
     * @param again the options that say which tenant in which cloud, for the next command
     */
    static List<String> lines(String again, Cloud cloud, Plan plan, Optional<ApplicationId> application) {
        var lines = new ArrayList<String>();
        var blocked = plan.blocked();
        if (blocked.isEmpty()) {
            return lines;
        }
        lines.add("");
        lines.add("The rest is for a colleague with: "
                + plan.leastRolesForBlocked().stream().map(EntraRole::title).collect(Collectors.joining(", ")));
        var parts = blocked.stream().map(Step::part).toList();
        lines.add("  The same command, run by them, does exactly what is left. Or, to be read first and run by hand:");
        lines.add("  gatehouse tenant script --bash %s --parts %s"
                .formatted(again, parts.stream().map(Part::key).collect(Collectors.joining(","))));
        if (application.isPresent() && (parts.contains(Part.CONSENT) || parts.contains(Part.DELEGATED_CONSENT))) {
            lines.add("  Consent alone also takes one click on this page:");
            lines.add("  " + AdminConsent.page(cloud, plan.desired().tenant(), application.get()));
        }
        return lines;
    }
}
