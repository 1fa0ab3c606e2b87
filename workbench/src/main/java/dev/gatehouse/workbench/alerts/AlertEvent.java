package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that happened to an alert.
 *
 * @param at when, by our clock
 * @param action what
 * @param actor who did it
 * @param revision the alert's revision after it
 * @param facts what is to be known of it besides, such as {@code reason}, {@code comment} or {@code vendorAlert}
 * @param changes what it changed
 */
public record AlertEvent(
        Instant at, AlertAction action, Actor actor, int revision, Map<String, String> facts, List<Change> changes) {

    public AlertEvent {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        changes = List.copyOf(changes);
    }

    /**
     * One value that became another.
     *
     * @param what e.g. {@code status}
     * @param from before; empty when there was none
     * @param to after; empty when there is none
     */
    public record Change(String what, String from, String to) {}

    /** Something that only changed values. */
    static AlertEvent of(Instant at, AlertAction action, Actor actor, int revision, Change... changes) {
        return new AlertEvent(at, action, actor, revision, Map.of(), List.of(changes));
    }

    AlertEvent with(String fact, String value) {
        if (value.isEmpty()) {
            return this;
        }
        var more = new LinkedHashMap<>(facts);
        more.put(fact, value);
        return new AlertEvent(at, action, actor, revision, more, changes);
    }

    /** A fact, or nothing. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }
}
