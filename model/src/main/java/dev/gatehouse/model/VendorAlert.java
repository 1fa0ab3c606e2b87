package dev.gatehouse.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert of Microsoft Defender as Graph's {@code alerts_v2} tells it. Absent texts are empty strings.
 *
 * @param tenant the directory it was read from
 * @param id Microsoft's id; not a GUID
 * @param providerAlertId the id at the product that raised it
 * @param incidentId the incident that holds it, empty when none
 * @param title what an analyst reads first
 * @param description the longer text
 * @param recommendedActions Microsoft's advice
 * @param severity as Microsoft sees it
 * @param status as it stands in Microsoft's portal
 * @param classification as decided in Microsoft's portal
 * @param determination the finer classification, in Microsoft's word
 * @param category a tactic in Microsoft's spelling, e.g. {@code CredentialAccess}
 * @param serviceSource the product, in Microsoft's word, e.g. {@code microsoftDefenderForIdentity}
 * @param detectionSource the detection technology, in Microsoft's word
 * @param productName the product as displayed
 * @param detectorId which detection fired, e.g. {@code xdr_SuspiciousLdapQuery}
 * @param assignedTo who works on it in Microsoft's portal
 * @param webUrl the alert in Microsoft's portal
 * @param techniques MITRE ATT&amp;CK ids, e.g. {@code T1003.006}
 * @param created when Microsoft made it
 * @param updated when Microsoft last changed it
 * @param resolved when it was resolved
 * @param firstActivity when the activity began
 * @param lastActivity when the activity was last seen
 * @param evidence what it rests on
 * @param comments what people wrote on it in Microsoft's portal
 * @param version what tells this version from others of the same id
 * @param original the text as received
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-alert">microsoft.graph.security.alert</a>
 */
public record VendorAlert(
        TenantId tenant,
        String id,
        String providerAlertId,
        String incidentId,
        String title,
        String description,
        String recommendedActions,
        Verbatim<Severity> severity,
        Verbatim<VendorAlertStatus> status,
        Verbatim<Classification> classification,
        String determination,
        String category,
        String serviceSource,
        String detectionSource,
        String productName,
        String detectorId,
        String assignedTo,
        String webUrl,
        List<String> techniques,
        Instant created,
        Instant updated,
        Optional<Instant> resolved,
        Optional<Instant> firstActivity,
        Optional<Instant> lastActivity,
        List<Evidence> evidence,
        List<Comment> comments,
        ContentHash version,
        Original original)
        implements Collected {

    public VendorAlert {
        techniques = List.copyOf(techniques);
        evidence = List.copyOf(evidence);
        comments = List.copyOf(comments);
    }

    @Override
    public Instant orderedBy() {
        return updated;
    }
}
