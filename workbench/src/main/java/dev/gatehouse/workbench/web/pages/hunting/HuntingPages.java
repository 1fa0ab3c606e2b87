package dev.gatehouse.workbench.web.pages.hunting;

import dev.gatehouse.intake.hunt.HuntingQuery;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.hunt.Hunt;
import dev.gatehouse.workbench.hunt.HuntingService;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.frame.DevicePicker;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hunting: a query in a customer's tenant, and its rows. */
@Controller
class HuntingPages {

    private static final String PAGE = "/hunting";
    private static final int ROWS = 1_000;
    private static final int PAST = 10;

    private static final String EXAMPLE = """
            IdentityLogonEvents
            | where ActionType == "LogonFailed"
            | summarize Failures = count() by AccountUpn, DeviceName
            | order by Failures desc""";

    private final HuntingService service;
    private final DevicePicker picker;

    HuntingPages(HuntingService service, DevicePicker picker) {
        this.service = service;
        this.picker = picker;
    }

    /** How far back a query looks. */
    public enum Timespan {
        HOUR("PT1H", "Last hour"),
        DAY("P1D", "Last 24 hours"),
        WEEK("P7D", "Last 7 days"),
        MONTH("P30D", "Last 30 days");

        private final String value;
        private final String title;

        Timespan(String value, String title) {
            this.value = value;
            this.title = title;
        }

        public String value() {
            return value;
        }

        public String title() {
            return title;
        }
    }

    /**
     * Rows as a table.
     *
     * @param columns in the order in which they first come
     * @param rows the cells of each row, one for each column
     */
    public record Cells(List<String> columns, List<List<String>> rows) {

        static Cells of(Hunt.Found found) {
            var columns = new LinkedHashSet<String>();
            var rows = found.rows().stream()
                    .map(row -> JsonMapper.shared().readTree(row.bytes()))
                    .map(Cells::cells)
                    .toList();
            rows.forEach(row -> columns.addAll(row.keySet()));
            return new Cells(
                    List.copyOf(columns),
                    rows.stream()
                            .map(row -> columns.stream()
                                    .map(column -> row.getOrDefault(column, ""))
                                    .toList())
                            .toList());
        }

        private static Map<String, String> cells(JsonNode row) {
            var cells = new LinkedHashMap<String, String>();
            row.properties().forEach(property -> {
                if (!property.getKey().startsWith("@odata.")) {
                    cells.put(property.getKey(), text(property.getValue()));
                }
            });
            return cells;
        }

        private static String text(JsonNode value) {
            return value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
        }
    }

    @GetMapping(PAGE)
    String page(
            Scope scope,
            @RequestParam(defaultValue = "") String device,
            @RequestParam(defaultValue = EXAMPLE) String query,
            @RequestParam(defaultValue = "P1D") String timespan,
            Model model) {
        return show(scope, device, query, timespan, model);
    }

    @PostMapping(PAGE)
    String run(
            Scope scope,
            @RequestParam(defaultValue = "") String device,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "P1D") String timespan,
            @AuthenticationPrincipal SignedIn who,
            Model model)
            throws InterruptedException {
        try {
            var wanted = new HuntingQuery(query, Duration.parse(timespan), ROWS);
            switch (service.run(chosen(scope, device), wanted, who.getUsername())) {
                case Hunt.Found found -> {
                    model.addAttribute("found", found);
                    model.addAttribute("cells", Cells.of(found));
                }
                case Hunt.Refused(var diagnosis) -> model.addAttribute("diagnosis", diagnosis);
            }
        } catch (DateTimeParseException e) {
            model.addAttribute("problem", "Choose one of the time spans.");
        } catch (NoSuchDevice e) {
            model.addAttribute("problem", "This security device is gone. Choose another one.");
        } catch (IllegalArgumentException e) {
            model.addAttribute("problem", device.isEmpty() ? "Choose a security device." : e.getMessage());
        }
        return show(scope, device, query, timespan, model);
    }

    private UUID chosen(Scope scope, String device) {
        return picker.meant(scope, device)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no security device '%s'. Type more of its name, or choose another one."
                                .formatted(device)));
    }

    private String show(Scope scope, String device, String query, String timespan, Model model) {
        model.addAttribute("device", device);
        model.addAttribute("query", query);
        model.addAttribute("timespan", timespan);
        model.addAttribute("timespans", Timespan.values());
        model.addAttribute("devices", picker.of(scope, picker.meant(scope, device)));
        model.addAttribute("past", service.latest(scope, PAST));
        return "show/hunting";
    }
}
