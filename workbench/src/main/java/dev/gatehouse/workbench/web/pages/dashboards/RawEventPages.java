package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.RawEvents;
import dev.gatehouse.workbench.records.RawEvents.Kind;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.OlderNewer;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The rows behind "Raw Events Ingested": everything that came in a range of days, the newest first. */
@Controller
class RawEventPages {

    static final String PATH = "/dashboards/raw-events";

    private static final int ROWS = 50;

    private final RawEvents events;
    private final SecurityDevices devices;
    private final Moments moments;

    RawEventPages(RawEvents events, SecurityDevices devices, Moments moments) {
        this.events = events;
        this.devices = devices;
        this.moments = moments;
    }

    @GetMapping(PATH)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var days = Days.from(asked, moments.now());
        var directory = asked.id("directory", "directory").map(TenantId::new);
        var kind = asked.oneOf("kind", "kind", Kind.values(), Kind::key);
        var place = KeysetPage.Place.of(asked.text("place"));
        var filter = new RawEvents.Filter(directory, kind, days.from(), days.to());
        var list = events.list(scope, filter, place, ROWS);
        var here = new RowsBehind(days, directory)
                .rawEvents()
                .with("kind", kind.map(Kind::key).orElse(""));
        var names = names(scope);
        model.addAttribute(QueryParameters.LEFT_OUT, days.problemsAnd(asked.leftOut()));
        model.addAttribute("days", days);
        model.addAttribute("directory", directory);
        model.addAttribute("of", directory.map(one -> names.getOrDefault(one, one.toString())));
        model.addAttribute("kind", kind);
        model.addAttribute("list", list);
        model.addAttribute("names", names);
        model.addAttribute("tabs", tabs(here, kind, events.counts(scope, filter)));
        model.addAttribute(
                "turning",
                new OlderNewer(
                        list.previous().map(at -> here.with("place", at.text())),
                        list.next().map(at -> here.with("place", at.text()))));
        return "show/raw-events";
    }

    /** What the devices of a directory are called. */
    private Map<TenantId, String> names(Scope scope) {
        return devices.all(scope).stream()
                .collect(Collectors.groupingBy(
                        SecurityDevice::directory, Collectors.mapping(SecurityDevice::name, Collectors.joining(", "))));
    }

    private static List<Tab> tabs(Address here, Optional<Kind> current, Map<Kind, Long> counts) {
        var all = counts.values().stream().mapToLong(Long::longValue).sum();
        var tabs = new ArrayList<Tab>();
        tabs.add(new Tab("all", "All", here.with("kind", ""), OptionalLong.of(all), current.isEmpty()));
        for (var kind : Kind.values()) {
            tabs.add(new Tab(
                    kind.key(),
                    kind.title(),
                    here.with("kind", kind.key()),
                    OptionalLong.of(counts.getOrDefault(kind, 0L)),
                    current.filter(kind::equals).isPresent()));
        }
        return tabs;
    }
}
