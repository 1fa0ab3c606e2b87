package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.Verbatim;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSeverityTest {

    private static RuleSeverity weight(Grade fidelity, Grade impact, Severity vendor) {
        return new RuleSeverity(fidelity, impact, vendor, Optional.empty());
    }

    private static Verbatim<Severity> said(String word) {
        return Verbatim.of(Severity.class, word);
    }

    @ParameterizedTest
    @CsvSource({
        "HIGH, HIGH, CRITICAL",
        "HIGH, MEDIUM, HIGH",
        "MEDIUM, HIGH, HIGH",
        "HIGH, LOW, MEDIUM",
        "MEDIUM, MEDIUM, MEDIUM",
        "LOW, HIGH, MEDIUM",
        "MEDIUM, LOW, LOW",
        "LOW, MEDIUM, LOW",
        "LOW, LOW, LOW",
    })
    void isFidelityTimesImpact(Grade fidelity, Grade impact, AlertSeverity expected) {
        assertThat(weight(fidelity, impact, Severity.MEDIUM).base()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "medium, medium, false, MEDIUM",
        "medium, high, false, HIGH",
        "medium, low, false, LOW",
        "high, informational, false, LOW",
        "low, high, false, HIGH",
        "medium, medium, true, LOW",
        "medium, high, true, MEDIUM",
        "medium, low, true, LOW",
        "medium, unknownFutureValue, false, MEDIUM",
        "medium, unknown, false, MEDIUM",
        "medium, '', false, MEDIUM",
    })
    void goesAStepWithMicrosoftAndAStepDownWhenItWasStopped(
            String usual, String said, boolean isMitigated, AlertSeverity expected) {
        var weight = weight(Grade.MEDIUM, Grade.MEDIUM, said(usual).known().orElseThrow());

        assertThat(weight.of(said(said), isMitigated).severity()).isEqualTo(expected);
    }

    @Test
    void saysHowItCameAbout() {
        assertThat(weight(Grade.HIGH, Grade.HIGH, Severity.HIGH)
                        .of(said("medium"), true)
                        .reason())
                .isEqualTo(
                        "High fidelity × high impact is Critical; Microsoft calls this one medium where high is usual, so one step"
                                + " lower; what it reports was stopped, so one step lower");
        assertThat(weight(Grade.LOW, Grade.LOW, Severity.HIGH)
                        .of(said("low"), false)
                        .reason())
                .isEqualTo(
                        "Low fidelity × low impact is Low; Microsoft calls this one low where high is usual, so it stays Low,"
                                + " which is the lowest");
    }
}
