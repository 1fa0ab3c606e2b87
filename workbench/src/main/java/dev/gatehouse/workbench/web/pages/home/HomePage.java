package dev.gatehouse.workbench.web.pages.home;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.rotation.Notices;
import dev.gatehouse.workbench.web.frame.Condition;
import dev.gatehouse.workbench.web.frame.Techniques;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The overview: how much is open, how the devices are, what came last. */
@Controller
class HomePage {

    private static final int LATEST = 10;

    private static final VendorAlertFilter OPEN =
            VendorAlertFilter.ALL.withStatuses(Set.of(VendorAlertStatus.NEW, VendorAlertStatus.IN_PROGRESS));

    private final VendorAlerts alerts;
    private final SecurityDevices devices;
    private final Arrivals arrivals;
    private final Techniques techniques;
    private final Notices notices;

    HomePage(VendorAlerts alerts, SecurityDevices devices, Arrivals arrivals, Techniques techniques, Notices notices) {
        this.alerts = alerts;
        this.devices = devices;
        this.arrivals = arrivals;
        this.techniques = techniques;
        this.notices = notices;
    }

    /**
     * A device that needs somebody.
     *
     * @param device which one
     * @param health what is wrong with it
     */
    public record Troubled(SecurityDevice device, DeviceHealth health) {}

    @GetMapping("/")
    String home(Scope scope, Model model) {
        var healths = devices.healths(scope);
        model.addAttribute("open", alerts.countBySeverity(scope, OPEN));
        model.addAttribute("severities", List.of(Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATIONAL));
        model.addAttribute(
                "latest",
                alerts.list(scope, VendorAlertFilter.ALL, VendorAlertOrder.NEWEST, 0, LATEST)
                        .rows());
        model.addAttribute("devices", healths.size());
        model.addAttribute("conditions", Condition.values());
        model.addAttribute(
                "conditionCounts",
                healths.values().stream()
                        .map(DeviceHealth::stage)
                        .collect(Collectors.groupingBy(Condition::of, Collectors.counting())));
        model.addAttribute(
                "troubled",
                devices.all(scope).stream()
                        .flatMap(device -> Optional.ofNullable(healths.get(device.id())).stream()
                                .filter(health -> Condition.of(health.stage()) == Condition.UNHEALTHY)
                                .map(health -> new Troubled(device, health)))
                        .toList());
        model.addAttribute("notices", notices.all(scope));
        model.addAttribute("techniques", techniques);
        model.addAttribute("chart", arrivals.lastDay(scope));
        return "show/home";
    }
}
