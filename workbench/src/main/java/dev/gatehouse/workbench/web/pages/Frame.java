package dev.gatehouse.workbench.web.pages;

import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Storage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every screen needs, whatever it shows: who is looking, what time it is, and how to say things. */
@ControllerAdvice(annotations = Controller.class)
class Frame {

    private final Moments moments;
    private final Words words;
    private final Links links;
    private final Storage storage;

    Frame(Moments moments, Words words, Links links, Storage storage) {
        this.moments = moments;
        this.words = words;
        this.links = links;
        this.storage = storage;
    }

    @ModelAttribute("me")
    @Nullable
    Account me(@AuthenticationPrincipal @Nullable SignedIn who) {
        return who == null ? null : who.account();
    }

    @ModelAttribute("mayAdminister")
    boolean mayAdminister(@AuthenticationPrincipal @Nullable SignedIn who) {
        return who != null && who.may(Right.MANAGE_DEVICES);
    }

    @ModelAttribute("may")
    May may(@AuthenticationPrincipal @Nullable SignedIn who) {
        return new May(who);
    }

    /** Whether people see every organization, and have to be told which of them something belongs to. */
    @ModelAttribute("seesAll")
    boolean seesAll(@AuthenticationPrincipal @Nullable SignedIn who) {
        return who != null && who.scope() instanceof Scope.Everything;
    }

    /** What people have to know on every page, whatever they came for. */
    @ModelAttribute("storage")
    Optional<Storage.Complaint> storage() {
        return storage.complaint();
    }

    @ModelAttribute("now")
    Instant now() {
        return moments.now();
    }

    @ModelAttribute("moments")
    Moments moments() {
        return moments;
    }

    @ModelAttribute("links")
    Links links() {
        return links;
    }

    @ModelAttribute("words")
    Words words() {
        return words;
    }
}
