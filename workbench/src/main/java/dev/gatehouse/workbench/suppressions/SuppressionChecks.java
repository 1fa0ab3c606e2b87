package dev.gatehouse.workbench.suppressions;

import static dev.gatehouse.workbench.suppressions.SuppressionField.COMMENT;
import static dev.gatehouse.workbench.suppressions.SuppressionField.CONDITION;
import static dev.gatehouse.workbench.suppressions.SuppressionField.ENDS_AT;
import static dev.gatehouse.workbench.suppressions.SuppressionField.INCLUDES_SEVERE;
import static dev.gatehouse.workbench.suppressions.SuppressionField.NAME;
import static dev.gatehouse.workbench.suppressions.SuppressionField.OWNER;
import static dev.gatehouse.workbench.suppressions.SuppressionField.REASON;
import static dev.gatehouse.workbench.suppressions.SuppressionField.REVIEW_AT;
import static dev.gatehouse.workbench.suppressions.SuppressionField.RULE;
import static dev.gatehouse.workbench.suppressions.SuppressionField.STARTS_AT;

import dev.gatehouse.workbench.detections.Conditions;
import dev.gatehouse.workbench.detections.InvalidCondition;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.suppressions.Suppression.Terms;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes of what somebody typed what a suppression says, or tells everything that is wrong with it. */
@Component
class SuppressionChecks {

    /** Nobody forgets a suppression for longer than that. */
    static final Duration LONGEST = Duration.ofDays(366);

    private final Conditions conditions;
    private final Rules rules;
    private final Accounts accounts;

    SuppressionChecks(Conditions conditions, Rules rules, Accounts accounts) {
        this.conditions = conditions;
        this.rules = rules;
        this.accounts = accounts;
    }

    /**
     * What a draft says.
     *
     * @param organization whose alerts it is about; empty for everybody's
     * @param present who answers for it now, who may not be among those to choose from any more
     * @throws InvalidFields when anything is wrong with it
     */
    Terms require(
            Scope scope, Optional<UUID> organization, SuppressionDraft draft, Optional<Actor> present, Instant now) {
        var problems = new ArrayList<FieldProblem>();
        for (var field : SuppressionField.values()) {
            if (draft.text(field).length() > field.longest()) {
                problem(problems, field, "%s has at most %,d characters.".formatted(field.title(), field.longest()));
            }
        }
        var name = text(draft, NAME, "Say in a few words what it closes.", problems);
        var reason = text(draft, REASON, "Say why these alerts need nobody to look at them.", problems);
        var comment = text(draft, COMMENT, "Say what the alerts that it closes are to say about it.", problems);
        var owner = owner(scope, organization, draft, present, problems);
        var rule = rule(scope, organization, draft, problems);
        checkCondition(draft, problems);
        var severe = severe(draft, problems);
        var starts = time(draft, STARTS_AT, problems);
        var ends = time(draft, ENDS_AT, problems);
        var review = time(draft, REVIEW_AT, problems);
        if (starts.isPresent() && ends.isPresent()) {
            checkTimes(starts.get(), ends.get(), review, now, problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return new Terms(
                name,
                owner.orElseThrow(),
                reason,
                rule,
                draft.text(CONDITION),
                severe,
                starts.orElseThrow(),
                ends.orElseThrow(),
                review.orElseThrow(),
                comment);
    }

    private static void problem(List<FieldProblem> problems, SuppressionField field, String message) {
        problems.add(FieldProblem.error(field.key(), message));
    }

    private static String text(
            SuppressionDraft draft, SuppressionField field, String cure, List<FieldProblem> problems) {
        var text = draft.text(field);
        if (text.isEmpty()) {
            problem(problems, field, "%s is empty. %s".formatted(field.title(), cure));
        }
        return text;
    }

    private Optional<Actor> owner(
            Scope scope,
            Optional<UUID> organization,
            SuppressionDraft draft,
            Optional<Actor> present,
            List<FieldProblem> problems) {
        var text = draft.text(OWNER);
        var owner = accounts.assignable(scope, organization, text)
                .map(Actor::of)
                .or(() -> present.filter(who -> who.name().equals(text)));
        if (owner.isEmpty()) {
            problem(
                    problems,
                    OWNER,
                    text.isEmpty()
                            ? "Owner is empty. Name the person who answers for it, by e-mail address."
                            : "“%s” is nobody, or several people, who may work on these alerts. Give the e-mail address."
                                    .formatted(text));
        }
        return owner;
    }

    private Optional<RuleId> rule(
            Scope scope, Optional<UUID> organization, SuppressionDraft draft, List<FieldProblem> problems) {
        var text = draft.text(RULE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var seen = organization.map(Scope::of).orElse(scope);
        var rule = Optional.of(text).filter(RuleId::isValid).map(RuleId::new).filter(id -> rules.find(seen, id)
                .isPresent());
        if (rule.isEmpty()) {
            problem(
                    problems,
                    RULE,
                    "There is no detection rule “%s”. Give the id of one, or leave it empty.".formatted(text));
        }
        return rule;
    }

    private void checkCondition(SuppressionDraft draft, List<FieldProblem> problems) {
        var text = draft.text(CONDITION);
        if (text.isEmpty()) {
            problem(
                    problems,
                    CONDITION,
                    "Condition is empty. Say in CEL which alerts it closes; “true” is all of them.");
            return;
        }
        try {
            conditions.of(text);
        } catch (InvalidCondition e) {
            e.faults()
                    .forEach(fault -> problem(
                            problems,
                            CONDITION,
                            "Line %d, column %d: %s".formatted(fault.line(), fault.column(), fault.message())));
        }
    }

    private static boolean severe(SuppressionDraft draft, List<FieldProblem> problems) {
        var text = draft.text(INCLUDES_SEVERE);
        if (!List.of("", "true", "false").contains(text)) {
            problem(problems, INCLUDES_SEVERE, "“%s” is neither true nor false.".formatted(text));
        }
        return text.equals("true");
    }

    private static Optional<Instant> time(SuppressionDraft draft, SuppressionField field, List<FieldProblem> problems) {
        var text = draft.text(field);
        if (text.isEmpty()) {
            problem(problems, field, "%s is empty. Give a date and time.".formatted(field.title()));
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            problem(
                    problems,
                    field,
                    "“%s” is no date and time with a zone. Write it as 2026-11-23T09:00:00Z.".formatted(text));
            return Optional.empty();
        }
    }

    private static void checkTimes(
            Instant starts, Instant ends, Optional<Instant> review, Instant now, List<FieldProblem> problems) {
        if (!ends.isAfter(starts)) {
            problem(problems, ENDS_AT, "It would end before it starts. Choose a later end.");
        } else if (!ends.isAfter(now)) {
            problem(problems, ENDS_AT, "The end has passed already. Choose a later one.");
        } else if (Duration.between(starts, ends).compareTo(LONGEST) > 0) {
            problem(
                    problems,
                    ENDS_AT,
                    "It would last longer than %d days. Choose an earlier end; it can be moved before it is reached."
                            .formatted(LONGEST.toDays()));
        }
        review.ifPresent(at -> {
            if (at.isAfter(ends)) {
                problem(problems, REVIEW_AT, "The review would come after the end. Choose an earlier one.");
            } else if (at.isBefore(starts)) {
                problem(problems, REVIEW_AT, "The review would come before the start. Choose a later one.");
            }
        });
    }
}
