package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that was done to a suppression.
 *
 * @param at when, by our clock
 * @param action what
 * @param actor who did it
 * @param revision of the suppression after it
 * @param comment what they said about it; empty when nothing
 * @param changes what it changed
 */
public record SuppressionEvent(
        Instant at, Action action, Actor actor, int revision, String comment, List<Change> changes) {

    public SuppressionEvent {
        changes = List.copyOf(changes);
    }

    /** What can be done. */
    public enum Action {
        CREATED("wrote it"),
        CHANGED("changed it"),
        DRY_RUN("ran it dry"),
        WENT_LIVE("put it in force"),
        BACK_TO_DRAFT("made it a draft again, because it would close other alerts than its dry run showed"),
        REVIEWED("reviewed it"),
        WITHDRAWN("withdrew it");

        private final String words;

        Action(String words) {
            this.words = words;
        }

        /** What somebody did, e.g. {@code wrote it}. */
        public String words() {
            return words;
        }
    }

    /**
     * One value that became another.
     *
     * @param field its name, see {@link SuppressionField#key()}
     * @param from before; empty when there was none
     * @param to after; empty when there is none
     */
    public record Change(String field, String from, String to) {

        /** What people call the field. */
        public String title() {
            return SuppressionField.named(field).map(SuppressionField::title).orElse(field.toLowerCase(Locale.ROOT));
        }
    }

    /** As a sentence, e.g. {@code Ada changed it: End 2026-12-01T00:00:00Z → 2027-01-01T00:00:00Z.} */
    public String sentence() {
        return sentence(Instant::toString);
    }

    /**
     * As a sentence.
     *
     * @param times how to write times
     */
    public String sentence(Function<Instant, String> times) {
        var what = changes.stream()
                .map(change -> "%s %s → %s"
                        .formatted(
                                change.title(), shown(change, change.from(), times), shown(change, change.to(), times)))
                .collect(Collectors.joining(", "));
        return "%s %s%s."
                .formatted(
                        actor.name(),
                        action.words(),
                        (what.isEmpty() ? "" : ": " + what) + (comment.isEmpty() ? "" : ": “" + comment + "”"));
    }

    private static String shown(Change change, String value, Function<Instant, String> times) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return change.field().endsWith("_at") ? times.apply(Instant.parse(value)) : value;
    }
}
