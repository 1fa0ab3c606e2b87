package dev.gatehouse.workbench.notifications;

import java.util.List;

/**
 * What somebody typed about a rule.
 *
 * @param name what people are to call it
 * @param events by their keys
 * @param together {@code ALL_OF} or {@code ANY_OF}
 * @param conditionals as they were typed
 * @param destinations by their keys
 * @param isEnabled whether it is to be followed
 */
public record RuleDraft(
        String name,
        List<String> events,
        String together,
        List<TypedConditional> conditionals,
        List<String> destinations,
        boolean isEnabled) {

    public RuleDraft {
        events = List.copyOf(events);
        conditionals = List.copyOf(conditionals);
        destinations = List.copyOf(destinations);
    }

    /**
     * A condition.
     *
     * @param field by its key
     * @param operator by its key
     * @param values any of which is meant
     */
    public record TypedConditional(String field, String operator, List<String> values) {

        public TypedConditional {
            values = List.copyOf(values);
        }
    }

    /** What a rule says by now, to be changed. */
    public static RuleDraft of(NotificationRule rule) {
        var terms = rule.terms();
        return new RuleDraft(
                terms.name(),
                terms.events().stream().map(EventName::key).toList(),
                terms.together().name(),
                terms.conditionals().stream()
                        .map(conditional -> new TypedConditional(
                                conditional.field().key(),
                                conditional.operator().key(),
                                conditional.values()))
                        .toList(),
                terms.destinations().stream().map(Destination::key).toList(),
                rule.isEnabled());
    }
}
