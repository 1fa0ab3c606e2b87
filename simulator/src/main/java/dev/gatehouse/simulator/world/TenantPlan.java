package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a pretend tenant follows from.
 *
 * @param name the company
 * @param tenantId the directory id, when someone else decides it; null lets the seed decide
 * @param seed the same name and seed give the same company
 * @param start when its present begins: before it lie thirty days of history, after it the running attacks
 * @param missingTables hunting tables that this tenant does not have
 * @param opensWithDirectoryTheft whether the first attack after the start is the one with a DCSync; otherwise the seed
 *     decides
 * @param remembersVersions whether {@link SimulatedDefender#versions} keeps count; costs memory without bound
 */
public record TenantPlan(
        String name,
        @Nullable String tenantId,
        long seed,
        Instant start,
        Pace pace,
        Set<String> missingTables,
        boolean opensWithDirectoryTheft,
        boolean remembersVersions) {

    /** Copies the set. */
    public TenantPlan {
        missingTables = Set.copyOf(missingTables);
    }

    /** A tenant with all tables, that forgets old versions. */
    public static TenantPlan of(String name, long seed, Instant start, Pace pace) {
        return new TenantPlan(name, null, seed, start, pace, Set.of(), false, false);
    }

    /** The same company in the Entra tenant of that id. */
    public TenantPlan inDirectory(String id) {
        return new TenantPlan(name, id, seed, start, pace, missingTables, opensWithDirectoryTheft, remembersVersions);
    }

    /** The same tenant without that hunting table, as if the product that fills it were not deployed. */
    public TenantPlan withoutTable(String table) {
        var missing = new HashSet<>(missingTables);
        missing.add(table);
        return new TenantPlan(name, tenantId, seed, start, pace, missing, opensWithDirectoryTheft, remembersVersions);
    }

    /** The same tenant, in which the first attack leads to a DCSync within about ten minutes of its script. */
    public TenantPlan openingWithDirectoryTheft() {
        return new TenantPlan(name, tenantId, seed, start, pace, missingTables, true, remembersVersions);
    }

    /** The same tenant, which remembers every version of every record for tests. */
    public TenantPlan rememberingVersions() {
        return new TenantPlan(name, tenantId, seed, start, pace, missingTables, opensWithDirectoryTheft, true);
    }
}
