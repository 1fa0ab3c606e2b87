package dev.gatehouse.model;

import java.time.Instant;
import java.util.List;

/**
 * An incident of Microsoft Defender: alerts that belong together. Absent texts are empty strings.
 *
 * @param tenant the directory it was read from
 * @param id Microsoft's id, a number in a string
 * @param displayName what an analyst reads first
 * @param description the longer text
 * @param severity the highest of its alerts
 * @param status as it stands in Microsoft's portal
 * @param classification as decided in Microsoft's portal
 * @param determination the finer classification, in Microsoft's word
 * @param redirectIncidentId the incident that this one was merged into, empty when it was not
 * @param assignedTo who works on it in Microsoft's portal
 * @param webUrl the incident in Microsoft's portal
 * @param customTags tags that people gave
 * @param systemTags tags that Microsoft gave
 * @param created when Microsoft made it
 * @param updated when Microsoft last changed it
 * @param comments what people wrote on it in Microsoft's portal
 * @param version what tells this version from others of the same id
 * @param original the text as received
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-incident">microsoft.graph.security.incident</a>
 */
public record VendorIncident(
        TenantId tenant,
        String id,
        String displayName,
        String description,
        Verbatim<Severity> severity,
        Verbatim<VendorIncidentStatus> status,
        Verbatim<Classification> classification,
        String determination,
        String redirectIncidentId,
        String assignedTo,
        String webUrl,
        List<String> customTags,
        List<String> systemTags,
        Instant created,
        Instant updated,
        List<Comment> comments,
        ContentHash version,
        Original original)
        implements Collected {

    public VendorIncident {
        customTags = List.copyOf(customTags);
        systemTags = List.copyOf(systemTags);
        comments = List.copyOf(comments);
    }

    @Override
    public Instant orderedBy() {
        return updated;
    }
}
