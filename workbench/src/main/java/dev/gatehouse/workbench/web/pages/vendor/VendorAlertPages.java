package dev.gatehouse.workbench.web.pages.vendor;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.UndecidedVendorAlerts;
import dev.gatehouse.workbench.records.VendorAlertRow;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.records.VendorIncidentRow;
import dev.gatehouse.workbench.records.VendorIncidents;
import dev.gatehouse.workbench.web.frame.DevicePicker;
import dev.gatehouse.workbench.web.frame.EvidenceGroup;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.Portal;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Tab;
import dev.gatehouse.workbench.web.frame.Techniques;
import dev.gatehouse.workbench.web.frame.Text;
import dev.gatehouse.workbench.web.frame.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Vendor alerts: the list, and everything about one of them. */
@Controller
class VendorAlertPages {

    /** In characters; the whole text stands in the original. */
    static final int LONGEST_HEADING = 1_000;

    private static final String ONE = VendorAlertQuery.PATH + "/{tenant}/{id}";

    /** The tabs, worst first. */
    private static final List<Severity> SEVERITIES =
            List.of(Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATIONAL, Severity.UNKNOWN);

    private final VendorAlerts alerts;
    private final Alerts worked;
    private final UndecidedVendorAlerts undecided;
    private final VendorIncidents incidents;
    private final DevicePicker picker;
    private final Techniques techniques;
    private final Moments moments;
    private final Words words;

    VendorAlertPages(
            VendorAlerts alerts,
            Alerts worked,
            UndecidedVendorAlerts undecided,
            VendorIncidents incidents,
            DevicePicker picker,
            Techniques techniques,
            Moments moments,
            Words words) {
        this.alerts = alerts;
        this.worked = worked;
        this.undecided = undecided;
        this.incidents = incidents;
        this.picker = picker;
        this.techniques = techniques;
        this.moments = moments;
        this.words = words;
    }

    @GetMapping(VendorAlertQuery.PATH)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(picker.read(scope, parameters));
        var query = VendorAlertQuery.from(asked);
        var now = moments.now();
        var counts = alerts.countBySeverity(scope, query.withoutSeverity(now));
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("query", query);
        model.addAttribute(
                "list", alerts.list(scope, query.filter(now), query.order(), query.offset(), VendorAlertQuery.ROWS));
        model.addAttribute("tabs", tabs(query, counts));
        model.addAttribute("states", VendorAlertQuery.State.values());
        model.addAttribute("periods", Period.values());
        model.addAttribute("devices", picker.of(scope, query.device()));
        model.addAttribute("techniques", techniques);
        model.addAttribute("columns", query.columns());
        return "show/vendor-alerts";
    }

    private List<Tab> tabs(VendorAlertQuery query, Map<Severity, Long> counts) {
        var all = counts.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        counts.values().stream().mapToLong(Long::longValue).sum());
        var tabs = new ArrayList<Tab>();
        tabs.add(new Tab(
                "all",
                "All",
                query.address().with("severity", ""),
                all,
                query.severity().isEmpty()));
        SEVERITIES.stream()
                .filter(severity ->
                        severity != Severity.UNKNOWN || counts.getOrDefault(severity, 1L) > 0 || query.isOn(severity))
                .map(severity -> new Tab(
                        VendorAlertQuery.key(severity),
                        words.of(severity.name()),
                        query.tab(severity),
                        counts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(counts.getOrDefault(severity, 0L)),
                        query.isOn(severity)))
                .forEach(tabs::add);
        return List.copyOf(tabs);
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID tenant, @PathVariable("id") String segment, Model model) {
        var found = alerts.find(scope, new TenantId(tenant), AddressedId.read(segment))
                .orElseThrow(NotHere::new);
        var row = found.row();
        var alert = found.alert();
        model.addAttribute("row", row);
        model.addAttribute("alert", alert);
        model.addAttribute("versions", found.versions());
        model.addAttribute(
                "heading", row.title().isBlank() ? "Untitled vendor alert" : words.brief(row.title(), LONGEST_HEADING));
        model.addAttribute("evidence", EvidenceGroup.of(alert.evidence()));
        model.addAttribute("hidden", EvidenceGroup.hidden(alert.evidence()));
        model.addAttribute("techniques", techniques.of(alert.techniques()));
        model.addAttribute("portal", Portal.link(alert.webUrl()));
        model.addAttribute("original", Text.of(alert.original()));
        model.addAttribute("taken", worked.ofVendorAlert(scope, row.tenant(), row.id()));
        model.addAttribute("waiting", undecided.waiting(scope, row.tenant(), row.id()));
        var incident = incidents.row(scope, row.tenant(), row.incidentId());
        var survivor = incident.map(VendorIncidentRow::survivorId).filter(merged -> !merged.isEmpty());
        model.addAttribute("incident", incident);
        model.addAttribute("survivor", survivor.flatMap(merged -> incidents.row(scope, row.tenant(), merged)));
        model.addAttribute("incidentId", survivor.orElse(row.incidentId()));
        model.addAttribute("siblings", siblings(scope, row, survivor.orElse(row.incidentId())));
        return "show/vendor-alert";
    }

    /** The other vendor alerts of the same vendor incident, or of what it was merged into. */
    private List<VendorAlertRow> siblings(Scope scope, VendorAlertRow row, String incidentId) {
        return incidentId.isEmpty()
                ? List.of()
                : alerts.ofIncident(scope, row.tenant(), incidentId).stream()
                        .filter(other -> !other.id().equals(row.id()))
                        .toList();
    }

    /** A vendor alert's text exactly as Microsoft sent it; the current version when none is named. */
    @GetMapping(ONE + "/original")
    ResponseEntity<byte[]> original(
            Scope scope,
            @PathVariable UUID tenant,
            @PathVariable("id") String segment,
            @RequestParam Optional<String> version) {
        var owner = new TenantId(tenant);
        var id = AddressedId.read(segment);
        var found = alerts.find(scope, owner, id).orElseThrow(NotHere::new);
        var text = version.flatMap(Text::hash)
                .map(hash -> alerts.original(scope, owner, id, hash))
                .orElseGet(() -> Optional.of(found.alert().original()));
        return Text.download(text.orElseThrow(NotHere::new), "vendor-alert");
    }

    /** What one version changed, for the page to unfold. */
    @GetMapping(ONE + "/changes")
    String changes(
            Scope scope,
            @PathVariable UUID tenant,
            @PathVariable("id") String segment,
            @RequestParam String version,
            Model model) {
        var owner = new TenantId(tenant);
        var id = AddressedId.read(segment);
        var found = alerts.find(scope, owner, id).orElseThrow(NotHere::new);
        var wanted = Text.hash(version).orElseThrow(NotHere::new);
        model.addAttribute(
                "changes", Changes.of(found.versions(), wanted, hash -> alerts.original(scope, owner, id, hash)));
        return "parts :: changes";
    }
}
