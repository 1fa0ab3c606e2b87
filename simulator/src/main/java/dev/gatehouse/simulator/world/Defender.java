package dev.gatehouse.simulator.world;

import dev.gatehouse.kql.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Microsoft Defender shows of one tenant. Time only moves forward: asking for an instant lets everything happen
 * that is due until then. Safe for use by many threads.
 */
public interface Defender {

    /** Every alert that can be read at that instant, in its state at that instant, in no particular order. */
    List<ObjectNode> alerts(Instant now);

    /** Every incident that can be read at that instant, without its alerts, in no particular order. */
    List<ObjectNode> incidents(Instant now);

    /** A table of advanced hunting with the rows that can be read at that instant; empty when the tenant lacks it. */
    Optional<Table> table(String name, Instant now);

    /**
     * Every version of every alert that was readable at some time until that instant, older versions of an alert before
     * newer ones: the truth that a collector's store is measured against. Whoever keeps no history answers with the
     * present state.
     */
    default List<ObjectNode> alertVersions(Instant now) {
        return alerts(now);
    }

    /** Every version of every incident that was readable at some time until that instant; see {@link #alertVersions}. */
    default List<ObjectNode> incidentVersions(Instant now) {
        return incidents(now);
    }
}
