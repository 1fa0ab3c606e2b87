package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Something that happened to an investigation or to something in it.
 *
 * @param at when, by our clock
 * @param subject to what
 * @param subjectId to which of them
 * @param action what happened
 * @param actor who did it
 * @param revision the subject's revision after it
 * @param facts what is to be known of it besides, such as {@code name}, {@code reason} or {@code comment}
 * @param changes what became different
 */
public record InvestigationEvent(
        Instant at,
        Subject subject,
        UUID subjectId,
        HistoryAction action,
        Actor actor,
        int revision,
        Map<String, String> facts,
        List<Change> changes) {

    public InvestigationEvent {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        changes = List.copyOf(changes);
    }

    /**
     * One value that became another.
     *
     * @param what e.g. {@code assignee}
     * @param from before; empty when there was none
     * @param to after; empty when there is none
     */
    public record Change(String what, String from, String to) {}

    /** A fact, or nothing. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    InvestigationEvent with(String fact, String value) {
        if (value.isEmpty()) {
            return this;
        }
        var more = new LinkedHashMap<>(facts);
        more.put(fact, value);
        return new InvestigationEvent(at, subject, subjectId, action, actor, revision, more, changes);
    }

    /** What is different between two states of something, each value by its name. */
    static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        var changes = new ArrayList<Change>();
        after.forEach((what, value) -> {
            var old = before.getOrDefault(what, "");
            if (!old.equals(value)) {
                changes.add(new Change(what, old, value));
            }
        });
        return changes;
    }
}
