package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.people.SavedView;
import dev.gatehouse.workbench.people.SavedViews;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.suppressions.Suppressions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final Organizations organizations;
    private final SavedViews views;
    private final Suppressions suppressions;

    Frame(
            Moments moments,
            Words words,
            Links links,
            Storage storage,
            Organizations organizations,
            SavedViews views,
            Suppressions suppressions) {
        this.moments = moments;
        this.words = words;
        this.links = links;
        this.storage = storage;
        this.organizations = organizations;
        this.views = views;
        this.suppressions = suppressions;
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

    /** Whether every organization is looked at, so that each thing has to say whose it is. */
    @ModelAttribute("seesAll")
    boolean seesAll(Scope scope) {
        return scope instanceof Scope.Everything;
    }

    /** Whether the organization is a choice: for people who belong to one there is no other. */
    @ModelAttribute("mayChooseOrganization")
    boolean mayChooseOrganization(@AuthenticationPrincipal @Nullable SignedIn who) {
        return who != null && who.scope() instanceof Scope.Everything;
    }

    /** The organization that is looked at; empty when it is all of them. */
    @ModelAttribute("lookedAt")
    Optional<Organization> lookedAt(Scope scope) {
        return scope instanceof Scope.Organization(var id) ? organizations.find(scope, id) : Optional.empty();
    }

    /** What people have to know on every page, whatever they came for. */
    @ModelAttribute("storage")
    Optional<Storage.Complaint> storage() {
        return storage.complaint();
    }

    /** The lists that the reader wants to come back to, looked up when a page draws its menu. */
    @ModelAttribute("views")
    Supplier<List<SavedView>> views(@AuthenticationPrincipal @Nullable SignedIn who) {
        return () -> who == null ? List.of() : views.of(who.account().id());
    }

    /** How many suppressions somebody has to look at again, for the menu; only who may change them has to. */
    @ModelAttribute("dueReviews")
    int dueReviews(Scope scope, @AuthenticationPrincipal @Nullable SignedIn who) {
        return who != null && who.may(Right.MANAGE_DETECTIONS) ? suppressions.dueReviews(scope) : 0;
    }

    @ModelAttribute("now")
    Instant now() {
        return moments.now();
    }

    @ModelAttribute("preferences")
    Preferences preferences(Preferences preferences) {
        return preferences;
    }

    @ModelAttribute("moments")
    Moments moments(Preferences preferences) {
        return moments.in(preferences.zoneOrUtc());
    }

    /** The address of this page below the place of the application, for forms that lead back to it. */
    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        var query = request.getQueryString();
        return request.getServletPath() + (query == null ? "" : "?" + query);
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
