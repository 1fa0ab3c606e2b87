package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something that was done to a label or a note.
 *
 * @param at when, by our clock
 * @param action what
 * @param actor who did it
 * @param revision of it after that
 * @param changes what it changed
 */
public record ContextEvent(Instant at, Action action, Actor actor, int revision, List<Change> changes) {

    public ContextEvent {
        changes = List.copyOf(changes);
    }

    /** What can be done. */
    public enum Action {
        CREATED("wrote it"),
        UPDATED("changed it"),
        DELETED("removed it");

        private final String words;

        Action(String words) {
            this.words = words;
        }
    }

    /**
     * A value that became another.
     *
     * @param field its name in the API
     * @param from before; empty when there was none
     * @param to after; empty when there is none
     */
    public record Change(String field, String from, String to) {

        /** Adds that a field became another, if it did. */
        static void add(List<Change> changes, String field, Optional<String> from, Optional<String> to) {
            if (!from.orElse("").equals(to.orElse(""))) {
                changes.add(new Change(field, from.orElse(""), to.orElse("")));
            }
        }
    }

    /** As a sentence, e.g. {@code Ada changed it: hostname srv1 → srv1, srv2.} */
    public String sentence() {
        var what = changes.stream()
                .map(change -> "%s %s → %s".formatted(change.field(), shown(change.from()), shown(change.to())))
                .collect(Collectors.joining("; "));
        return "%s %s%s.".formatted(actor.name(), action.words, what.isEmpty() ? "" : ": " + what);
    }

    private static String shown(String value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return value.length() > 200 ? value.substring(0, 200) + "…" : value;
    }
}
