package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Removal;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.profile.EntraRole;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes plans and outcomes down, for people and for programs. */
final class PlanText {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private PlanText() {}

    static List<String> lines(Plan plan, String admin) {
        var lines = new ArrayList<String>();
        lines.add("Tenant %s (%s), as seen by %s"
                .formatted(
                        plan.present().organization().displayName(),
                        plan.desired().tenant(),
                        admin.isEmpty() ? "an unnamed account" : admin));
        lines.add("");
        for (var step : plan.steps()) {
            lines.add(
                    "  %s %-38s %s".formatted(step.action().sign(), step.part().title(), step.object()));
            step.differences().forEach(difference -> lines.add("        " + difference));
            step.notes().forEach(note -> lines.add("        " + note));
            if (step.isBlocked()) {
                lines.add("        Needs another role: " + EntraRole.anyOf(step.missingRoles()));
            }
        }
        lines.add("");
        lines.add(summary(plan));
        return lines;
    }

    private static String summary(Plan plan) {
        var unknown = count(plan, Action.UNKNOWN);
        var sentence = "%d to create, %d to change, %d to keep%s."
                .formatted(
                        count(plan, Action.CREATE),
                        count(plan, Action.CHANGE),
                        count(plan, Action.KEEP),
                        unknown == 0 ? "" : ", %d that you may not read".formatted(unknown));
        if (plan.blocked().isEmpty()) {
            return plan.isEmpty() ? "Nothing to do. " + sentence : sentence;
        }
        return "%s %d of these need another role: %s."
                .formatted(
                        sentence,
                        plan.blocked().size(),
                        String.join(
                                " and ",
                                plan.leastRolesForBlocked().stream()
                                        .map(EntraRole::title)
                                        .toList()));
    }

    private static long count(Plan plan, Action action) {
        return plan.steps().stream().filter(step -> step.action() == action).count();
    }

    static ObjectNode json(Plan plan, String admin) {
        var json = JSON.createObjectNode()
                .put("tenant", plan.desired().tenant().toString())
                .put("organization", plan.present().organization().displayName())
                .put("administrator", admin)
                .put("in_order", plan.isEmpty());
        plan.present().application().ifPresent(application -> json.put("application_id", application.appId()));
        var steps = json.putArray("steps");
        plan.steps().forEach(step -> steps.add(json(step)));
        return json;
    }

    private static ObjectNode json(Step step) {
        var json = JSON.createObjectNode()
                .put("part", step.part().key())
                .put("action", step.action().key())
                .put("object", step.object());
        var differences = json.putArray("differences");
        step.differences().forEach(difference -> differences
                .addObject()
                .put("field", difference.field())
                .put("present", difference.present())
                .put("desired", difference.desired()));
        step.notes().forEach(json.putArray("notes")::add);
        step.missingRoles().forEach(role -> json.withArray("missing_roles").add(role.title()));
        return json;
    }

    static ArrayNode outcomes(List<Outcome> outcomes) {
        var array = JSON.createArrayNode();
        for (var outcome : outcomes) {
            array.addObject()
                    .put("part", outcome.part().key())
                    .put("outcome", word(outcome))
                    .put("detail", outcome.sentence());
        }
        return array;
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Kept kept -> "kept";
            case Outcome.Made made -> "made";
            case Outcome.Undone undone -> undone.kind() == Removal.Kind.RESTORE ? "restored" : "removed";
            case Outcome.Blocked blocked -> "blocked";
            case Outcome.Waiting waiting -> "waiting";
            case Outcome.Refused refused -> "refused";
        };
    }

    static String line(Removal removal) {
        var what =
                switch (removal.kind()) {
                    case DELETE -> "- %-38s %s";
                    case RESTORE -> "~ %-38s %s";
                    case GONE -> "= %-38s %s (gone already)";
                };
        return "  " + what.formatted(removal.part().title(), removal.name())
                + (removal.detail().isEmpty() ? "" : ": " + removal.detail());
    }
}
