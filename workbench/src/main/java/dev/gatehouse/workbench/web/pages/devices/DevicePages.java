package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.budget.BudgetReport;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.collect.QuarantineService;
import dev.gatehouse.workbench.devices.ChangedMeanwhile;
import dev.gatehouse.workbench.devices.Clouds;
import dev.gatehouse.workbench.devices.ConnectionTests;
import dev.gatehouse.workbench.devices.ConsoleAccesses;
import dev.gatehouse.workbench.devices.DeviceChoices;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.DeviceHistory;
import dev.gatehouse.workbench.devices.ExpiryText;
import dev.gatehouse.workbench.devices.InvalidDevice;
import dev.gatehouse.workbench.devices.Reader;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.Stage;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.onboard.SetUps;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.processes.Processes;
import dev.gatehouse.workbench.reconcile.ReconciliationService;
import dev.gatehouse.workbench.reconcile.Reconciliations.Filter;
import dev.gatehouse.workbench.replay.ReplayService;
import dev.gatehouse.workbench.rotation.Notices;
import dev.gatehouse.workbench.rotation.RotationService;
import dev.gatehouse.workbench.web.frame.Column;
import dev.gatehouse.workbench.web.frame.Condition;
import dev.gatehouse.workbench.web.frame.DevicePicker;
import dev.gatehouse.workbench.web.frame.FormRedirect;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Organization Settings &gt; Security Devices, in the words and the order of the setup guide: the list, adding a device
 * step by step, and View details. Who may open what stands in people.OpenAddresses, not here.
 */
@Controller
class DevicePages {

    static final String LIST = Links.DEVICES;

    private static final String ADD = LIST + "/add";
    private static final String ONE = LIST + "/{id}";
    private static final Set<DeviceField> OF_APPLICATION =
            Set.of(DeviceField.DIRECTORY_ID, DeviceField.APPLICATION_ID, DeviceField.CLOUD);

    private static final int WINDOWS_SHOWN = 20;
    private static final int REPLAYS_SHOWN = 10;
    private static final int HOURS_SHOWN = 24 * Feed.values().length;

    /** How long a good device keeps its set-up checklist on the page. */
    private static final Duration NEW_FOR = Duration.ofHours(1);

    private final SecurityDevices devices;
    private final DevicePicker picker;
    private final DeviceEditing editing;
    private final DeviceHistory history;
    private final ConnectionTests tests;
    private final Clouds clouds;
    private final DeviceChoices choices;
    private final ConsoleAccesses consoleAccesses;
    private final SetUps setUps;
    private final Ledger ledger;
    private final BudgetReport budget;
    private final ReplayService replays;
    private final ReconciliationService reconciliations;
    private final QuarantineService quarantine;
    private final Received received;
    private final Notices notices;
    private final Processes processes;
    private final RotationService rotations;
    private final Tuning tuning;
    private final Moments moments;

    DevicePages(
            SecurityDevices devices,
            DevicePicker picker,
            DeviceEditing editing,
            DeviceHistory history,
            ConnectionTests tests,
            Clouds clouds,
            DeviceChoices choices,
            ConsoleAccesses consoleAccesses,
            SetUps setUps,
            Ledger ledger,
            BudgetReport budget,
            ReplayService replays,
            ReconciliationService reconciliations,
            QuarantineService quarantine,
            Received received,
            Notices notices,
            Processes processes,
            RotationService rotations,
            Tuning tuning,
            Moments moments) {
        this.devices = devices;
        this.picker = picker;
        this.editing = editing;
        this.history = history;
        this.tests = tests;
        this.clouds = clouds;
        this.choices = choices;
        this.consoleAccesses = consoleAccesses;
        this.setUps = setUps;
        this.ledger = ledger;
        this.budget = budget;
        this.replays = replays;
        this.reconciliations = reconciliations;
        this.quarantine = quarantine;
        this.received = received;
        this.notices = notices;
        this.processes = processes;
        this.rotations = rotations;
        this.tuning = tuning;
        this.moments = moments;
    }

    // The list, and what opens over it

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        show(scope, DeviceFilter.from(asked), model);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        return "show/devices";
    }

    /** Names for what somebody types where one of many devices is to be chosen. */
    @GetMapping(LIST + "/names")
    String names(Scope scope, @RequestParam(defaultValue = "") String device, Model model) {
        model.addAttribute("names", picker.suggestions(scope, device));
        return "parts :: device-names";
    }

    /** The deep link that setup guides use. */
    @GetMapping(path = LIST, params = "setupIntegration")
    String setUp(@RequestParam String setupIntegration, RedirectAttributes next) {
        next.addAttribute("setupIntegration", setupIntegration);
        return "redirect:" + ADD;
    }

    @GetMapping(ADD)
    String catalogue(Scope scope, @RequestParam(defaultValue = "") String technology, Model model) {
        show(scope, DeviceFilter.all(), model);
        model.addAttribute("opened", "catalogue");
        model.addAttribute("technology", technology);
        model.addAttribute("integrations", DeviceKind.matching(technology));
        return "show/devices";
    }

    @GetMapping(path = ADD, params = "setupIntegration")
    String form(
            Scope scope, @RequestParam String setupIntegration, @RequestParam Map<String, String> typed, Model model) {
        var kind = DeviceKind.of(setupIntegration);
        if (kind.isEmpty()) {
            model.addAttribute("unknownIntegration", setupIntegration);
            return catalogue(scope, "", model);
        }
        var draft = withApplication(scope, DeviceDraft.typed(typed))
                .with(DeviceField.KIND, kind.get().key());
        return form(scope, new DeviceForm(scope, Optional.empty(), draft, List.of()), model);
    }

    /** Shows the ids of the application that is to be used, too; its secret stays where it is. */
    private DeviceDraft withApplication(Scope scope, DeviceDraft draft) {
        return picker.meant(scope, draft.text(DeviceField.APPLICATION_OF))
                .flatMap(id -> devices.find(scope, id))
                .map(device -> draft.with(
                        field -> OF_APPLICATION.contains(field) ? Optional.of(device.text(field)) : Optional.empty()))
                .orElse(draft);
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable UUID id, Model model) {
        var device = require(scope, id);
        model.addAttribute("seen", device.updatedAt());
        return form(scope, DeviceForm.of(scope, device), model);
    }

    private String form(Scope scope, DeviceForm form, Model model) {
        show(scope, DeviceFilter.all(), model);
        model.addAttribute("opened", "form");
        model.addAttribute("form", form);
        model.addAttribute("choices", choices.all(form.scope()));
        return "show/devices";
    }

    @GetMapping(ONE + "/console-access")
    String consoleAccess(Scope scope, @PathVariable UUID id, Model model) {
        return open(scope, "console-access", id, model);
    }

    /** The choice after saving: later, as the guide has it, or with the guide's own page. */
    @PostMapping(ONE + "/console-access")
    String chooseConsoleAccess(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(name = "console_access") String chosen,
            RedirectAttributes next) {
        var device = require(scope, id);
        if (!chosen.equals("guide")) {
            return "redirect:" + LIST + "/" + id;
        }
        var known = setUps.of(scope, device.directory());
        if (known.isPresent()) {
            return "redirect:" + Links.SETUP_GUIDES + "/" + known.get().id();
        }
        next.addAttribute("directory_id", device.directory());
        next.addAttribute("device_name", device.name());
        next.addAttribute("location", device.location());
        next.addAttribute("cloud", device.cloud());
        return "redirect:" + Links.SETUP_GUIDES + "/add";
    }

    @GetMapping(ONE + "/test")
    String openTest(Scope scope, @PathVariable UUID id, Model model) {
        return open(scope, "test", id, model);
    }

    @GetMapping(ONE + "/delete")
    String confirmDelete(Scope scope, @PathVariable UUID id, Model model) {
        return open(scope, "delete", id, model);
    }

    private String open(Scope scope, String pane, UUID id, Model model) {
        var device = require(scope, id);
        model.addAttribute("device", device);
        model.addAttribute("beside", beside(device, devices.of(scope, device.directory())));
        show(scope, DeviceFilter.all(), model);
        model.addAttribute("opened", pane);
        return "show/devices";
    }

    private void show(Scope scope, DeviceFilter filter, Model model) {
        var receivedToday = received.today(scope);
        var all = devices.judged(scope).stream()
                .map(each -> new DeviceRow(
                        each.device(),
                        each.health(),
                        each.device().credential().countdown(moments.now()),
                        receivedToday.getOrDefault(each.device().directory(), 0L)))
                .toList();
        var fitting = all.stream().filter(filter::fitsTexts).toList();
        model.addAttribute("filter", filter);
        var list = filter.pageOf(fitting.stream().filter(filter::fitsCondition).toList());
        model.addAttribute("list", list);
        model.addAttribute("rows", list.rows());
        model.addAttribute("columns", columns(scope));
        model.addAttribute("fitting", fitting.size());
        model.addAttribute("total", all.size());
        model.addAttribute("conditions", Condition.values());
        model.addAttribute("counts", counts(fitting));
    }

    /** Whose a device is, only those are told who see several organizations. */
    private static List<Column> columns(Scope scope) {
        return Stream.of(
                        Column.of("actions", "Actions").fixed(),
                        Column.of("name", "Name").fixed(),
                        Column.of("organization", "Organization"),
                        Column.of("technology", "Technology"),
                        Column.of("location", "Location"),
                        Column.of("health", "Health"),
                        Column.of("polling", "Polling"),
                        Column.of("data", "Data"),
                        Column.of("expires", "Expires"))
                .filter(column ->
                        scope instanceof Scope.Everything || !column.key().equals("organization"))
                .toList();
    }

    private static Map<Condition, Long> counts(List<DeviceRow> rows) {
        return rows.stream().collect(Collectors.groupingBy(DeviceRow::condition, Collectors.counting()));
    }

    // View details

    @GetMapping(ONE)
    String details(Scope scope, @PathVariable UUID id, Model model) {
        var device = require(scope, id);
        var health = devices.health(scope, id);
        var now = moments.now();
        model.addAttribute("device", device);
        model.addAttribute("health", health);
        model.addAttribute("troubles", FeedTrouble.of(health));
        model.addAttribute("holder", processes.holderOf(scope, device.directory()));
        model.addAttribute("countdown", device.credential().countdown(now));
        model.addAttribute("expiresOn", ExpiryText.day(device.credential().expires()));
        model.addAttribute("notice", notices.of(scope, device));
        model.addAttribute("consoleAccess", consoleAccesses.of(device.directory()));
        model.addAttribute("tunedUntil", tuning.newDeviceUntil(device.directory(), now));
        model.addAttribute("setUp", setUps.of(scope, device.directory()));
        model.addAttribute("rotation", rotations.of(scope, id));
        model.addAttribute("code", rotations.code(id));
        model.addAttribute("condition", Condition.of(health.stage()));
        model.addAttribute("cloud", clouds.named(device.cloud()));
        model.addAttribute("usages", budget.of(scope, id));
        model.addAttribute("spenders", Spender.values());
        model.addAttribute("windows", ledger.latest(scope, id, WINDOWS_SHOWN));
        model.addAttribute("received", received.today(scope).getOrDefault(device.directory(), 0L));
        model.addAttribute("history", history.of(scope, id));
        model.addAttribute("replays", replays.list(scope, Optional.of(id), Optional.empty(), 0, REPLAYS_SHOWN));
        model.addAttribute(
                "quarantined",
                quarantine.list(scope, Optional.of(id), Optional.empty(), Optional.of(true), 0, REPLAYS_SHOWN));
        model.addAttribute("feeds", device.kind().feeds());
        var together = devices.of(scope, device.directory());
        model.addAttribute("reader", Reader.among(together));
        model.addAttribute("beside", beside(device, together));
        model.addAttribute("strips", strips(scope, id, now));
        if (isSettingUp(device, health.stage())) {
            model.addAttribute("steps", SetupStep.of(device.createdAt(), health));
            model.addAttribute(
                    "clocks",
                    List.of(
                            SetupClock.polling(device.createdAt(), health.lastPoll(), now),
                            SetupClock.data(device.createdAt(), health.lastData(), now)));
        }
        return "show/device";
    }

    /** The other devices of the same directory, which is read once for all of them. */
    private static List<SecurityDevice> beside(SecurityDevice device, List<SecurityDevice> together) {
        return together.stream()
                .filter(other -> !other.id().equals(device.id()))
                .toList();
    }

    private List<DayStrip> strips(Scope scope, UUID id, Instant now) {
        var lastDay = new Filter(
                Optional.of(id),
                Optional.empty(),
                Optional.empty(),
                Optional.of(DayStrip.start(now)),
                Optional.of(now.truncatedTo(ChronoUnit.HOURS)));
        return DayStrip.of(reconciliations.list(scope, lastDay, 0, HOURS_SHOWN).rows(), now);
    }

    private boolean isSettingUp(SecurityDevice device, Stage stage) {
        var isNew = device.createdAt().plus(NEW_FOR).isAfter(moments.now());
        return stage != Stage.DISABLED && (isNew || stage != Stage.RECEIVING_DATA);
    }

    // Changes

    @PostMapping(LIST)
    ModelAndView add(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            Model model) {
        return save(Optional.empty(), typed, scope, request, model, draft -> {
            var device = editing.add(scope, draft, who.getUsername());
            return LIST + "/" + device.id() + "/console-access";
        });
    }

    @PostMapping(ONE)
    ModelAndView change(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            Model model) {
        return save(Optional.of(id), typed, scope, request, model, draft -> {
            editing.update(scope, id, seen(typed), draft, who.getUsername());
            return LIST + "/" + id;
        });
    }

    /** Saves, and says where to go next; or shows the form again with what is wrong. */
    private ModelAndView save(
            Optional<UUID> edited,
            Map<String, String> typed,
            Scope scope,
            HttpServletRequest request,
            Model model,
            Saving saving) {
        var draft = DeviceDraft.typed(typed);
        try {
            return FormRedirect.to(saving.save(draft), request);
        } catch (InvalidDevice e) {
            seen(typed).ifPresent(seen -> model.addAttribute("seen", seen));
            return again(
                    scope, new DeviceForm(scope, edited, draft, e.problems()), HttpStatus.UNPROCESSABLE_CONTENT, model);
        } catch (ChangedMeanwhile e) {
            edited.flatMap(id -> devices.find(scope, id))
                    .ifPresent(device -> model.addAttribute("seen", device.updatedAt()));
            model.addAttribute("changedMeanwhile", e.getMessage());
            return again(scope, new DeviceForm(scope, edited, draft, List.of()), HttpStatus.CONFLICT, model);
        }
    }

    private ModelAndView again(Scope scope, DeviceForm form, HttpStatus status, Model model) {
        var page = new ModelAndView(form(scope, form, model), model.asMap());
        page.setStatus(status);
        return page;
    }

    /** When the device that stands in the form was last changed, so that nobody overwrites what they have not seen. */
    private static Optional<Instant> seen(Map<String, String> typed) {
        try {
            return Optional.ofNullable(typed.get("seen")).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private interface Saving {
        String save(DeviceDraft draft);
    }

    @PostMapping(ONE + "/delete")
    ModelAndView delete(
            Scope scope,
            @PathVariable UUID id,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            RedirectAttributes next) {
        var device = require(scope, id);
        editing.remove(id, who.getUsername());
        next.addFlashAttribute("note", "%s is deleted. Its vendor alerts stay.".formatted(device.name()));
        return FormRedirect.to(LIST, request);
    }

    @PostMapping(ONE + "/enable")
    String enable(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        var device = editing.setEnabled(id, true, who.getUsername());
        next.addFlashAttribute("note", "%s is enabled. Polling starts now.".formatted(device.name()));
        return "redirect:" + LIST + "/" + id;
    }

    @PostMapping(ONE + "/disable")
    String disable(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        var device = editing.setEnabled(id, false, who.getUsername());
        next.addFlashAttribute(
                "note", "%s is disabled. It is not polled until it is enabled again.".formatted(device.name()));
        return "redirect:" + LIST + "/" + id;
    }

    @PostMapping(ONE + "/poll")
    String pollNow(Scope scope, @PathVariable UUID id, RedirectAttributes next) {
        var device = require(scope, id);
        editing.pollNow(id);
        next.addFlashAttribute("note", "%s is being polled now.".formatted(device.name()));
        return "redirect:" + LIST + "/" + id;
    }

    @PostMapping(ONE + "/rotate")
    String rotate(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        rotations.begin(id, who.getUsername()).ifPresent(reason -> next.addFlashAttribute("note", reason));
        return "redirect:" + LIST + "/" + id + "#rotation";
    }

    @PostMapping(ONE + "/rotate/cancel")
    String cancelRotation(Scope scope, @PathVariable UUID id) {
        rotations.cancel(require(scope, id).id());
        return "redirect:" + LIST + "/" + id + "#rotation";
    }

    // Checks while somebody types, and connection tests

    @PostMapping(LIST + "/check")
    String check(Scope scope, @RequestParam Map<String, String> typed, Model model) {
        return problems(scope, Optional.empty(), typed, editing.check(scope, DeviceDraft.typed(typed)), model);
    }

    @PostMapping(ONE + "/check")
    String check(Scope scope, @PathVariable UUID id, @RequestParam Map<String, String> typed, Model model) {
        require(scope, id);
        return problems(scope, Optional.of(id), typed, editing.check(scope, id, DeviceDraft.typed(typed)), model);
    }

    /** An empty field is no problem yet while somebody is still filling in the form. */
    private static String problems(
            Scope scope, Optional<UUID> edited, Map<String, String> typed, List<FieldProblem> problems, Model model) {
        var worthSaying = problems.stream()
                .filter(problem -> !typed.getOrDefault(problem.field(), "").isBlank())
                .toList();
        model.addAttribute("form", new DeviceForm(scope, edited, DeviceDraft.typed(typed), worthSaying));
        return "show/device-panes :: problems";
    }

    @PostMapping(LIST + "/test")
    String test(Scope scope, @RequestParam Map<String, String> typed, Model model) {
        return tested(() -> tests.test(scope, DeviceDraft.typed(typed)), model);
    }

    @PostMapping(ONE + "/test")
    String test(Scope scope, @PathVariable UUID id, @RequestParam Map<String, String> typed, Model model) {
        // The form for editing sends its fields; the menu of the list sends none.
        return tested(
                () -> typed.containsKey(DeviceField.DIRECTORY_ID.key())
                        ? tests.test(scope, id, DeviceDraft.typed(typed))
                        : tests.test(id),
                model);
    }

    private static String tested(Supplier<List<Check>> test, Model model) {
        try {
            model.addAttribute("checks", test.get());
        } catch (InvalidDevice e) {
            model.addAttribute(
                    "untestable",
                    e.problems().stream().filter(FieldProblem::isError).toList());
        }
        return "show/device-panes :: tested";
    }

    private SecurityDevice require(Scope scope, UUID id) {
        return devices.require(scope, id);
    }
}
