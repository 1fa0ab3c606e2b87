package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.people.Trace;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Says which events are told to whom.
 *
 * @param id ours
 * @param owner whose it is
 * @param account whose own it is; empty for one of the whole organization
 * @param terms what it says
 * @param isEnabled whether it is followed
 * @param revision grows with every change
 * @param trace who wrote it and changed it, and when
 */
public record NotificationRule(
        UUID id, Owner owner, Optional<UUID> account, Terms terms, boolean isEnabled, int revision, Trace trace) {

    /**
     * What a rule says.
     *
     * @param name what people call it
     * @param events of which it hears
     * @param together how its conditions belong together
     * @param conditionals without any, each event is told
     * @param destinations where events go; without any it does nothing
     */
    public record Terms(
            String name,
            List<EventName> events,
            Conditional.Together together,
            List<Conditional> conditionals,
            List<Destination> destinations) {

        public Terms {
            events = List.copyOf(events);
            conditionals = List.copyOf(conditionals);
            destinations = List.copyOf(destinations);
        }
    }

    /** Whether it is somebody's own. */
    public boolean isPersonal() {
        return account.isPresent();
    }

    /** Whether an event is to be told. */
    boolean wants(EventName event, EventFacts facts) {
        if (!terms.events().contains(event)) {
            return false;
        }
        var me = account.map(UUID::toString);
        var conditionals = terms.conditionals();
        return switch (terms.together()) {
            case ALL_OF -> conditionals.stream().allMatch(conditional -> conditional.holds(facts, me));
            case ANY_OF ->
                conditionals.isEmpty() || conditionals.stream().anyMatch(conditional -> conditional.holds(facts, me));
        };
    }
}
