package dev.gatehouse.workbench.web.pages.people;

import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.frame.NotHere;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where SOC people choose the organization that they look at. What they chose is a part of every address from then on. */
@Controller
class OrganizationSwitch {

    static final String PATH = "/organizations";

    private final Organizations organizations;

    OrganizationSwitch(Organizations organizations) {
        this.organizations = organizations;
    }

    @GetMapping(PATH)
    String choose(Scope scope, @RequestParam Optional<String> search, Model model) {
        if (!(scope instanceof Scope.Everything)) {
            throw new NotHere();
        }
        var words = search.orElse("").strip();
        var wanted = words.toLowerCase(Locale.ROOT);
        model.addAttribute("search", words);
        model.addAttribute(
                "organizations",
                organizations.all(scope).stream()
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).contains(wanted)
                                || each.shortName().toLowerCase(Locale.ROOT).startsWith(wanted))
                        .toList());
        return "show/choose-organization";
    }
}
