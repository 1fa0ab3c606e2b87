package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.reconcile.InvalidReconciliation;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.ReconciliationService;
import dev.gatehouse.workbench.reconcile.Reconciliations.Filter;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.PageNumber;
import dev.gatehouse.workbench.web.frame.Typed;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What Graph has against what is here: every hour that was compared, and the form that asks for more. */
@Controller
class ReconciliationPages {

    static final String LIST = CollectionPages.HOME + "/reconciliation";

    private static final int ROWS = 50;

    private final ReconciliationService service;
    private final SecurityDevices devices;
    private final Moments moments;

    ReconciliationPages(ReconciliationService service, SecurityDevices devices, Moments moments) {
        this.service = service;
        this.devices = devices;
        this.moments = moments;
    }

    /** The filters as they were typed. */
    public record ReconciliationQuery(String device, String feed, String state, String from, String to) {

        static ReconciliationQuery of(Map<String, String> parameters) {
            return new ReconciliationQuery(
                    parameters.getOrDefault("device", ""),
                    parameters.getOrDefault("feed", ""),
                    parameters.getOrDefault("state", ""),
                    parameters.getOrDefault("from", ""),
                    parameters.getOrDefault("to", ""));
        }

        /** What is not understood does not filter, as nobody can type it into a list of choices. */
        Filter filter() {
            return new Filter(Typed.id(device), Typed.feed(feed), State.of(state), Typed.time(from), Typed.time(to));
        }

        Address address() {
            return Address.of(LIST)
                    .with("device", device)
                    .with("feed", feed)
                    .with("state", state)
                    .with("from", from)
                    .with("to", to);
        }
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var query = ReconciliationQuery.of(parameters);
        var page = PageNumber.of(parameters.getOrDefault("page", ""));
        var none = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var filter = none;
        model.addAttribute("problem", "");
        try {
            filter = query.filter();
        } catch (DateTimeException e) {
            model.addAttribute(
                    "problem", "Enter times as date and time, for example 2026-11-23T09:00. They are in UTC.");
        }
        model.addAttribute("query", query);
        model.addAttribute("list", service.list(scope, filter, (page - 1) * ROWS, ROWS));
        model.addAttribute("page", page);
        model.addAttribute("isFiltered", !filter.equals(none));
        model.addAttribute("devices", devices.all(scope));
        model.addAttribute("feeds", Feed.values());
        model.addAttribute("states", State.values());
        model.addAttribute("address", query.address());
        return "show/reconciliation";
    }

    /** Times come from the browser's fields without a zone; the page says that they are in UTC. */
    @PostMapping(LIST)
    String compare(
            @RequestParam(defaultValue = "") String device,
            @RequestParam(defaultValue = "") String feed,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        var id = Typed.id(device);
        if (id.isEmpty() || from.isBlank()) {
            next.addFlashAttribute("compareProblem", "Choose a device, and from when to compare.");
            return "redirect:" + LIST;
        }
        try {
            var start = Typed.time(from).orElseGet(moments::now);
            var end = Typed.time(to).orElseGet(moments::now);
            var asked = service.request(id.get(), Typed.feed(feed), start, end, who.getUsername());
            next.addFlashAttribute(
                    "note",
                    String.format(
                            Locale.ROOT,
                            "%,d comparisons are queued. The rows below fill as they are made.",
                            asked.comparisons()));
            next.addAttribute("device", device);
        } catch (InvalidReconciliation e) {
            next.addFlashAttribute("compareProblem", e.getMessage());
        } catch (DateTimeException e) {
            next.addFlashAttribute("compareProblem", "Enter from when to compare, as date and time.");
        } catch (NoSuchDevice e) {
            next.addFlashAttribute("compareProblem", "That device was removed.");
        }
        return "redirect:" + LIST;
    }
}
