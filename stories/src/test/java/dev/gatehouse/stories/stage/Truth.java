package dev.gatehouse.stories.stage;

import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every version of every alert of Defender for Identity that a pretend cloud has shown, as {@code id at time}. The cloud's
 * time must stand still between two looks: a version that is overtaken between them was never readable.
 */
public final class Truth {

    private final Map<UUID, Set<String>> versions = new HashMap<>();

    /** A source of time that stands still; the simulator's own clock adds the moves. */
    public record StandingClock(Instant instant) implements InstantSource {}

    /** Remembers what can be read now. */
    public void note(Simulator simulator) {
        var now = simulator.clock().instant();
        for (var tenant : simulator.tenants()) {
            var seen = versions.computeIfAbsent(tenant.tenantId(), id -> new HashSet<>());
            tenant.defender().alerts(now).stream()
                    .filter(Truth::isFromDefenderForIdentity)
                    .map(record -> Store.version(
                            record.get("id").asString(),
                            Instant.parse(record.get("lastUpdateDateTime").asString())))
                    .forEach(seen::add);
        }
    }

    /** What could be read of a tenant so far. */
    public Set<String> of(SimulatedTenant tenant) {
        return versions.getOrDefault(tenant.tenantId(), Set.of());
    }

    private static boolean isFromDefenderForIdentity(ObjectNode alert) {
        return "microsoftDefenderForIdentity".equals(alert.path("serviceSource").asString())
                || "microsoftDefenderForIdentity"
                        .equals(alert.path("detectionSource").asString());
    }
}
