package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.workbench.collect.UnreadableService;
import dev.gatehouse.workbench.collect.UnreadableService.Outcome;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.UnreadableRecords.Filter;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.DevicePicker;
import dev.gatehouse.workbench.web.frame.Links;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Text;
import dev.gatehouse.workbench.web.frame.Typed;
import dev.gatehouse.workbench.web.frame.Words;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Records that came and could not be understood: the list, and one of them with its text. */
@Controller
class UnreadablePages {

    static final String LIST = Links.UNREADABLE;

    private static final String ONE = LIST + "/{id}";
    private static final int ROWS = 50;

    private final UnreadableService service;
    private final DevicePicker picker;
    private final Links links;
    private final Words words;

    UnreadablePages(UnreadableService service, DevicePicker picker, Links links, Words words) {
        this.service = service;
        this.picker = picker;
        this.links = links;
        this.words = words;
    }

    /**
     * Which records somebody wants to see, as the address says it.
     *
     * @param filter the same for the store
     */
    public record UnreadableQuery(Filter filter) {

        static UnreadableQuery of(QueryParameters parameters) {
            return new UnreadableQuery(new Filter(
                    parameters.id("device", "device"),
                    parameters.oneOf("feed", "feed", Feed.values(), Feed::key),
                    parameters.time("from", "start"),
                    parameters.time("to", "end")));
        }

        public Address address() {
            return Address.of(LIST)
                    .with("device", filter.device().map(UUID::toString).orElse(""))
                    .with("feed", filter.feed().map(Feed::key).orElse(""))
                    .with("from", filter.from().map(Typed::text).orElse(""))
                    .with("to", filter.to().map(Typed::text).orElse(""));
        }
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(picker.read(scope, parameters));
        var query = UnreadableQuery.of(asked);
        var filter = query.filter();
        var page = asked.page();
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("query", query);
        model.addAttribute("list", service.list(scope, filter, (page - 1) * ROWS, ROWS));
        model.addAttribute("page", page);
        model.addAttribute("isFiltered", !filter.equals(Filter.none()));
        model.addAttribute("devices", picker.of(scope, query.filter().device()));
        model.addAttribute("feeds", Feed.values());
        model.addAttribute("address", query.address());
        return "show/unreadable";
    }

    @GetMapping(ONE)
    String one(Scope scope, @PathVariable UUID id, Model model) {
        model.addAttribute("record", service.require(scope, id));
        model.addAttribute("address", LIST + "/" + id);
        model.addAttribute("original", Text.of(service.original(scope, id)));
        return "show/unreadable-record";
    }

    /** The text exactly as Microsoft sent it. */
    @GetMapping(ONE + "/original")
    ResponseEntity<byte[]> original(Scope scope, @PathVariable UUID id) {
        return Text.download(service.original(scope, id), "unreadable-record");
    }

    @PostMapping(ONE + "/retry")
    String retry(Scope scope, @PathVariable UUID id, RedirectAttributes next) {
        return switch (service.retry(scope, id)) {
            case Outcome.Read(var record) -> {
                next.addFlashAttribute("note", "The record can be read now, and has moved to the others of its feed.");
                yield "redirect:" + pageOf(record);
            }
            case Outcome.LeftOut(var alert) -> {
                next.addFlashAttribute(
                        "note",
                        "The record can be read now. It is a vendor alert of %s, which is counted and not kept."
                                .formatted(words.product(words.brief(alert.serviceSource()))));
                yield "redirect:" + LIST;
            }
            case Outcome.StillUnreadable(var record) -> {
                next.addFlashAttribute("problem", "The record still cannot be read: %s.".formatted(record.reason()));
                yield "redirect:" + LIST + "/" + id;
            }
        };
    }

    private String pageOf(Collected record) {
        return switch (record) {
            case VendorAlert alert -> links.vendorAlert(alert.tenant(), Columns.key(alert.id()));
            case VendorIncident incident -> links.vendorIncident(incident.tenant(), Columns.key(incident.id()));
            case HuntingRow _ -> LIST;
        };
    }

    @PostMapping(LIST + "/retry")
    String retryAll(Scope scope, @RequestParam Map<String, String> parameters, RedirectAttributes next) {
        var asked = QueryParameters.of(picker.read(scope, parameters));
        var query = UnreadableQuery.of(asked);
        // What was not understood must not make it all records.
        if (asked.hasLeftOutValues()) {
            next.addFlashAttribute("problem", String.join(" ", asked.leftOutValues()) + " Nothing was tried again.");
            return "redirect:" + LIST;
        }
        var count = service.retryAll(scope, query.filter());
        next.addFlashAttribute(
                "note",
                count == 0
                        ? "There is no record to try again."
                        : "%s tried again now. This page shows what comes of it."
                                .formatted(words.count(count, "record is", "records are")));
        return "redirect:" + query.address();
    }

    @ExceptionHandler(UnreadableService.NoSuchRecord.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String gone() {
        return "error/404";
    }
}
