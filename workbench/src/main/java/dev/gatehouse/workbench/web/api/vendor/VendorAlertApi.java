package dev.gatehouse.workbench.web.api.vendor;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.model.Verbatim;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlertDetail;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/** {@code vendor_alerts}: what Microsoft sent as alerts. */
@RestController
@RequestMapping(VendorAlertResource.PATH)
class VendorAlertApi {

    private static final String DEVICE = "security_device][id";
    private static final Set<String> FILTERS = Set.of("severity", "status", DEVICE, "text", "since");

    private static final Map<String, VendorAlertOrder> ORDERS = Map.of(
            "created_at", VendorAlertOrder.OLDEST,
            "-created_at", VendorAlertOrder.NEWEST,
            "updated_at", VendorAlertOrder.OLDEST_UPDATED,
            "-updated_at", VendorAlertOrder.RECENTLY_UPDATED,
            "vendor_severity", VendorAlertOrder.LEAST_SEVERE,
            "-vendor_severity", VendorAlertOrder.MOST_SEVERE,
            "vendor_sig_name", VendorAlertOrder.TITLE,
            "-vendor_sig_name", VendorAlertOrder.TITLE_REVERSED);

    private final VendorAlerts alerts;

    VendorAlertApi(VendorAlerts alerts) {
        this.alerts = alerts;
    }

    @GetMapping
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(FILTERS);
        var page = query.page();
        var slice = alerts.list(scope, filter(query), order(query.sort()), page.offset(), page.limit());
        var resources = alerts.open(scope, slice.rows()).stream()
                .map(each -> VendorAlertResource.of(each.row(), each.alert()))
                .toList();
        return Documents.ok(Documents.of(resources, page, slice.total(), query));
    }

    /** The whole vendor alert; {@code original} is the record exactly as Microsoft sent it. */
    @GetMapping("/{id}")
    ResponseEntity<JsonNode> get(Scope scope, @PathVariable String id) {
        var detail = find(scope, id);
        var resource = VendorAlertResource.of(detail.row(), detail.alert());
        Documents.attributes(resource)
                .putRawValue("original", new RawValue(detail.alert().original().text()));
        return Documents.ok(Documents.of(resource));
    }

    private VendorAlertDetail find(Scope scope, String id) {
        var colon = id.indexOf(':');
        if (colon > 0) {
            try {
                var found = alerts.find(
                        scope, TenantId.parse(id.substring(0, colon)), AddressedId.read(id.substring(colon + 1)));
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IllegalArgumentException noTenant) {
                // The same answer as for any other id that leads nowhere.
            }
        }
        throw Refusal.notFound(
                "There is no vendor alert with the id %s. Ids have the form <Directory ID>:<Microsoft's alert id>."
                        .formatted(id));
    }

    private static VendorAlertFilter filter(Query query) {
        return new VendorAlertFilter(
                device(query),
                members(Severity.class, "severity", query),
                members(VendorAlertStatus.class, "status", query),
                String.join(" ", query.filter("text")),
                query.filter("since").stream().findFirst().map(text -> Query.time("since", text)));
    }

    private static Optional<UUID> device(Query query) {
        return query.filter(DEVICE).stream().findFirst().map(id -> {
            try {
                return UUID.fromString(id.strip());
            } catch (IllegalArgumentException e) {
                throw Refusal.parameter("filter[security_device][id]", "'%s' is no id.".formatted(id));
            }
        });
    }

    private static <E extends Enum<E>> Set<E> members(Class<E> type, String field, Query query) {
        var members = new HashSet<E>();
        for (var value : query.filter(field)) {
            for (var word : value.split(",", -1)) {
                if (!word.isBlank()) {
                    members.add(Verbatim.of(type, word.strip())
                            .known()
                            .orElseThrow(() -> Refusal.parameter(
                                    "filter[" + field + "]",
                                    "'%s' is none of %s."
                                            .formatted(
                                                    word.strip(),
                                                    Arrays.stream(type.getEnumConstants())
                                                            .map(VendorAlertApi::written)
                                                            .collect(Collectors.joining(", "))))));
                }
            }
        }
        return members;
    }

    // IN_PROGRESS as Microsoft writes it: inProgress.
    private static String written(Enum<?> member) {
        var words = member.name().split("_", -1);
        var written = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
        for (var word : Arrays.asList(words).subList(1, words.length)) {
            written.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return written.toString();
    }

    /** By the first column that there is an order for; newest first when there is none. */
    private static VendorAlertOrder order(List<String> sort) {
        // Known clients sort everything by columns that not every resource has.
        return sort.stream()
                .flatMap(column -> Optional.ofNullable(ORDERS.get(column)).stream())
                .findFirst()
                .orElse(VendorAlertOrder.NEWEST);
    }
}
