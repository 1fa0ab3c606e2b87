package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.replay.InvalidReplay;
import dev.gatehouse.workbench.replay.NoSuchReplay;
import dev.gatehouse.workbench.replay.ReplayService;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.Preferences;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Reading the past of a device again: what the details page's section on it sends. */
@Controller
class ReplayPages {

    private static final String OF_DEVICE = Links.DEVICES + "/{id}/replays";

    private final ReplayService service;
    private final Moments moments;

    ReplayPages(ReplayService service, Moments moments) {
        this.service = service;
        this.moments = moments;
    }

    /** Times come from the browser's fields without a zone; the form says which it means. */
    @PostMapping(OF_DEVICE)
    String readAgain(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        var page = "redirect:" + Links.DEVICES + "/" + id;
        var zone = Preferences.zoneOrUtc(typed.getOrDefault("zone", ""));
        var which = Typed.feed(typed.getOrDefault("feed", ""));
        if (which.isEmpty()) {
            return refused("feed", "Choose one of the feeds.", typed, next, page);
        }
        var from = time(typed, "from", zone);
        if (from.isEmpty()) {
            return refused("from", "Enter from when to read, as date and time.", typed, next, page);
        }
        var to = time(typed, "to", zone);
        if (to.isEmpty() && !typed.getOrDefault("to", "").isBlank()) {
            return refused("to", "Enter until when to read, as date and time, or nothing.", typed, next, page);
        }
        try {
            service.request(scope, id, which.get(), from.get(), to.orElseGet(moments::now), who.getUsername());
        } catch (InvalidReplay e) {
            return refused("from", String.valueOf(e.getMessage()), typed, next, page);
        }
        next.addFlashAttribute(
                "note", "%s are being read again.".formatted(which.get().title()));
        return page;
    }

    /** Back to the form, which has all that was typed, and the message beside the field. */
    private static String refused(
            String field, String message, Map<String, String> typed, RedirectAttributes next, String page) {
        next.addFlashAttribute("replayProblem", message);
        next.addFlashAttribute(
                "replayForm",
                new TypedForm(Optional.empty(), typed, List.of(FieldProblem.error("replay_" + field, message))));
        return page + "#read-again";
    }

    private static Optional<Instant> time(Map<String, String> typed, String field, ZoneId zone) {
        try {
            return Typed.time(typed.getOrDefault(field, ""), zone);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @PostMapping(OF_DEVICE + "/{replay}/cancel")
    String cancel(Scope scope, @PathVariable UUID id, @PathVariable UUID replay, RedirectAttributes next) {
        service.cancel(scope, replay);
        next.addFlashAttribute("note", "Reading again is cancelled. What it has brought stays.");
        return "redirect:" + Links.DEVICES + "/" + id;
    }

    @ExceptionHandler(NoSuchReplay.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
