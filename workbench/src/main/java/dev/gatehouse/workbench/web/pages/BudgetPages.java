package dev.gatehouse.workbench.web.pages;

import dev.gatehouse.workbench.budget.BudgetReport;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.platform.database.Scope;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How often each tenant's Microsoft is asked, and for what. */
@Controller
class BudgetPages {

    private static final String LIST = CollectionPages.HOME + "/budget";

    private final BudgetReport desk;

    BudgetPages(BudgetReport desk) {
        this.desk = desk;
    }

    @GetMapping(LIST)
    String list(Scope scope, Model model) {
        model.addAttribute("usages", desk.all(scope));
        model.addAttribute("spenders", Spender.values());
        return "show/budget";
    }
}
