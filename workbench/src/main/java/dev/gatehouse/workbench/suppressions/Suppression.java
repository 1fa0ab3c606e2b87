package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.people.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A suppression: which new alerts are closed at once, and why.
 *
 * @param id ours
 * @param organization whose alerts; empty for those of everybody
 * @param organizationName as it is called now; empty for everybody
 * @param terms what it says
 * @param state where it is in its life, as it is stored
 * @param revision goes up with each change
 * @param created when it was written
 * @param createdBy by whom
 * @param closed what it has closed of what the reader may see
 */
public record Suppression(
        UUID id,
        Optional<UUID> organization,
        String organizationName,
        Terms terms,
        State state,
        int revision,
        Instant created,
        String createdBy,
        Closed closed) {

    /** Where it is in its life, as it is stored; that it has ended is told by its end. */
    public enum State {
        /** Closes nothing. */
        DRAFT,
        /** In force from its start to its end. */
        LIVE,
        /** Taken back by somebody, for good. */
        WITHDRAWN
    }

    /**
     * What it says.
     *
     * @param name what people call it
     * @param owner who answers for it
     * @param reason why there is one
     * @param rule only alerts of that one; empty for those of any
     * @param condition in CEL, of what detection rules look at
     * @param includesSevere whether alerts that are High or Critical are closed, too
     * @param starts from when it is in force
     * @param ends when it stops by itself
     * @param review when somebody has to look whether it is still right
     * @param comment what is said about the alerts that it closes
     */
    public record Terms(
            String name,
            Actor owner,
            String reason,
            Optional<RuleId> rule,
            String condition,
            boolean includesSevere,
            Instant starts,
            Instant ends,
            Instant review,
            String comment) {

        /** The same, to be looked at again at another time. */
        Terms reviewedNext(Instant next) {
            return new Terms(name, owner, reason, rule, condition, includesSevere, starts, ends, next, comment);
        }

        /** As it is typed. */
        public SuppressionDraft draft() {
            return new SuppressionDraft(texts());
        }

        /** What each field says, as histories and forms have it. */
        Map<SuppressionField, String> texts() {
            var texts = new EnumMap<SuppressionField, String>(SuppressionField.class);
            texts.put(SuppressionField.NAME, name);
            texts.put(SuppressionField.OWNER, owner.name());
            texts.put(SuppressionField.REASON, reason);
            texts.put(SuppressionField.RULE, rule.map(RuleId::value).orElse(""));
            texts.put(SuppressionField.CONDITION, condition);
            texts.put(SuppressionField.INCLUDES_SEVERE, Boolean.toString(includesSevere));
            texts.put(SuppressionField.STARTS_AT, starts.toString());
            texts.put(SuppressionField.ENDS_AT, ends.toString());
            texts.put(SuppressionField.REVIEW_AT, review.toString());
            texts.put(SuppressionField.COMMENT, comment);
            return texts;
        }
    }

    /**
     * What it has closed.
     *
     * @param alerts how many
     * @param last when the last one was made; empty while there is none
     */
    public record Closed(long alerts, Optional<Instant> last) {

        static final Closed NOTHING = new Closed(0, Optional.empty());
    }

    /** What people are shown, what has to be done first. */
    public enum Standing {
        NEEDS_REVIEW("Needs review", "high"),
        ACTIVE("Active", "good"),
        SCHEDULED("Scheduled", "informational"),
        DRAFT("Draft", ""),
        ENDED("Ended", ""),
        WITHDRAWN("Withdrawn", "");

        private final String title;
        private final String tone;

        Standing(String title, String tone) {
            this.title = title;
            this.tone = tone;
        }

        /** The words on the screen. */
        public String title() {
            return title;
        }

        /** The colour of its badge. */
        public String tone() {
            return tone;
        }

        /** The word in addresses and the API, e.g. {@code needs_review}. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The same, saying something else, in another state. */
    Suppression with(Terms other, State next) {
        return new Suppression(id, organization, organizationName, other, next, revision, created, createdBy, closed);
    }

    /** The same after one more change. */
    Suppression at(int next) {
        return new Suppression(id, organization, organizationName, terms, state, next, created, createdBy, closed);
    }

    /** What people are shown at a moment. */
    public Standing standing(Instant now) {
        return switch (state) {
            case DRAFT -> Standing.DRAFT;
            case WITHDRAWN -> Standing.WITHDRAWN;
            case LIVE -> {
                if (!now.isBefore(terms.ends())) {
                    yield Standing.ENDED;
                }
                if (!now.isBefore(terms.review())) {
                    yield Standing.NEEDS_REVIEW;
                }
                yield now.isBefore(terms.starts()) ? Standing.SCHEDULED : Standing.ACTIVE;
            }
        };
    }

    /** Whether it closes alerts at a moment. */
    public boolean isInForce(Instant now) {
        return state == State.LIVE && !now.isBefore(terms.starts()) && now.isBefore(terms.ends());
    }

    /** Tells which alerts it closes apart from which it would close after a change. */
    public ContentHash fingerprint() {
        var all = String.join(
                "\0",
                organization.map(UUID::toString).orElse(""),
                terms.rule().map(RuleId::value).orElse(""),
                Boolean.toString(terms.includesSevere()),
                terms.condition());
        return ContentHash.of(all.getBytes(StandardCharsets.UTF_8));
    }
}
