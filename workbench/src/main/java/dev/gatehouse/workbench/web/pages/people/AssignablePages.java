package dev.gatehouse.workbench.web.pages.people;

import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Suggests people to whom work can be given, for the fields of forms that name somebody. */
@Controller
class AssignablePages {

    private static final int MOST = 20;

    private final Accounts accounts;

    AssignablePages(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * The first of those whose name or e-mail address has what was typed.
     *
     * @param typed by the name of the field, which differs from form to form
     */
    @GetMapping("/people/assignable")
    String suggest(Scope scope, @RequestParam Map<String, String> typed, Model model) {
        var text = typed.getOrDefault("assignee", typed.getOrDefault("owner", ""));
        model.addAttribute("people", accounts.searchAssignable(scope, text, MOST));
        return "show/assignable";
    }
}
