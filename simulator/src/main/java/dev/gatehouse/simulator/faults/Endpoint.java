package dev.gatehouse.simulator.faults;

import java.util.List;
import java.util.Optional;

/** Where something can go wrong. */
public enum Endpoint {
    TOKEN,
    /** OpenID metadata, keys and instance discovery. */
    DISCOVERY,
    ALERTS,
    INCIDENTS,
    HUNTING;

    static Endpoint ofEntra(List<String> path) {
        return !path.isEmpty() && path.getLast().equals("token") ? TOKEN : DISCOVERY;
    }

    /** The endpoint under {@code /v1.0/security/}; empty for any other path. */
    static Optional<Endpoint> ofGraph(List<String> path) {
        return switch (path.size() < 3 ? "" : path.get(2)) {
            case "alerts_v2" -> Optional.of(ALERTS);
            case "incidents" -> Optional.of(INCIDENTS);
            case "runHuntingQuery", "microsoft.graph.security.runHuntingQuery" -> Optional.of(HUNTING);
            default -> Optional.empty();
        };
    }
}
