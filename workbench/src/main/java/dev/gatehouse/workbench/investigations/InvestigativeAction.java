package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A step of an investigation, or of an alert that is in none.
 *
 * @param id ours
 * @param investigation that it is a step of; empty when it is one of an alert
 * @param alert that it is a step of; empty when it is one of an investigation
 * @param type what kind of step
 * @param status how far it is
 * @param what it is about
 * @param classification what came of it; empty while nobody has said
 * @param assignee whose it is
 * @param answer of the customer, to {@link Type#VERIFY}
 * @param query that was run, for {@link Type#HUNTING}
 * @param times when what happened
 * @param createdBy who added it
 * @param revision goes up with each change
 */
public record InvestigativeAction(
        UUID id,
        Optional<UUID> investigation,
        Optional<UUID> alert,
        Type type,
        Status status,
        Said what,
        Optional<Classification> classification,
        Optional<Actor> assignee,
        Answer answer,
        Query query,
        Times times,
        String createdBy,
        int revision) {

    /** What kind of step it is. */
    public enum Type {
        MANUAL("Manual", "Something to look up or to do by hand."),
        VERIFY("Verify", "Ask the customer, yes or no: was this authorised?"),
        NOTIFY("Notify", "Tell somebody."),
        RESEARCH("Research", "Find out about a technique, a tool or an address."),
        HUNTING("Hunting", "Look for it elsewhere.");

        private final String title;
        private final String hint;

        Type(String title, String hint) {
            this.title = title;
            this.hint = hint;
        }

        public String title() {
            return title;
        }

        public String hint() {
            return hint;
        }
    }

    /** How far it is. */
    public enum Status {
        RUNNING("Running"),
        READY_FOR_ANALYSIS("Ready for analysis"),
        COMPLETED("Completed"),
        FAILED("Failed"),
        CLOSED("Closed");

        private final String title;

        Status(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** Whether nothing is left to do. */
        public boolean isDone() {
            return this == COMPLETED || this == CLOSED;
        }
    }

    /** What came of it. */
    public enum Classification {
        MALICIOUS("Malicious"),
        SUSPICIOUS("Suspicious"),
        NOT_SUSPICIOUS("Not suspicious");

        private final String title;

        Classification(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * What it is about.
     *
     * @param title of the step
     * @param reason why it is taken
     * @param instructions in Markdown; for {@link Type#VERIFY} the question to the customer
     * @param results what came of it, in Markdown
     */
    public record Said(String title, String reason, String instructions, String results) {

        Map<String, String> values() {
            var values = new LinkedHashMap<String, String>();
            values.put("title", title);
            values.put("reason", reason);
            values.put("instructions", instructions);
            values.put("results", results);
            return values;
        }
    }

    /**
     * What the customer said.
     *
     * @param isAuthorized whether they knew of it and wanted it; empty while they have not answered
     * @param by who answered, in free words
     * @param at when
     * @param comment what they said besides
     */
    public record Answer(Optional<Boolean> isAuthorized, String by, Optional<Instant> at, String comment) {

        static final Answer NONE = new Answer(Optional.empty(), "", Optional.empty(), "");
    }

    /**
     * A query, and what came of it.
     *
     * @param text as it was written; empty when there is none
     * @param parameters what was put into it, by their names
     * @param table what came back; empty when nothing did
     * @param rowCount how many rows came back, those that were cut off included; empty when it was not run
     * @param sentence what the result says
     * @param failure why it was not run, or failed; empty when it was
     * @param started when it was sent
     * @param ended when the answer was there
     */
    public record Query(
            String text,
            Map<String, String> parameters,
            Optional<Table> table,
            OptionalInt rowCount,
            String sentence,
            String failure,
            Optional<Instant> started,
            Optional<Instant> ended) {

        static final Query NONE = new Query(
                "", Map.of(), Optional.empty(), OptionalInt.empty(), "", "", Optional.empty(), Optional.empty());

        public Query {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        public boolean isThere() {
            return !text.isEmpty();
        }
    }

    /**
     * Rows of a result.
     *
     * @param columns their headings
     * @param rows each with one text for each column
     */
    public record Table(List<String> columns, List<List<String>> rows) {

        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * When what happened, by our clock.
     *
     * @param created when it was added
     * @param updated when it last changed
     * @param closed when it was done with; empty while it is not
     */
    public record Times(Instant created, Instant updated, Optional<Instant> closed) {}
}
