package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.AdminConsent;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.profile.EntraRole;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to give to the colleague who may do the rest.
 *
 * @param titles what is left, for people
 * @param roles the roles that it takes
 * @param parts what is left, for a script: keys with commas between them
 * @param consentPage Microsoft's page where one click consents, when consent is left and the application is known
 */
public record Handover(String titles, String roles, String parts, Optional<String> consentPage) {

    /** For what the administrator of a plan may not do; empty when nothing is left. */
    static Optional<Handover> of(Plan plan, Cloud cloud, Optional<ApplicationId> application) {
        var blocked = plan.blocked();
        if (blocked.isEmpty()) {
            return Optional.empty();
        }
        var isConsentLeft = blocked.stream()
                .map(Step::part)
                .anyMatch(part -> part == Part.CONSENT || part == Part.DELEGATED_CONSENT);
        return Optional.of(new Handover(
                blocked.stream().map(step -> step.part().title()).collect(Collectors.joining(", ")),
                plan.leastRolesForBlocked().stream().map(EntraRole::title).collect(Collectors.joining(", ")),
                blocked.stream().map(step -> step.part().key()).collect(Collectors.joining(",")),
                application.filter(known -> isConsentLeft).map(known -> AdminConsent.page(
                                cloud, plan.desired().tenant(), known)
                        .toString())));
    }
}
