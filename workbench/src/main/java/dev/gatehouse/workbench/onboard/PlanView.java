package dev.gatehouse.workbench.onboard;

import dev.gatehouse.setup.plan.Difference;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.profile.EntraRole;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as it is shown before anything is touched.
 *
 * @param admin who signed in at Microsoft
 * @param tenant what the tenant calls itself
 * @param lines one for each part
 */
public record PlanView(String admin, String tenant, List<Line> lines) {

    public PlanView {
        lines = List.copyOf(lines);
    }

    /**
     * What would be done about one part.
     *
     * @param key the part's word, e.g. {@code guest}
     * @param action {@code create}, {@code change}, {@code keep} or {@code unknown}
     * @param title a few words
     * @param object what people call the thing
     * @param differences field by field
     * @param notes what else one should know
     * @param roles the roles of which the administrator has none; empty when nothing stands in the way
     */
    public record Line(
            String key,
            String action,
            String title,
            String object,
            List<String> differences,
            List<String> notes,
            String roles) {

        public Line {
            differences = List.copyOf(differences);
            notes = List.copyOf(notes);
        }

        public boolean isBlocked() {
            return !roles.isEmpty();
        }

        /** Whether confirming the plan would do it. */
        public boolean isAllowed() {
            return !isBlocked() && (action.equals("create") || action.equals("change"));
        }
    }

    static PlanView of(Plan plan) {
        return new PlanView(
                plan.admin().name(),
                plan.present().organization().displayName(),
                plan.steps().stream().map(PlanView::line).toList());
    }

    private static Line line(Step step) {
        return new Line(
                step.part().key(),
                step.action().key(),
                step.part().title(),
                step.object(),
                step.differences().stream().map(Difference::toString).toList(),
                step.notes(),
                EntraRole.anyOf(step.missingRoles()));
    }

    /** How many parts confirming would change. */
    public long allowed() {
        return lines.stream().filter(Line::isAllowed).count();
    }

    /** Whether some of it is for somebody else. */
    public boolean isPartial() {
        return lines.stream().anyMatch(Line::isBlocked);
    }

    /** What would be done, for the history. */
    String summary() {
        return lines.stream()
                .filter(Line::isAllowed)
                .map(line -> "%s %s".formatted(line.action(), line.title()))
                .collect(Collectors.joining(", "));
    }
}
