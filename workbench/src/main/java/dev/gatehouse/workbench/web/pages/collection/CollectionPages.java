package dev.gatehouse.workbench.web.pages.collection;

import dev.gatehouse.workbench.web.frame.Links;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The way into the screens on collecting, each of which has a controller of its own. */
@Controller
class CollectionPages {

    static final String HOME = Links.COLLECTION;

    @GetMapping(HOME)
    String home() {
        return "redirect:" + HOME + "/ledger";
    }
}
