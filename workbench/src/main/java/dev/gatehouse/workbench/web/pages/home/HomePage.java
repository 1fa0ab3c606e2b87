package dev.gatehouse.workbench.web.pages.home;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.SecurityDevices.Judged;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.rotation.Notices;
import dev.gatehouse.workbench.web.frame.Condition;
import dev.gatehouse.workbench.web.frame.Techniques;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The overview: how much is open, how the devices are, what came last. */
@Controller
class HomePage {

    private static final int LATEST = 10;

    /** As many devices that need somebody are named; the list of devices has all of them. */
    private static final int TROUBLED = 5;

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

    @GetMapping("/")
    String home(Scope scope, Model model) {
        var judged = devices.judged(scope);
        model.addAttribute("open", alerts.countBySeverity(scope, OPEN));
        model.addAttribute("severities", List.of(Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATIONAL));
        model.addAttribute(
                "latest",
                alerts.list(scope, VendorAlertFilter.ALL, VendorAlertOrder.NEWEST, 0, LATEST)
                        .rows());
        model.addAttribute("devices", judged.size());
        model.addAttribute("conditions", Condition.values());
        model.addAttribute(
                "conditionCounts",
                judged.stream()
                        .map(each -> each.health().stage())
                        .collect(Collectors.groupingBy(Condition::of, Collectors.counting())));
        model.addAttribute(
                "troubled",
                judged.stream()
                        .filter(each -> Condition.of(each.health().stage()) == Condition.UNHEALTHY)
                        .limit(TROUBLED)
                        .toList());
        model.addAttribute(
                "notices", notices.of(scope, judged.stream().map(Judged::device).toList()));
        model.addAttribute("techniques", techniques);
        model.addAttribute("chart", arrivals.lastDay(scope));
        return "show/home";
    }
}
