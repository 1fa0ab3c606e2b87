package dev.gatehouse.workbench.web.pages.vendor;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorIncidentStatus;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorIncidents;
import dev.gatehouse.workbench.web.frame.DevicePicker;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.Portal;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Techniques;
import dev.gatehouse.workbench.web.frame.Text;
import dev.gatehouse.workbench.web.frame.Words;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Vendor incidents: the list, and everything about one of them. One that was merged into another says where it went. */
@Controller
class VendorIncidentPages {

    static final String LIST = Links.VENDOR_INCIDENTS;
    private static final String ONE = LIST + "/{tenant}/{id}";

    private final VendorIncidents incidents;
    private final DevicePicker picker;
    private final Techniques techniques;
    private final Moments moments;
    private final Words words;

    VendorIncidentPages(
            VendorIncidents incidents, DevicePicker picker, Techniques techniques, Moments moments, Words words) {
        this.incidents = incidents;
        this.picker = picker;
        this.techniques = techniques;
        this.moments = moments;
        this.words = words;
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(picker.read(scope, parameters));
        var query = VendorIncidentQuery.from(asked);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("query", query);
        model.addAttribute(
                "list",
                incidents.list(
                        scope, query.filter(moments.now()), query.order(), query.offset(), VendorIncidentQuery.ROWS));
        model.addAttribute("columns", query.columns());
        model.addAttribute("severities", Severity.values());
        model.addAttribute("statuses", VendorIncidentStatus.values());
        model.addAttribute("periods", Period.values());
        model.addAttribute("devices", picker.of(scope, query.device()));
        return "show/vendor-incidents";
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID tenant, @PathVariable("id") String segment, Model model) {
        var found = incidents
                .find(scope, new TenantId(tenant), AddressedId.read(segment))
                .orElseThrow(NotHere::new);
        var incident = found.incident();
        model.addAttribute("row", found.row());
        model.addAttribute(
                "heading",
                incident.displayName().isBlank()
                        ? "Vendor incident " + words.brief(found.row().id(), 60)
                        : words.brief(incident.displayName(), VendorAlertPages.LONGEST_HEADING));
        model.addAttribute("incident", incident);
        model.addAttribute("alerts", found.alerts());
        model.addAttribute("versions", found.versions());
        model.addAttribute("techniques", techniques);
        model.addAttribute("portal", Portal.link(incident.webUrl()));
        model.addAttribute("original", Text.of(incident.original()));
        model.addAttribute("merged", found.merged());
        model.addAttribute(
                "survivor", incidents.row(scope, incident.tenant(), found.row().survivorId()));
        return "show/vendor-incident";
    }

    /** A vendor incident's text exactly as Microsoft sent it; the current version when none is named. */
    @GetMapping(ONE + "/original")
    ResponseEntity<byte[]> original(
            Scope scope,
            @PathVariable UUID tenant,
            @PathVariable("id") String segment,
            @RequestParam Optional<String> version) {
        var owner = new TenantId(tenant);
        var id = AddressedId.read(segment);
        var found = incidents.find(scope, owner, id).orElseThrow(NotHere::new);
        var text = version.flatMap(Text::hash)
                .map(hash -> incidents.original(scope, owner, id, hash))
                .orElseGet(() -> Optional.of(found.incident().original()));
        return Text.download(text.orElseThrow(NotHere::new), "vendor-incident");
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
        var found = incidents.find(scope, owner, id).orElseThrow(NotHere::new);
        var wanted = Text.hash(version).orElseThrow(NotHere::new);
        model.addAttribute(
                "changes", Changes.of(found.versions(), wanted, hash -> incidents.original(scope, owner, id, hash)));
        return "parts :: changes";
    }
}
