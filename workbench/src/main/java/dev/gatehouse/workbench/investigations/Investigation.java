package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An investigation; an incident once it was promoted.
 *
 * @param id ours
 * @param organization whose
 * @param organizationName as it is called now
 * @param number within the organization, from one
 * @param shortLink what people call it, e.g. {@code ACME-12}; the short name is that of the day when it was opened
 * @param fields what people say about it; those that say nothing are left out
 * @param leadAlert the alert that it is about first of all
 * @param decision what it came to; empty while it is open
 * @param closeComment what was said about that
 * @param standing whether it is an incident
 * @param assignee who works on it: a person or an organization
 * @param times when what happened to it
 * @param createdBy who opened it
 * @param alerts how many alerts are in it
 * @param revision goes up with each change of what stands here
 */
public record Investigation(
        UUID id,
        UUID organization,
        String organizationName,
        int number,
        String shortLink,
        Map<InvestigationField, String> fields,
        Optional<UUID> leadAlert,
        Optional<Decision> decision,
        String closeComment,
        Standing standing,
        Optional<Actor> assignee,
        Times times,
        String createdBy,
        int alerts,
        int revision) {

    public Investigation {
        var copy = new EnumMap<InvestigationField, String>(InvestigationField.class);
        copy.putAll(fields);
        fields = Collections.unmodifiableMap(copy);
    }

    /**
     * Whether it is an incident.
     *
     * @param isIncident whether it is now
     * @param changed when it was last promoted or downgraded
     * @param changedBy by whom; empty when never
     * @param isDowngrade whether it was an incident before
     * @param downgradeReason why it is none any more; empty unless it was downgraded
     */
    public record Standing(
            boolean isIncident,
            Optional<Instant> changed,
            String changedBy,
            boolean isDowngrade,
            String downgradeReason) {

        static final Standing INVESTIGATION = new Standing(false, Optional.empty(), "", false, "");
    }

    /**
     * When what happened, by our clock.
     *
     * @param created when it was opened
     * @param updated when anything in it last changed
     * @param statusChanged when it was last opened or closed
     * @param firstClosed for the first time
     * @param closed while it is
     * @param reviewRequested since when somebody should look over it
     * @param supportRequested since when the organization asks for the SOC's support
     * @param published when the report was last sent
     */
    public record Times(
            Instant created,
            Instant updated,
            Instant statusChanged,
            Optional<Instant> firstClosed,
            Optional<Instant> closed,
            Optional<Instant> reviewRequested,
            Optional<Instant> supportRequested,
            Optional<Instant> published) {

        static Times of(Instant created) {
            return new Times(
                    created,
                    created,
                    created,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    public boolean isOpen() {
        return decision.isEmpty();
    }

    public boolean isIncident() {
        return standing.isIncident();
    }

    /** What stands in a field; empty when nothing does. */
    public String field(InvestigationField field) {
        return fields.getOrDefault(field, "");
    }

    public String title() {
        return field(InvestigationField.TITLE);
    }

    /** How severe analysts think that it is; empty while nobody has said. */
    public String severity() {
        return field(InvestigationField.ANALYST_SEVERITY);
    }

    /** {@code Incident} or {@code Investigation}. */
    public String kind() {
        return isIncident() ? "Incident" : "Investigation";
    }
}
