package dev.gatehouse.workbench.web.pages.search;

import java.util.List;
import java.util.Optional;

/**
 * What was found of one kind.
 *
 * @param target which kind
 * @param hits the best first; never empty
 * @param more where all of them are, when there are more than these
 */
public record SearchGroup(SearchTarget target, List<SearchHit> hits, Optional<String> more) {

    public SearchGroup {
        hits = List.copyOf(hits);
    }
}
