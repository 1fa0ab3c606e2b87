package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertDays;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.investigations.Escalations;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.RecordDays;
import dev.gatehouse.workbench.records.VendorAlertFilter;
import dev.gatehouse.workbench.records.VendorAlertOrder;
import dev.gatehouse.workbench.records.VendorAlerts;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.OlderNewer;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Tab;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Dashboards &gt; Alert Analysis: how much came in, how much of that became alerts and investigations, for all devices and for each.
 * All numbers come from counters that are kept with the rows they count; the days are those of UTC.
 */
@Controller
class AlertAnalysisPages {

    private static final String PATH = "/dashboards/alert-analysis";
    private static final int DEVICES = 50;
    private static final int ROWS = 50;
    private static final int CSV_ROWS = 10_000;

    private final RecordDays records;
    private final AlertDays alertDays;
    private final Alerts alerts;
    private final VendorAlerts vendorAlerts;
    private final DayCharts charts;
    private final Tuning tuning;
    private final SecurityDevices devices;
    private final Organizations organizations;
    private final ProviderProfile provider;
    private final Escalations escalations;
    private final Investigations investigations;
    private final CachedNumbers numbers;
    private final Moments moments;

    AlertAnalysisPages(
            RecordDays records,
            AlertDays alertDays,
            Alerts alerts,
            VendorAlerts vendorAlerts,
            DayCharts charts,
            Tuning tuning,
            SecurityDevices devices,
            Organizations organizations,
            ProviderProfile provider,
            Escalations escalations,
            Investigations investigations,
            CachedNumbers numbers,
            Moments moments) {
        this.records = records;
        this.alertDays = alertDays;
        this.alerts = alerts;
        this.vendorAlerts = vendorAlerts;
        this.charts = charts;
        this.tuning = tuning;
        this.devices = devices;
        this.organizations = organizations;
        this.provider = provider;
        this.escalations = escalations;
        this.investigations = investigations;
        this.numbers = numbers;
        this.moments = moments;
    }

    /**
     * A device with its numbers.
     *
     * @param organization whose it is; empty for one that nobody has named yet
     * @param behind where the rows are that its numbers count
     */
    public record Row(
            SecurityDevice device,
            String organization,
            RecordDays.Came came,
            AlertDays.Made made,
            Escalations.Escalated escalated,
            RowsBehind behind) {}

    @GetMapping(PATH)
    String all(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var days = Days.from(asked, moments.now());
        var text = asked.text("text");
        var page = asked.page();
        var by = asked.oneOf("by", "value of 'by'", DayCharts.By.values(), DayCharts.By::key)
                .orElse(DayCharts.By.SEVERITY);
        var found = devices.all(scope).stream()
                .filter(device -> text.isEmpty()
                        || device.name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains(text.toLowerCase(java.util.Locale.ROOT)))
                .toList();
        var shown = found.stream().skip((page - 1L) * DEVICES).limit(DEVICES).toList();
        model.addAttribute(QueryParameters.LEFT_OUT, days.problemsAnd(asked.leftOut()));
        put(model, days);
        model.addAttribute("text", text);
        var counted = numbers.of(scope, new Shown(days, by), () -> together(scope, days, by));
        model.addAttribute("countedAt", counted.countedAt());
        model.addAttribute("came", counted.value().came());
        model.addAttribute("made", counted.value().made());
        model.addAttribute("escalated", counted.value().escalated());
        model.addAttribute("behind", new RowsBehind(days, Optional.empty()));
        model.addAttribute("rows", rows(scope, shown, days));
        model.addAttribute("total", found.size());
        var here = address(PATH, days).with("text", text).with("by", by == DayCharts.By.SEVERITY ? "" : by.key());
        model.addAttribute("by", by.key());
        model.addAttribute("page", page);
        model.addAttribute(
                "chartTabs",
                Arrays.stream(DayCharts.By.values())
                        .map(each -> new Tab(
                                each.key(),
                                each.title(),
                                here.with("by", each.key()),
                                OptionalLong.empty(),
                                each == by))
                        .toList());
        model.addAttribute("alertChart", counted.value().alerts());
        model.addAttribute("vendorAlertChart", counted.value().vendorAlerts());
        model.addAttribute(
                "turning",
                new OlderNewer(
                        page > 1 ? Optional.of(here.with("page", page - 1)) : Optional.empty(),
                        (long) page * DEVICES < found.size()
                                ? Optional.of(here.with("page", page + 1))
                                : Optional.empty()));
        return "show/alert-analysis";
    }

    /** What the numbers above the devices are of. */
    private record Shown(Days days, DayCharts.By by) {}

    /** The numbers above the devices. */
    private record Together(
            RecordDays.Came came,
            AlertDays.Made made,
            Escalations.Escalated escalated,
            Chart alerts,
            Chart vendorAlerts) {}

    private Together together(Scope scope, Days days, DayCharts.By by) {
        return new Together(
                records.total(scope, days.from(), days.to()),
                alertDays.total(scope, days.from(), days.to()),
                escalations.total(scope, days.begin(), days.end()),
                charts.alerts(scope, days, by, provider.provider() + " Alerts"),
                charts.vendorAlerts(scope, days));
    }

    private void put(Model model, Days days) {
        model.addAttribute("days", days);
        model.addAttribute("alertsTitle", provider.provider() + " Alerts");
    }

    private static Address address(String path, Days days) {
        return Address.of(path).with("from", days.from()).with("to", days.to());
    }

    private List<Row> rows(Scope scope, List<SecurityDevice> shown, Days days) {
        var tenants = shown.stream().map(SecurityDevice::directory).distinct().toList();
        var came = records.of(scope, tenants, days.from(), days.to());
        var made = alertDays.of(scope, tenants, days.from(), days.to());
        var escalated = escalations.of(scope, tenants, days.begin(), days.end());
        var owners = organizations.of(tenants);
        return shown.stream()
                .map(device -> new Row(
                        device,
                        Optional.ofNullable(owners.get(device.directory()))
                                .map(Organization::name)
                                .orElse(""),
                        came.getOrDefault(device.directory(), RecordDays.Came.NOTHING),
                        made.getOrDefault(device.directory(), AlertDays.Made.NONE),
                        escalated.getOrDefault(device.directory(), Escalations.Escalated.NOTHING),
                        new RowsBehind(days, Optional.of(device.directory()))))
                .toList();
    }

    @GetMapping(PATH + "/{id}")
    String one(Scope scope, @PathVariable UUID id, @RequestParam Map<String, String> parameters, Model model) {
        var device = devices.find(scope, id).orElseThrow(NotHere::new);
        var asked = QueryParameters.of(parameters);
        var days = Days.from(asked, moments.now());
        var view = asked.oneOf("tab", "tab", View.values(), View::key).orElse(View.OVERVIEW);
        var place = KeysetPage.Place.of(asked.text("place"));
        var here = address(PATH + "/" + id, days);
        put(model, days);
        model.addAttribute("device", device);
        model.addAttribute("row", rows(scope, List.of(device), days).getFirst());
        model.addAttribute("view", view);
        model.addAttribute("tabs", tabs(here, view));
        model.addAttribute("csv", address(PATH + "/" + id + "/alerts.csv", days));
        model.addAttribute("tunedUntil", tuning.newDeviceUntil(device.directory(), moments.now()));
        switch (view) {
            case OVERVIEW -> {}
            case ALERTS -> {
                var list = alerts.list(scope, filter(device.directory(), days), AlertOrder.NEWEST, place, ROWS);
                model.addAttribute("alerts", list.rows());
                model.addAttribute(
                        "investigations",
                        investigations.numbers(
                                scope,
                                list.rows().stream()
                                        .flatMap(alert -> alert.investigation().stream())
                                        .distinct()
                                        .toList()));
                var onTab = here.with("tab", view.key());
                model.addAttribute(
                        "turning",
                        new OlderNewer(
                                list.previous().map(at -> onTab.with("place", at.text())),
                                list.next().map(at -> onTab.with("place", at.text()))));
            }
            case VENDOR_ALERTS -> {
                var page = asked.page();
                model.addAttribute("page", page);
                model.addAttribute("address", here.with("tab", view.key()));
                model.addAttribute(
                        "list",
                        vendorAlerts.list(
                                scope,
                                VendorAlertFilter.ALL
                                        .ofDirectory(device.directory())
                                        .came(days.begin(), days.end()),
                                VendorAlertOrder.NEWEST,
                                (page - 1) * ROWS,
                                ROWS));
            }
        }
        model.addAttribute(QueryParameters.LEFT_OUT, days.problemsAnd(asked.leftOut()));
        return "show/alert-analysis-device";
    }

    /** The tabs of a device. */
    public enum View {
        OVERVIEW("overview", "Overview"),
        VENDOR_ALERTS("vendor-alerts", "Vendor Alerts"),
        ALERTS("alerts", "Alerts");

        private final String key;
        private final String title;

        View(String key, String title) {
            this.key = key;
            this.title = title;
        }

        public String key() {
            return key;
        }
    }

    private List<Tab> tabs(Address here, View current) {
        var tabs = new ArrayList<Tab>();
        for (var view : View.values()) {
            tabs.add(new Tab(
                    view.key,
                    view == View.ALERTS ? provider.provider() + " " + view.title : view.title,
                    here.with("tab", view.key),
                    OptionalLong.empty(),
                    view == current));
        }
        return tabs;
    }

    private static AlertFilter filter(TenantId directory, Days days) {
        return AlertFilter.ALL.ofTenant(directory).made(days.begin(), days.end());
    }

    /** A device's alerts of a range of days as CSV; the newest ten thousand of them. */
    @GetMapping(PATH + "/{id}/alerts.csv")
    void csv(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> parameters,
            HttpServletResponse response)
            throws IOException {
        var device = devices.find(scope, id).orElseThrow(NotHere::new);
        var days = Days.from(QueryParameters.of(parameters), moments.now());
        response.setContentType("text/csv; charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("alerts-%s-%s.csv".formatted(days.from(), days.to()))
                        .build()
                        .toString());
        var out = response.getOutputStream();
        out.write(Csv.line(List.of(
                        "Created",
                        "Severity",
                        "Name",
                        "Status",
                        "Close reason",
                        "Close comment",
                        "Assigned to",
                        "Involved",
                        "Techniques",
                        "First activity",
                        "Last activity",
                        "Vendor alerts",
                        "Rule",
                        "Alert ID"))
                .getBytes(StandardCharsets.UTF_8));
        var written = 0;
        Optional<KeysetPage.Place> place = Optional.empty();
        do {
            var page = alerts.list(scope, filter(device.directory(), days), AlertOrder.NEWEST, place, 500);
            for (var alert : page.rows()) {
                out.write(line(alert).getBytes(StandardCharsets.UTF_8));
                written++;
            }
            place = page.next();
        } while (place.isPresent() && written < CSV_ROWS);
    }

    private static String line(Alert alert) {
        return Csv.line(List.of(
                alert.created().toString(),
                alert.severity().title(),
                alert.name(),
                alert.status().title(),
                alert.closeReason().map(CloseReason::title).orElse(""),
                alert.closeComment(),
                alert.assignee().map(Actor::name).orElse(""),
                String.join("; ", alert.involved()),
                String.join("; ", alert.techniques()),
                alert.firstActivity().toString(),
                alert.lastActivity().toString(),
                Integer.toString(alert.vendorAlerts()),
                alert.ruleId(),
                alert.id().toString()));
    }
}
