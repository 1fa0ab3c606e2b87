package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.workbench.budget.BudgetReport;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.frame.NameFilter;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Collection &gt; Request budget: how often Microsoft is asked for each tenant, and for what. */
@Controller
class BudgetPages {

    private static final String LIST = CollectionPages.HOME + "/budget";

    private final BudgetReport report;

    BudgetPages(BudgetReport report) {
        this.report = report;
    }

    @GetMapping(LIST)
    String list(Scope scope, @RequestParam Map<String, String> parameters, Model model) {
        var asked = QueryParameters.of(parameters);
        var filter = NameFilter.from(asked);
        var part = report.part(scope, filter.text(), filter.offset(), NameFilter.ROWS);
        model.addAttribute(QueryParameters.LEFT_OUT, asked.leftOut());
        model.addAttribute("filter", filter);
        model.addAttribute("list", part.devices());
        model.addAttribute("usages", part.usages());
        model.addAttribute("spenders", Spender.values());
        return "show/budget";
    }
}
