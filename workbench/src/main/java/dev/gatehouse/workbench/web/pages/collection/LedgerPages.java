package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.DevicePicker;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Typed;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The poll ledger: every window that was read, and what became of it. */
@Controller
class LedgerPages {

    static final String LIST = CollectionPages.HOME + "/ledger";

    private static final int ROWS = 50;

    private final Ledger ledger;
    private final DevicePicker picker;
    private final Settings settings;

    LedgerPages(Ledger ledger, DevicePicker picker, Settings settings) {
        this.ledger = ledger;
        this.picker = picker;
        this.settings = settings;
    }

    /**
     * Which windows somebody wants to see, as the address says it.
     *
     * @param filter the same for the ledger
     */
    public record LedgerQuery(Ledger.Filter filter) {

        static LedgerQuery of(QueryParameters parameters) {
            return new LedgerQuery(new Ledger.Filter(
                    parameters.id("device", "device"),
                    parameters.oneOf("feed", "feed", Feed.values(), Feed::key),
                    parameters.oneOf("purpose", "purpose", Purpose.values(), Purpose::key),
                    parameters.oneOf("outcome", "outcome", Ledger.Outcome.values(), Ledger.Outcome::key),
                    parameters.time("from", "start"),
                    parameters.time("to", "end")));
        }

        Address address() {
            return Address.of(LIST)
                    .with("device", filter.device().map(UUID::toString).orElse(""))
                    .with("feed", filter.feed().map(Feed::key).orElse(""))
                    .with("purpose", filter.purpose().map(Purpose::key).orElse(""))
                    .with("outcome", filter.outcome().map(Ledger.Outcome::key).orElse(""))
                    .with("from", filter.from().map(Typed::text).orElse(""))
                    .with("to", filter.to().map(Typed::text).orElse(""));
        }
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(picker.read(scope, parameters));
        var query = LedgerQuery.of(asked);
        var filter = query.filter();
        var page = asked.page();
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("query", query);
        model.addAttribute("list", ledger.list(scope, filter, (page - 1) * ROWS, ROWS));
        model.addAttribute("page", page);
        model.addAttribute("isFiltered", !filter.equals(Ledger.Filter.none()));
        model.addAttribute("devices", picker.of(scope, query.filter().device()));
        model.addAttribute("feeds", Feed.values());
        model.addAttribute("purposes", Purpose.values());
        model.addAttribute("outcomes", Ledger.Outcome.values());
        model.addAttribute("kept", inWords(settings.poll().keepLedger()));
        model.addAttribute("address", query.address());
        return "show/ledger";
    }

    private static String inWords(Duration duration) {
        return duration.compareTo(Duration.ofDays(2)) < 0 ? duration.toHours() + " hours" : duration.toDays() + " days";
    }
}
