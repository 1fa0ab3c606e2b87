package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that was done to what people write, as its history keeps it: to a label, a note, an integration, a notification rule.
 *
 * @param at when, by our clock
 * @param action what
 * @param actor who did it
 * @param revision of it after that
 * @param changes what it changed
 */
public record HistoryEntry(Instant at, Action action, Actor actor, int revision, List<Change> changes) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public HistoryEntry {
        changes = List.copyOf(changes);
    }

    /** What can be done. */
    public enum Action {
        CREATED("wrote it"),
        UPDATED("changed it"),
        DELETED("removed it"),
        /** Only what leads somewhere can be tested. */
        TESTED("tested it");

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
        public static void add(List<Change> changes, String field, Optional<String> from, Optional<String> to) {
            if (!from.orElse("").equals(to.orElse(""))) {
                changes.add(new Change(field, from.orElse(""), to.orElse("")));
            }
        }

        /** That a secret became another, of which nothing is kept. */
        public static Change ofSecret(String field) {
            return new Change(field, "", "");
        }

        private String words() {
            return from.isEmpty() && to.isEmpty()
                    ? "%s changed".formatted(field)
                    : "%s %s → %s".formatted(field, shown(from), shown(to));
        }
    }

    /** As a sentence, e.g. {@code Ada changed it: hostname srv1 → srv1, srv2.} */
    public String sentence() {
        var what = changes.stream().map(Change::words).collect(Collectors.joining("; "));
        return "%s %s%s%s"
                .formatted(
                        actor.name(), action.words, what.isEmpty() ? "" : ": " + what, what.endsWith(".") ? "" : ".");
    }

    private static String shown(String value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return value.length() > 200 ? value.substring(0, 200) + "…" : value;
    }

    /** The changes as JSON, for a column {@code value}. */
    public String value() {
        var value = JSON.createObjectNode();
        var list = value.putArray("changes");
        changes.forEach(change -> list.addObject()
                .put("field", change.field())
                .put("from", Columns.text(change.from()))
                .put("to", Columns.text(change.to())));
        return value.toString();
    }

    /** Of a row, in its columns {@code at}, {@code action}, {@code revision}, {@code value} and those of an {@link Actor}. */
    public static HistoryEntry of(ResultSet row) throws SQLException {
        var changes = JSON.readTree(row.getString("value"))
                .path("changes")
                .valueStream()
                .map(change -> new Change(
                        change.path("field").asString(),
                        change.path("from").asString(),
                        change.path("to").asString()))
                .toList();
        return new HistoryEntry(
                Columns.instant(row, "at"),
                Action.valueOf(row.getString("action")),
                Actor.of(row),
                row.getInt("revision"),
                changes);
    }
}
