package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.workbench.collect.QuarantineService;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What could not be read and is owed, and what was read after all. */
@Controller
class QuarantinePages {

    static final String LIST = CollectionPages.HOME + "/quarantine";

    private static final int ROWS = 50;

    private final QuarantineService service;
    private final SecurityDevices devices;
    private final Settings settings;

    QuarantinePages(QuarantineService service, SecurityDevices devices, Settings settings) {
        this.service = service;
        this.devices = devices;
        this.settings = settings;
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var number = asked.page();
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute(
                "list",
                service.list(scope, Optional.empty(), Optional.empty(), Optional.empty(), (number - 1) * ROWS, ROWS));
        model.addAttribute("page", number);
        model.addAttribute("address", Address.of(LIST));
        model.addAttribute(
                "names",
                devices.all(scope).stream().collect(Collectors.toMap(SecurityDevice::id, SecurityDevice::name)));
        model.addAttribute("retry", settings.poll().quarantineRetry());
        return "show/quarantine";
    }

    @PostMapping(LIST + "/{id}/retry")
    String retry(
            Scope scope, @PathVariable UUID id, @RequestParam(defaultValue = "") String back, RedirectAttributes next) {
        var window = service.retry(scope, id);
        next.addFlashAttribute(
                "note",
                window.isOwed()
                        ? "The window is tried again now. This page shows what comes of it."
                        : "The window has been read already.");
        return "redirect:" + (back.equals("device") ? Links.DEVICES + "/" + window.device() : LIST);
    }

    @PostMapping(LIST + "/retry")
    String retryAll(Scope scope, @RequestParam UUID device, RedirectAttributes next) {
        var count = service.retryAll(devices.require(scope, device).directory());
        next.addFlashAttribute(
                "note",
                count == 0
                        ? "Every window has been read already."
                        : "All windows are tried again now. This page shows what comes of it.");
        return "redirect:" + Links.DEVICES + "/" + device;
    }

    @ExceptionHandler(QuarantineService.NoSuchWindow.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
