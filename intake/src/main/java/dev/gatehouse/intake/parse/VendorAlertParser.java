package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Classification;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.model.Verbatim;

/** Reads {@code microsoft.graph.security.alert}. */
final class VendorAlertParser {

    private VendorAlertParser() {}

    static Parsed parse(Parser.Source source, Members alert) {
        var id = alert.text("id");
        if (id.isEmpty()) {
            return source.unreadable(Reasons.NO_ID);
        }
        var updated = alert.time("lastUpdateDateTime", "createdDateTime");
        if (updated.isEmpty()) {
            return source.unreadable(Reasons.NO_TIME);
        }
        return new Parsed.Understood(new VendorAlert(
                source.tenant(),
                id,
                alert.text("providerAlertId"),
                alert.text("incidentId"),
                alert.text("title"),
                alert.text("description"),
                alert.text("recommendedActions"),
                Verbatim.of(Severity.class, alert.text("severity")),
                Verbatim.of(VendorAlertStatus.class, alert.text("status")),
                Verbatim.of(Classification.class, alert.text("classification")),
                alert.text("determination"),
                alert.text("category"),
                alert.text("serviceSource"),
                alert.text("detectionSource"),
                alert.text("productName"),
                alert.text("detectorId"),
                alert.text("assignedTo"),
                alert.text("alertWebUrl"),
                alert.texts("mitreTechniques"),
                alert.time("createdDateTime").orElse(updated.get()),
                updated.get(),
                alert.time("resolvedDateTime"),
                alert.time("firstActivityDateTime"),
                alert.time("lastActivityDateTime"),
                EvidenceParser.parseAll(alert.list("evidence")),
                alert.comments(),
                source.version(),
                source.original()));
    }
}
