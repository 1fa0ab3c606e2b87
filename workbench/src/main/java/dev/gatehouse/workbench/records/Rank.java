package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.Verbatim;

/** A severity as a number in the database, so that PostgreSQL can sort by it. Stored numbers never change meaning. */
final class Rank {

    private Rank() {}

    static int of(Severity severity) {
        return switch (severity) {
            case UNKNOWN -> 0;
            case INFORMATIONAL -> 1;
            case LOW -> 2;
            case MEDIUM -> 3;
            case HIGH -> 4;
        };
    }

    /** A word that we do not know ranks lowest. */
    static int of(Verbatim<Severity> severity) {
        return severity.known().map(Rank::of).orElse(0);
    }

    static Severity severity(int rank) {
        for (var severity : Severity.values()) {
            if (of(severity) == rank) {
                return severity;
            }
        }
        throw new IllegalArgumentException("There is no severity of rank " + rank);
    }
}
