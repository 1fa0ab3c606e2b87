package dev.gatehouse.workbench.web.live;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Writes into every page up to which change it was made, so that it misses none until it listens. */
@ControllerAdvice(annotations = Controller.class)
class PageModel {

    private final Broadcast broadcast;

    PageModel(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    /** Taken before the page reads anything: what changes while it does is told, and at worst twice. */
    @ModelAttribute("liveSince")
    String liveSince() {
        return broadcast.position().text();
    }
}
