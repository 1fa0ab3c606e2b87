package dev.gatehouse.workbench.web.pages.search;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.EntityNames;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.Typed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An account, a host, an address or whatever else vendor alerts of a directory name, with all that it was in. */
@Controller
class EntityPages {

    /** The newest that are shown. */
    private static final int ALERTS = 50;

    private static final int TOGETHER = 30;

    private final EntityNames names;
    private final VendorAlerts vendorAlerts;
    private final Alerts alerts;
    private final Investigations investigations;
    private final SecurityDevices devices;

    EntityPages(
            EntityNames names,
            VendorAlerts vendorAlerts,
            Alerts alerts,
            Investigations investigations,
            SecurityDevices devices) {
        this.names = names;
        this.vendorAlerts = vendorAlerts;
        this.alerts = alerts;
        this.investigations = investigations;
        this.devices = devices;
    }

    /**
     * Something that the same vendor alerts name.
     *
     * @param target what it is shown under
     * @param kind what it is
     * @param name as Microsoft writes it
     * @param vendorAlerts how many of them name it
     */
    public record Together(SearchTarget target, EntityKind kind, String name, int vendorAlerts) {}

    @GetMapping(Links.ENTITIES)
    String page(
            Scope scope,
            @RequestParam(defaultValue = "") String tenant,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String name,
            Model model) {
        if (name.isEmpty()) {
            return "redirect:" + SearchPages.PATH;
        }
        var entity = Typed.id(tenant)
                .map(TenantId::new)
                .flatMap(id -> kind(kind).flatMap(of -> names.find(scope, id, of, name)))
                .orElseThrow(NotHere::new);
        var ids = names.vendorAlerts(scope, entity.tenant(), entity.kind(), entity.name(), EntityNames.COUNTED);
        var found = alerts.holding(scope, entity.tenant(), ids, ALERTS);
        model.addAttribute("entity", entity);
        model.addAttribute("target", SearchTarget.of(entity.kind()));
        model.addAttribute("isWhole", entity.vendorAlerts() <= EntityNames.COUNTED);
        model.addAttribute("alerts", found);
        model.addAttribute(
                "investigations",
                investigations.numbers(
                        scope,
                        found.stream()
                                .map(Alert::investigation)
                                .flatMap(Optional::stream)
                                .distinct()
                                .toList()));
        model.addAttribute("together", together(scope, entity, ids));
        model.addAttribute(
                "device",
                devices.of(scope, entity.tenant()).stream().findFirst().map(SecurityDevice::id));
        model.addAttribute("hunting", HuntingText.about(entity.kind(), entity.name()));
        return "show/entity";
    }

    private List<Together> together(Scope scope, EntityNames.Named entity, List<String> ids) {
        return vendorAlerts.named(scope, entity.tenant(), ids, TOGETHER + 1).stream()
                .flatMap(named -> kind(named.kind())
                        .filter(of -> !(of == entity.kind() && named.name().equals(entity.name())))
                        .map(of -> new Together(SearchTarget.of(of), of, named.name(), named.vendorAlerts()))
                        .stream())
                .limit(TOGETHER)
                .toList();
    }

    private static Optional<EntityKind> kind(String key) {
        return Arrays.stream(EntityKind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(key))
                .findFirst();
    }
}
