package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.PageNumber;
import dev.gatehouse.workbench.web.frame.Typed;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
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
    private final SecurityDevices devices;
    private final Settings settings;

    LedgerPages(Ledger ledger, SecurityDevices devices, Settings settings) {
        this.ledger = ledger;
        this.devices = devices;
        this.settings = settings;
    }

    /** The filters as they were typed. */
    public record LedgerQuery(String device, String feed, String purpose, String outcome, String from, String to) {

        static LedgerQuery of(Map<String, String> parameters) {
            return new LedgerQuery(
                    parameters.getOrDefault("device", ""),
                    parameters.getOrDefault("feed", ""),
                    parameters.getOrDefault("purpose", ""),
                    parameters.getOrDefault("outcome", ""),
                    parameters.getOrDefault("from", ""),
                    parameters.getOrDefault("to", ""));
        }

        /** What is not understood does not filter, as nobody can type it into a list of choices. */
        Ledger.Filter filter() {
            return new Ledger.Filter(
                    Typed.id(device),
                    Typed.feed(feed),
                    Purpose.of(purpose),
                    Ledger.Outcome.of(outcome),
                    Typed.time(from),
                    Typed.time(to));
        }

        Address address() {
            return Address.of(LIST)
                    .with("device", device)
                    .with("feed", feed)
                    .with("purpose", purpose)
                    .with("outcome", outcome)
                    .with("from", from)
                    .with("to", to);
        }
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var query = LedgerQuery.of(parameters);
        var page = PageNumber.of(parameters.getOrDefault("page", ""));
        var filter = Ledger.Filter.none();
        try {
            filter = query.filter();
            model.addAttribute("problem", "");
        } catch (DateTimeException e) {
            model.addAttribute("problem", Typed.TIME_PROBLEM);
        }
        model.addAttribute("query", query);
        model.addAttribute("list", ledger.list(scope, filter, (page - 1) * ROWS, ROWS));
        model.addAttribute("page", page);
        model.addAttribute("isFiltered", !filter.equals(Ledger.Filter.none()));
        model.addAttribute("devices", devices.all(scope));
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
