package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.platform.database.ReadView;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.List;
import java.util.function.Function;

/** Where the rows of a resource are. */
public sealed interface Table {
    /**
     * In the database, where they are filtered and sorted.
     *
     * @param view of whoever owns the tables
     */
    record Stored(ReadView view) implements Table {}

    /**
     * In memory: there are few of them, and what clients filter by is known only after looking at each.
     *
     * @param all those that are in a scope
     */
    record Listed(Function<Scope, List<Row>> all) implements Table {}

    /** Nowhere: known clients ask for them, and Gatehouse has none. */
    record Empty() implements Table {}
}
