package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.Verbatim;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What conditions see of a vendor alert. Its size is bounded, so that what a condition costs is: longer texts are cut, and of
 * longer lists the rest is left out. What most conditions do not look at is made when one does.
 */
public final class Facts {

    static final int LONGEST_TEXT = 16_384;
    static final int MOST_EVIDENCE = 500;
    static final int MOST_NAMES = 1_000;
    private static final int MOST_DETAILS = 200;

    private final VendorAlert vendorAlert;
    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> alert;

    /** What conditions see of a vendor alert and of whom it concerns. */
    public Facts(Subject subject) {
        vendorAlert = subject.alert();
        alert = alert(vendorAlert);
        variables.put("alert", alert);
        variables.put("accounts", new Lazy(() -> names(EntityKind.ACCOUNT)));
        variables.put("hosts", new Lazy(() -> names(EntityKind.HOST)));
        variables.put("addresses", new Lazy(() -> names(EntityKind.IP_ADDRESS)));
        variables.put("context", subject.context());
        variables.put("device", Map.of("name", cut(subject.deviceName())));
        variables.put(
                "organization",
                Map.of(
                        "name", cut(subject.organizationName()),
                        "short_name", cut(subject.organizationShortName())));
    }

    private static Map<String, Object> alert(VendorAlert alert) {
        var fields = new HashMap<String, Object>(64);
        fields.put("id", cut(alert.id()));
        fields.put("provider_alert_id", cut(alert.providerAlertId()));
        fields.put("incident_id", cut(alert.incidentId()));
        fields.put("title", cut(alert.title()));
        fields.put("description", cut(alert.description()));
        fields.put("severity", severity(alert.severity()));
        fields.put("status", cut(alert.status().written()));
        fields.put("classification", cut(alert.classification().written()));
        fields.put("determination", cut(alert.determination()));
        fields.put("category", cut(alert.category()));
        fields.put("service_source", cut(alert.serviceSource()));
        fields.put("detection_source", cut(alert.detectionSource()));
        fields.put("product_name", cut(alert.productName()));
        fields.put("detector_id", cut(alert.detectorId()));
        fields.put("techniques", new Lazy(() -> texts(alert.techniques())));
        fields.put("created", alert.created());
        fields.put("updated", alert.updated());
        fields.put("first_activity", alert.firstActivity().orElse(alert.created()));
        fields.put("last_activity", alert.lastActivity().orElse(alert.created()));
        fields.put("evidence", new Lazy(() -> evidence(alert.evidence())));
        return fields;
    }

    private static String severity(Verbatim<Severity> severity) {
        return severity.known()
                .map(known -> known.name().toLowerCase(Locale.ROOT))
                .orElseGet(() -> cut(severity.written()).toLowerCase(Locale.ROOT));
    }

    private static List<Object> texts(List<String> texts) {
        return texts.stream().limit(MOST_NAMES).<Object>map(Facts::cut).toList();
    }

    private static List<Object> evidence(List<Evidence> pieces) {
        return pieces.stream()
                .limit(MOST_EVIDENCE)
                .<Object>map(piece -> Map.of(
                        "type", cut(piece.type()),
                        "roles", texts(piece.roles()),
                        "verdict", cut(piece.verdict()),
                        "remediation_status", cut(piece.remediationStatus()),
                        "entities", entities(piece.entities()),
                        "details", details(piece.details())))
                .toList();
    }

    private static List<Object> entities(List<Entity> entities) {
        return entities.stream()
                .limit(MOST_NAMES)
                .<Object>map(entity ->
                        Map.of("kind", entity.kind().name().toLowerCase(Locale.ROOT), "name", cut(entity.name())))
                .toList();
    }

    private static Map<String, String> details(Map<String, String> details) {
        var some = new LinkedHashMap<String, String>();
        details.entrySet().stream()
                .limit(MOST_DETAILS)
                .forEach(detail -> some.put(detail.getKey(), cut(detail.getValue())));
        return some;
    }

    private List<Object> names(EntityKind kind) {
        var names = new LinkedHashSet<Object>();
        for (var piece : vendorAlert.evidence()) {
            for (var entity : piece.entities()) {
                if (entity.kind() == kind && names.size() < MOST_NAMES) {
                    names.add(cut(entity.name()).toLowerCase(Locale.ROOT));
                }
            }
        }
        return List.copyOf(names);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** The value of a variable; empty when there is none of that name. */
    Optional<Object> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A field of the vendor alert that is a text. */
    String text(String field) {
        return alert.get(field) instanceof String text ? text : "";
    }

    /** The value of what a condition looked at, e.g. {@code alert.title} or {@code accounts}, as text. */
    String shown(String reference) {
        Object value = reference.startsWith("alert.")
                ? alert.get(reference.substring("alert.".length()))
                : variables.get(reference);
        return value instanceof String text ? "\"" + text + "\"" : Objects.toString(value);
    }

    /** A list that is made when somebody looks. */
    private static final class Lazy extends AbstractList<Object> {

        private final Supplier<List<Object>> supplier;
        private @Nullable List<Object> made;

        Lazy(Supplier<List<Object>> supplier) {
            this.supplier = supplier;
        }

        private List<Object> list() {
            var list = made;
            if (list == null) {
                list = supplier.get();
                made = list;
            }
            return list;
        }

        @Override
        public Object get(int index) {
            return list().get(index);
        }

        @Override
        public int size() {
            return list().size();
        }
    }
}
