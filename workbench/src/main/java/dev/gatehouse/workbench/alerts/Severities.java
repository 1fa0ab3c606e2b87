package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.detections.AlertSeverity;
import java.util.Arrays;

/** Severities as the database sorts them: a higher number is worse. */
final class Severities {

    private Severities() {}

    static int rank(AlertSeverity severity) {
        return switch (severity) {
            case CRITICAL -> 5;
            case HIGH -> 4;
            case MEDIUM -> 3;
            case LOW -> 2;
            case TESTING -> 1;
            case TUNING -> 0;
        };
    }

    static AlertSeverity of(int rank) {
        return Arrays.stream(AlertSeverity.values())
                .filter(severity -> rank(severity) == rank)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No severity has rank " + rank));
    }

    /** Whether it is as bad as another or worse. */
    static boolean isAtLeast(AlertSeverity severity, AlertSeverity least) {
        return rank(severity) >= rank(least);
    }
}
