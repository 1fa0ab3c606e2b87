package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.NoSuchDevice;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.reconcile.InvalidReconciliation;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.ReconciliationService;
import dev.gatehouse.workbench.reconcile.Reconciliations.Filter;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.DevicePicker;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.Preferences;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.TypedForm;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    private final DevicePicker picker;
    private final Moments moments;

    ReconciliationPages(ReconciliationService service, DevicePicker picker, Moments moments) {
        this.service = service;
        this.picker = picker;
        this.moments = moments;
    }

    /**
     * Which hours somebody wants to see, as the address says it.
     *
     * @param filter the same for the comparisons
     */
    public record ReconciliationQuery(Filter filter) {

        static ReconciliationQuery of(QueryParameters parameters) {
            return new ReconciliationQuery(new Filter(
                    parameters.id("device", "device"),
                    parameters.oneOf("feed", "feed", Feed.values(), Feed::key),
                    parameters.oneOf("state", "result", State.values(), State::key),
                    parameters.time("from", "start"),
                    parameters.time("to", "end")));
        }

        Address address() {
            return Address.of(LIST)
                    .with("device", filter.device().map(UUID::toString).orElse(""))
                    .with("feed", filter.feed().map(Feed::key).orElse(""))
                    .with("state", filter.state().map(State::key).orElse(""))
                    .with("from", filter.from().map(Typed::text).orElse(""))
                    .with("to", filter.to().map(Typed::text).orElse(""));
        }
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(picker.read(scope, parameters));
        var query = ReconciliationQuery.of(asked);
        var filter = query.filter();
        var none = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var page = asked.page();
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("query", query);
        model.addAttribute("list", service.list(scope, filter, (page - 1) * ROWS, ROWS));
        model.addAttribute("page", page);
        model.addAttribute("isFiltered", !filter.equals(none));
        model.addAttribute("devices", picker.of(scope, filter.device()));
        model.addAttribute(
                "compareDevices",
                picker.of(
                        scope,
                        model.getAttribute("compareForm") instanceof TypedForm form
                                ? picker.meant(scope, form.text(DevicePicker.PARAMETER))
                                : filter.device()));
        model.addAttribute("feeds", Feed.values());
        model.addAttribute("states", State.values());
        model.addAttribute("address", query.address());
        return "show/reconciliation";
    }

    /** Times come from the browser's fields without a zone; the form says which it means. */
    @PostMapping(LIST)
    String compare(
            Scope scope,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes next) {
        var zone = Preferences.zoneOrUtc(typed.getOrDefault("zone", ""));
        var device = picker.meant(scope, typed.getOrDefault(DevicePicker.PARAMETER, ""));
        if (device.isEmpty() || typed.getOrDefault("from", "").isBlank()) {
            var field = device.isEmpty() ? "device" : "from";
            return refused(field, "Choose a device, and from when to compare.", typed, next);
        }
        try {
            var start = Typed.time(typed.getOrDefault("from", ""), zone).orElseGet(moments::now);
            var end = Typed.time(typed.getOrDefault("to", ""), zone).orElseGet(moments::now);
            var feed = Typed.feed(typed.getOrDefault("feed", ""));
            var asked = service.request(device.get(), feed, start, end, who.getUsername());
            next.addFlashAttribute(
                    "note",
                    String.format(
                            Locale.ROOT,
                            "%,d comparisons are queued. The rows below fill as they are made.",
                            asked.comparisons()));
            next.addAttribute("device", device.get());
        } catch (InvalidReconciliation e) {
            return refused("from", String.valueOf(e.getMessage()), typed, next);
        } catch (DateTimeException e) {
            return refused("from", "Enter from when to compare, as date and time.", typed, next);
        } catch (NoSuchDevice e) {
            return refused("device", "That device was removed.", typed, next);
        }
        return "redirect:" + LIST;
    }

    /** Back to the form, which has all that was typed, and the message beside the field. */
    private static String refused(String field, String message, Map<String, String> typed, RedirectAttributes next) {
        next.addFlashAttribute("compareProblem", message);
        next.addFlashAttribute(
                "compareForm",
                new TypedForm(Optional.empty(), typed, List.of(FieldProblem.error("compare_" + field, message))));
        return "redirect:" + LIST + "#compare";
    }
}
