package dev.gatehouse.workbench.web.pages.guide;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.devices.Clouds;
import dev.gatehouse.workbench.devices.ConsoleAccesses;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.InvalidDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.onboard.AlreadyRunning;
import dev.gatehouse.workbench.onboard.Confirmation;
import dev.gatehouse.workbench.onboard.Finding;
import dev.gatehouse.workbench.onboard.GuideStep;
import dev.gatehouse.workbench.onboard.Guides;
import dev.gatehouse.workbench.onboard.InvalidSetUp;
import dev.gatehouse.workbench.onboard.NoSuchSetUp;
import dev.gatehouse.workbench.onboard.Purpose;
import dev.gatehouse.workbench.onboard.Runs;
import dev.gatehouse.workbench.onboard.SetUp;
import dev.gatehouse.workbench.onboard.SetUpDraft;
import dev.gatehouse.workbench.onboard.SetUps;
import dev.gatehouse.workbench.onboard.StepThree;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.web.frame.Condition;
import dev.gatehouse.workbench.web.frame.FormRedirect;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.NotHere;
import dev.gatehouse.workbench.web.frame.PrintedSheet;
import dev.gatehouse.workbench.web.frame.SeenValues;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Organization Settings &gt; Setup Guide: the provider's guide for each customer, with their values, what is confirmed of
 * it, and an administrator's sign-in that does it. Who may open what stands in people.OpenAddresses, not here.
 */
@Controller
class GuidePages {

    static final String LIST = Links.SETUP_GUIDES;

    private static final String ONE = LIST + "/{id}";
    private static final PrintedSheet PRINTED = PrintedSheet.read(GuidePages.class, "printed-guide.css");

    private final SetUps setUps;
    private final Runs runs;
    private final Guides guides;
    private final StepThree stepThree;
    private final SecurityDevices devices;
    private final ConsoleAccesses consoleAccesses;
    private final Clouds clouds;

    GuidePages(
            SetUps setUps,
            Runs runs,
            Guides guides,
            StepThree stepThree,
            SecurityDevices devices,
            ConsoleAccesses consoleAccesses,
            Clouds clouds) {
        this.setUps = setUps;
        this.runs = runs;
        this.guides = guides;
        this.stepThree = stepThree;
        this.devices = devices;
        this.consoleAccesses = consoleAccesses;
        this.clouds = clouds;
    }

    // The list

    @GetMapping(LIST)
    String list(Scope scope, Model model) {
        model.addAttribute(
                "rows",
                setUps.all(scope).stream().map(setUp -> row(scope, setUp)).toList());
        model.addAttribute("provider", guides.provider());
        return "show/setup-guides";
    }

    private SetUpRow row(Scope scope, SetUp setUp) {
        var confirmed = ticks(scope, setUp).values().stream()
                .flatMap(Optional::stream)
                .filter(tick -> tick.finding().isConfirmed())
                .count();
        return new SetUpRow(
                setUp,
                confirmed,
                GuideStep.values().length,
                consoleAccesses.of(setUp.directory()),
                stepThree.device(setUp),
                runs.phase(setUp.id()));
    }

    @GetMapping(LIST + "/add")
    String add(@RequestParam Map<String, String> given, Model model) {
        return form(SetUpForm.of(Optional.empty(), SetUpForm.draft(given), List.of()), model);
    }

    @GetMapping(ONE + "/edit")
    String edit(Scope scope, @PathVariable UUID id, Model model) {
        var setUp = setUps.require(scope, id);
        model.addAttribute(SeenValues.FIELD, SeenValues.text(SetUpForm.values(setUp)));
        return form(SetUpForm.of(setUp), model);
    }

    private String form(SetUpForm form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("provider", guides.provider());
        model.addAttribute("guestDomain", guides.guestDomain());
        model.addAttribute("clouds", clouds.all());
        model.addAttribute("usualCloud", clouds.usual().name());
        return "show/setup-guide-form";
    }

    @PostMapping(LIST)
    ModelAndView add(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            Model model) {
        return save(Optional.empty(), typed, request, model, draft -> setUps.add(scope, draft, who.getUsername()));
    }

    @PostMapping(ONE)
    ModelAndView change(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            Model model) {
        var present = SetUpForm.values(setUps.require(scope, id));
        var changes = SeenValues.changes(typed, present);
        if (!changes.isEmpty()) {
            model.addAttribute("changes", changes);
            model.addAttribute(
                    "changer",
                    setUps.history(scope, id).stream()
                            .findFirst()
                            .map(deed -> deed.actor())
                            .orElse(""));
            model.addAttribute(SeenValues.FIELD, SeenValues.text(present));
            return again(SetUpForm.of(Optional.of(id), SetUpForm.draft(typed), List.of()), HttpStatus.CONFLICT, model);
        }
        return save(
                Optional.of(id), typed, request, model, draft -> setUps.change(scope, id, draft, who.getUsername()));
    }

    private ModelAndView save(
            Optional<UUID> edited, Map<String, String> typed, HttpServletRequest request, Model model, Saving saving) {
        var draft = SetUpForm.draft(typed);
        try {
            return FormRedirect.to(LIST + "/" + saving.save(draft).id(), request);
        } catch (InvalidSetUp e) {
            model.addAttribute(SeenValues.FIELD, typed.getOrDefault(SeenValues.FIELD, ""));
            return again(SetUpForm.of(edited, draft, e.problems()), HttpStatus.UNPROCESSABLE_CONTENT, model);
        }
    }

    private ModelAndView again(SetUpForm form, HttpStatus status, Model model) {
        var page = new ModelAndView(form(form, model), model.asMap());
        page.setStatus(status);
        return page;
    }

    private interface Saving {
        SetUp save(SetUpDraft draft);
    }

    @GetMapping(ONE + "/delete")
    String confirmDelete(Scope scope, @PathVariable UUID id, Model model) {
        model.addAttribute("asksToDelete", true);
        return one(scope, id, model);
    }

    @PostMapping(ONE + "/delete")
    String delete(Scope scope, @PathVariable UUID id, @AuthenticationPrincipal SignedIn who, RedirectAttributes next) {
        var setUp = setUps.require(scope, id);
        setUps.remove(id, who.getUsername());
        next.addFlashAttribute(
                "note", "%s is off the list. Its tenant and its security device stay.".formatted(setUp.name()));
        return "redirect:" + LIST;
    }

    // The guide of one customer

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, Model model) {
        var setUp = setUps.require(scope, id);
        var device = stepThree.device(setUp);
        model.addAttribute("setUp", setUp);
        model.addAttribute("guide", guides.of(setUp));
        model.addAttribute("ticks", ticks(scope, setUp));
        model.addAttribute("phase", runs.phase(id));
        model.addAttribute("consoleAccess", consoleAccesses.of(setUp.directory()));
        model.addAttribute("device", device);
        model.addAttribute(
                "condition",
                device.map(
                        found -> Condition.of(devices.health(scope, found.id()).stage())));
        model.addAttribute("history", setUps.history(scope, id));
        model.addAttribute("printed", false);
        return "show/setup-guide";
    }

    /** What is known of each point, by its key. Whether there is a device needs no look at Microsoft. */
    private Map<String, Optional<Confirmation>> ticks(Scope scope, SetUp setUp) {
        var known = setUps.ticks(scope, setUp.id());
        var all = new LinkedHashMap<String, Optional<Confirmation>>();
        Arrays.stream(GuideStep.values()).forEach(point -> all.put(point.key(), Optional.ofNullable(known.get(point))));
        stepThree
                .device(setUp)
                .ifPresent(device -> all.put(
                        GuideStep.DEVICE.key(),
                        Optional.of(new Confirmation(
                                new Finding(GuideStep.DEVICE, Finding.State.CONFIRMED, ""), device.createdAt(), ""))));
        return all;
    }

    /** One page to send to the customer: printed, or saved as it is. */
    @GetMapping(ONE + "/print")
    String print(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean download,
            HttpServletResponse response,
            Model model) {
        var setUp = setUps.require(scope, id);
        response.setHeader("Content-Security-Policy", PRINTED.policy());
        if (download) {
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION, attachment("setup-guide-%s.html".formatted(setUp.organization())));
        }
        model.addAttribute("setUp", setUp);
        model.addAttribute("guide", guides.of(setUp));
        model.addAttribute("styles", PRINTED.styles());
        model.addAttribute("printed", true);
        return "show/setup-guide-print";
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }

    /** For people who run only what they can read, and for colleagues who do the rest. */
    @GetMapping(ONE + "/script/{language}")
    ResponseEntity<String> script(
            Scope scope,
            @PathVariable UUID id,
            @PathVariable String language,
            @RequestParam(defaultValue = "") List<String> parts) {
        var setUp = setUps.require(scope, id);
        var script = guides.script(setUp, language, parts).orElseThrow(NotHere::new);
        var ending =
                Map.of("bash", "sh", "powershell", "ps1", "terraform", "tf").getOrDefault(language, "txt");
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        attachment("setup-%s.%s".formatted(setUp.organization(), ending)))
                .body(script);
    }

    // Do it for me, and I did it by hand

    @PostMapping(ONE + "/sign-in")
    String signIn(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "check") String purpose,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        try {
            runs.start(id, purpose.equals("apply") ? Purpose.APPLY : Purpose.CHECK, who.getUsername());
        } catch (AlreadyRunning e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:" + LIST + "/" + id + "#run";
    }

    @PostMapping(ONE + "/confirm")
    String confirm(Scope scope, @PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        setUps.require(scope, id);
        runs.confirm(id, who.getUsername());
        return "redirect:" + LIST + "/" + id + "#run";
    }

    @PostMapping(ONE + "/cancel")
    String cancel(Scope scope, @PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        setUps.require(scope, id);
        runs.cancel(id, who.getUsername());
        return "redirect:" + LIST + "/" + id + "#run";
    }

    /** Step 3: what was typed is tried, and saved when that was asked for. The secret never travels back. */
    @PostMapping(ONE + "/connection")
    String connection(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        var setUp = setUps.require(scope, id);
        var isSaving = "save".equals(typed.get("action"));
        var draft = DeviceDraft.empty()
                .with(DeviceField.NAME, setUp.deviceName())
                .with(DeviceField.LOCATION, setUp.location())
                .with(field -> Optional.ofNullable(typed.get(field.key())))
                // Whose the directory is, the set-up has said.
                .with(DeviceField.ORGANIZATION, "")
                .with(DeviceField.DIRECTORY_ID, setUp.directory().toString())
                .with(DeviceField.CLOUD, setUp.cloud());
        try {
            model.addAttribute(
                    "checks",
                    isSaving
                            ? stepThree.save(setUp, draft, who.getUsername())
                            : stepThree.check(setUp, draft, who.getUsername()));
            model.addAttribute("isSaved", isSaving);
        } catch (InvalidDevice e) {
            model.addAttribute(
                    "untestable",
                    e.problems().stream().filter(FieldProblem::isError).toList());
        }
        return "show/setup-guide-parts :: tried";
    }

    @ExceptionHandler(NoSuchSetUp.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
