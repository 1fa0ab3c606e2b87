package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.notifications.Conditional.Operator;
import dev.gatehouse.workbench.notifications.Conditional.Together;
import dev.gatehouse.workbench.notifications.Destination.ToAccount;
import dev.gatehouse.workbench.notifications.Destination.ToEmail;
import dev.gatehouse.workbench.notifications.Destination.ToIntegration;
import dev.gatehouse.workbench.notifications.NotificationRule.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** What is wrong with what somebody typed about a rule. */
final class RuleChecks {

    static final int MOST_CONDITIONALS = 20;
    static final int MOST_VALUES = 50;
    static final int LONGEST_VALUE = 200;
    static final int MOST_DESTINATIONS = 20;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>\"]{1,64}@[^@\\s,;<>\"]{1,190}");

    private RuleChecks() {}

    /**
     * What a rule may lead to.
     *
     * @param integrations of whoever it belongs to
     * @param account whose own it is; then it leads to nobody else
     * @param hasMail whether messages can be sent by e-mail
     */
    record Reach(Set<UUID> integrations, Optional<UUID> account, boolean hasMail) {}

    /**
     * What a draft comes to.
     *
     * @param known where the rule leads by now, which is not asked for again
     * @throws dev.gatehouse.workbench.platform.fields.InvalidFields when something is wrong with it
     */
    static Terms require(RuleDraft draft, Reach reach, List<Destination> known) {
        var problems = new Problems();
        var name = problems.name(draft.name());
        var terms = new Terms(
                name,
                events(draft, problems),
                together(draft, problems),
                conditionals(draft, reach.account().isPresent(), problems),
                destinations(draft, reach, known, problems));
        requireThatFieldsAreThere(terms, problems);
        problems.require();
        return terms;
    }

    private static List<EventName> events(RuleDraft draft, Problems problems) {
        var events = new ArrayList<EventName>();
        for (var key : new LinkedHashSet<>(draft.events())) {
            EventName.named(key)
                    .ifPresentOrElse(
                            events::add, () -> problems.add("event_names", "There is no event “%s”.".formatted(key)));
        }
        if (draft.events().isEmpty()) {
            problems.add("event_names", "Choose at least one event.");
        }
        events.sort(null);
        return events;
    }

    private static Together together(RuleDraft draft, Problems problems) {
        return Arrays.stream(Together.values())
                .filter(each -> each.name().equals(draft.together()))
                .findFirst()
                .orElseGet(() -> {
                    problems.add("condition_operator", "Say whether all conditions have to hold or any of them.");
                    return Together.ALL_OF;
                });
    }

    private static List<Conditional> conditionals(RuleDraft draft, boolean isPersonal, Problems problems) {
        if (draft.conditionals().size() > MOST_CONDITIONALS) {
            problems.add("conditionals", "A rule has at most %d conditions.".formatted(MOST_CONDITIONALS));
            return List.of();
        }
        var conditionals = new ArrayList<Conditional>();
        for (var typed : draft.conditionals()) {
            var field = ConditionField.named(typed.field());
            var operator = Operator.named(typed.operator());
            var values = typed.values().stream()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .distinct()
                    .toList();
            if (field.isEmpty() || operator.isEmpty()) {
                problems.add("conditionals", "A condition names something that events do not have.");
            } else if (values.isEmpty()) {
                problems.add(
                        "conditionals",
                        "%s: say what it %s."
                                .formatted(field.get().title(), operator.get().title()));
            } else if (values.size() > MOST_VALUES
                    || values.stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
                problems.add(
                        "conditionals",
                        "%s: use at most %d values of at most %d characters."
                                .formatted(field.get().title(), MOST_VALUES, LONGEST_VALUE));
            } else if (!isPersonal && values.stream().anyMatch(ConditionField.ME::equalsIgnoreCase)) {
                problems.add("conditionals", "“me” means somebody only in a rule of their own.");
            } else {
                conditionals.add(new Conditional(field.get(), operator.get(), values));
            }
        }
        return conditionals;
    }

    /** A condition that nothing can fulfil is a mistake. */
    private static void requireThatFieldsAreThere(Terms terms, Problems problems) {
        for (var conditional : terms.conditionals()) {
            if (!terms.events().isEmpty()
                    && terms.events().stream()
                            .noneMatch(event -> conditional.field().isOf(event.about()))) {
                problems.add(
                        "conditionals",
                        "%s: none of the chosen events has one."
                                .formatted(conditional.field().title()));
            }
        }
    }

    private static List<Destination> destinations(
            RuleDraft draft, Reach reach, List<Destination> known, Problems problems) {
        var destinations = new ArrayList<Destination>();
        for (var key : new LinkedHashSet<>(draft.destinations())) {
            var destination = Destination.of(key);
            var problem = destination
                    .map(found -> problem(found, reach, known))
                    .orElse("“%s” is no destination.".formatted(key));
            if (problem.isEmpty()) {
                destinations.add(destination.orElseThrow());
            } else {
                problems.add("destinations", problem);
            }
        }
        if (destinations.size() > MOST_DESTINATIONS) {
            problems.add("destinations", "A rule has at most %d destinations.".formatted(MOST_DESTINATIONS));
        }
        return destinations;
    }

    private static String problem(Destination destination, Reach reach, List<Destination> known) {
        var isOfAnother =
                switch (destination) {
                    case ToIntegration(var id) -> !reach.integrations().contains(id);
                    case ToAccount(var id) -> reach.account().filter(id::equals).isEmpty();
                    case ToEmail(var address) -> reach.account().isPresent();
                };
        if (isOfAnother) {
            return reach.account().isPresent()
                    ? "A rule of your own can only lead to your own e-mail address."
                    : "A rule can only lead to integrations of the same organization and to e-mail addresses.";
        }
        if (destination instanceof ToEmail(var address)
                && !EMAIL.matcher(address).matches()) {
            return "“%s” is no e-mail address.".formatted(address);
        }
        return destination instanceof ToIntegration || reach.hasMail() || known.contains(destination)
                ? ""
                : Mail.MISSING;
    }
}
