package dev.gatehouse.workbench.web.pages.detections;

import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.suppressions.Suppression.Standing;
import dev.gatehouse.workbench.suppressions.SuppressionFilter;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Column;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.util.List;
import java.util.Optional;

/**
 * Which suppressions somebody wants to see, as the address says it.
 *
 * @param text part of a name, an owner, a rule, a condition or a reason
 * @param standing as people see it; empty for all
 * @param place where in the list
 */
public record SuppressionQuery(String text, Optional<Standing> standing, Optional<Place> place) {

    static final int ROWS = 50;

    static SuppressionQuery from(QueryParameters asked) {
        return new SuppressionQuery(
                asked.text("text"),
                asked.oneOf("state", "state", Standing.values(), Standing::key),
                Place.of(asked.text("place")));
    }

    SuppressionFilter filter() {
        return new SuppressionFilter(text, standing);
    }

    public boolean isFiltered() {
        return !text.isEmpty() || standing.isPresent();
    }

    /** The list with these filters, from its beginning. */
    public Address address() {
        return Address.of(SuppressionPages.LIST)
                .with("text", text)
                .with("state", standing.map(Standing::key).orElse(""));
    }

    /** The list with another state. */
    Address tab(Optional<Standing> other) {
        return address().with("state", other.map(Standing::key).orElse(""));
    }

    Address at(Place other) {
        return address().with("place", other.text());
    }

    static List<Column> columns() {
        return List.of(
                Column.of("state", "State"),
                Column.of("suppression", "Suppression").fixed(),
                Column.of("organization", "Organization"),
                Column.of("rule", "Rule"),
                Column.of("owner", "Owner"),
                Column.of("closed", "Closed alerts").number(),
                Column.of("last", "Last"),
                Column.of("review", "Review"),
                Column.of("end", "End"));
    }
}
