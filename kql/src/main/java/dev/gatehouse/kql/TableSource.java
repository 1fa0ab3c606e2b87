package dev.gatehouse.kql;

import java.util.Optional;

/** Where a query finds the tables that it names. */
@FunctionalInterface
public interface TableSource {

    /** The table of exactly that name, or empty when the tenant does not have it. */
    Optional<Table> table(String name);
}
