package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.workbench.budget.BudgetReport;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.platform.database.Scope;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Collection &gt; Request budget: how often Microsoft is asked for each tenant, and for what. */
@Controller
class BudgetPages {

    private static final String LIST = CollectionPages.HOME + "/budget";

    private final BudgetReport report;

    BudgetPages(BudgetReport report) {
        this.report = report;
    }

    @GetMapping(LIST)
    String list(Scope scope, Model model) {
        model.addAttribute("usages", report.all(scope));
        model.addAttribute("spenders", Spender.values());
        return "show/budget";
    }
}
