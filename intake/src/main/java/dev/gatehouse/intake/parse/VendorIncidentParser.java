package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Classification;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.model.VendorIncidentStatus;
import dev.gatehouse.model.Verbatim;

/** Reads {@code microsoft.graph.security.incident}. */
final class VendorIncidentParser {

    private VendorIncidentParser() {}

    static Parsed parse(Parser.Source source, Members incident) {
        var id = incident.text("id");
        if (id.isEmpty()) {
            return source.unreadable(Reasons.NO_ID);
        }
        var updated = incident.time("lastUpdateDateTime", "createdDateTime");
        if (updated.isEmpty()) {
            return source.unreadable(Reasons.NO_TIME);
        }
        return new Parsed.Understood(new VendorIncident(
                source.tenant(),
                id,
                incident.text("displayName"),
                incident.text("description"),
                Verbatim.of(Severity.class, incident.text("severity")),
                Verbatim.of(VendorIncidentStatus.class, incident.text("status")),
                Verbatim.of(Classification.class, incident.text("classification")),
                incident.text("determination"),
                incident.text("redirectIncidentId"),
                incident.text("assignedTo"),
                incident.text("incidentWebUrl"),
                incident.texts("customTags", "tags"),
                incident.texts("systemTags"),
                incident.time("createdDateTime").orElse(updated.get()),
                updated.get(),
                incident.comments(),
                source.version(),
                source.original()));
    }
}
