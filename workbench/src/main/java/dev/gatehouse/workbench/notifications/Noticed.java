package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An event that was noticed in a transaction, before anybody has asked whether it is to be told.
 *
 * @param event what it is
 * @param subject what it is about, by our id
 * @param place where it happened
 * @param change how it came about
 */
record Noticed(EventName event, UUID subject, Place place, Change change) {

    /**
     * Where something happened; of an organization and a directory, at least one is known.
     *
     * @param investigation in which
     * @param alert at which
     */
    record Place(
            Optional<UUID> organization,
            Optional<TenantId> tenant,
            Optional<UUID> investigation,
            Optional<UUID> alert) {}

    /**
     * How something came about.
     *
     * @param action as the history names it, e.g. {@code ASSIGNED}
     * @param at when, by our clock
     * @param actor who did it
     * @param previous what values were before, by their names; empty texts for what was not there
     */
    record Change(String action, Instant at, Actor actor, Map<String, String> previous) {

        Change {
            previous = Collections.unmodifiableMap(new LinkedHashMap<>(previous));
        }
    }
}
