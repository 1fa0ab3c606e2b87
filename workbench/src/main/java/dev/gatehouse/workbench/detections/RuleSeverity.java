package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.Verbatim;
import java.util.Locale;
import java.util.Optional;

/**
 * How the severity of a rule's alerts comes about.
 *
 * @param fidelity how often the detection is true
 * @param impact how much harm it means when it is
 * @param vendor the severity that Microsoft's documentation gives this detection
 * @param mitigated a condition in CEL that is true when what is reported was stopped; empty for the usual one
 */
public record RuleSeverity(Grade fidelity, Grade impact, Severity vendor, Optional<String> mitigated) {

    /** True when all evidence that Microsoft calls malicious was blocked or prevented, and there is some. */
    static final String USUALLY_MITIGATED = """
            alert.evidence.exists(e, e.verdict == "malicious") &&
            alert.evidence.all(e, e.verdict != "malicious" || e.remediation_status in ["prevented", "blocked"])
            """;

    /**
     * A severity with its explanation.
     *
     * @param severity what it is
     * @param reason a sentence, without a full stop
     */
    record Weighed(AlertSeverity severity, String reason) {}

    /** The severity of fidelity and impact alone. */
    public AlertSeverity base() {
        return switch (fidelity) {
            case HIGH -> byImpact(AlertSeverity.CRITICAL, AlertSeverity.HIGH, AlertSeverity.MEDIUM);
            case MEDIUM -> byImpact(AlertSeverity.HIGH, AlertSeverity.MEDIUM, AlertSeverity.LOW);
            case LOW -> byImpact(AlertSeverity.MEDIUM, AlertSeverity.LOW, AlertSeverity.LOW);
        };
    }

    private AlertSeverity byImpact(AlertSeverity high, AlertSeverity medium, AlertSeverity low) {
        return switch (impact) {
            case HIGH -> high;
            case MEDIUM -> medium;
            case LOW -> low;
        };
    }

    /**
     * The severity of one alert.
     *
     * @param said what Microsoft calls this very one
     * @param isMitigated whether what it reports was stopped
     */
    Weighed of(Verbatim<Severity> said, boolean isMitigated) {
        var severity = base();
        var reason = new StringBuilder(
                "%s fidelity × %s impact is %s".formatted(fidelity.title(), impact.key(), severity.title()));
        var step = said.known()
                .filter(word -> word != Severity.UNKNOWN)
                .map(word -> Integer.signum(word.compareTo(vendor)))
                .orElse(0);
        if (step != 0) {
            var moved = step > 0 ? severity.up() : severity.down();
            reason.append("; Microsoft calls this one %s where %s is usual, so %s"
                    .formatted(word(said), vendor.name().toLowerCase(Locale.ROOT), moved(severity, moved, step)));
            severity = moved;
        }
        if (isMitigated) {
            var moved = severity.down();
            reason.append("; what it reports was stopped, so %s".formatted(moved(severity, moved, -1)));
            severity = moved;
        }
        return new Weighed(severity, reason.toString());
    }

    private static String word(Verbatim<Severity> said) {
        return said.known().orElseThrow().name().toLowerCase(Locale.ROOT);
    }

    private static String moved(AlertSeverity from, AlertSeverity to, int step) {
        if (from == to) {
            return "it stays %s, which is the %s".formatted(to.title(), step > 0 ? "highest" : "lowest");
        }
        return "one step %s".formatted(step > 0 ? "higher" : "lower");
    }
}
