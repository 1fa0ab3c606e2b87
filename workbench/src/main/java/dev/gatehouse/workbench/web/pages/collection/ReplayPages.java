package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.replay.InvalidReplay;
import dev.gatehouse.workbench.replay.NoSuchReplay;
import dev.gatehouse.workbench.replay.ReplayService;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.Moments;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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

    /** Times come from the browser's fields without a zone; the page says that they are in UTC. */
    @PostMapping(OF_DEVICE)
    String readAgain(
            Scope scope,
            @PathVariable UUID id,
            @RequestParam String feed,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        try {
            var which = Feed.of(feed);
            var end = to.isBlank() ? moments.now() : time(to);
            service.request(scope, id, which, time(from), end, who.getUsername());
            next.addFlashAttribute("note", "%s are being read again.".formatted(which.title()));
        } catch (InvalidReplay e) {
            next.addFlashAttribute("replayProblem", e.getMessage());
        } catch (DateTimeException e) {
            next.addFlashAttribute("replayProblem", "Enter from when to read, as date and time.");
        } catch (IllegalArgumentException e) {
            next.addFlashAttribute("replayProblem", "Choose one of the feeds.");
        }
        return "redirect:" + Links.DEVICES + "/" + id;
    }

    private static Instant time(String text) {
        return LocalDateTime.parse(text.strip()).toInstant(ZoneOffset.UTC);
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
