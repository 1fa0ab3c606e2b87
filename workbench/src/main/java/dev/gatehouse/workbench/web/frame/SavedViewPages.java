package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.people.SavedViews;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Views that somebody keeps: a name for the address of a page with its filters, sorting and range. */
@Controller
class SavedViewPages {

    private static final String LIST = Links.VIEWS;

    private final SavedViews views;

    SavedViewPages(SavedViews views) {
        this.views = views;
    }

    @GetMapping(LIST)
    String list(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("kept", views.of(who.account().id()));
        return "show/views";
    }

    @GetMapping(LIST + "/add")
    String add(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = Links.ALERTS) String address,
            Model model) {
        var typed = Map.of("name", name, "address", address);
        model.addAttribute("form", new TypedForm(Optional.empty(), typed, List.of()));
        return "show/view-form";
    }

    @PostMapping(LIST)
    ModelAndView save(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String address) {
        try {
            views.save(who.account().id(), name, address.strip());
        } catch (InvalidFields e) {
            var typed = Map.of("name", name, "address", address);
            return new ModelAndView(
                    "show/view-form",
                    Map.of("form", new TypedForm(Optional.empty(), typed, e.problems())),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        // Braces would be taken for the names of variables.
        return new ModelAndView(
                "redirect:" + address.strip().replace("{", "%7B").replace("}", "%7D"));
    }

    @PostMapping(LIST + "/{id}/remove")
    String remove(@AuthenticationPrincipal SignedIn who, @PathVariable UUID id) {
        if (!views.remove(who.account().id(), id)) {
            throw new NotHere();
        }
        return "redirect:" + LIST;
    }
}
