package dev.gatehouse.workbench.web.pages.search;

import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.pages.search.Search.Searcher;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a search found: as a page, and as a list for the box that opens over every page. */
@Controller
class SearchPages {

    static final String PATH = "/search";

    private static final int MOST = 10;
    private static final int MOST_OF_ONE = 100;
    private static final int MOST_SUGGESTED = 4;

    private final Search search;

    SearchPages(Search search) {
        this.search = search;
    }

    @GetMapping(PATH)
    String page(
            Scope scope,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(name = "q", defaultValue = "") String typed,
            Model model) {
        var query = SearchQuery.of(typed);
        model.addAttribute("query", query);
        model.addAttribute("targets", SearchTarget.values());
        model.addAttribute(
                "groups",
                search.find(new Searcher(who, scope), query, query.only().isPresent() ? MOST_OF_ONE : MOST));
        return "show/search";
    }

    @GetMapping(PATH + "/suggestions")
    String suggestions(
            Scope scope,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(name = "q", defaultValue = "") String typed,
            Model model) {
        var query = SearchQuery.of(typed);
        model.addAttribute("query", query);
        model.addAttribute("groups", search.find(new Searcher(who, scope), query, MOST_SUGGESTED));
        return "show/search-suggestions";
    }
}
