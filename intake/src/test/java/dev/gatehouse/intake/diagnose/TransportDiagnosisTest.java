package dev.gatehouse.intake.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.http.Breakage;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransportDiagnosisTest {

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_HOST, UNREACHABLE",
        "REFUSED, UNREACHABLE",
        "UNREACHABLE, UNREACHABLE",
        "UNTRUSTED, UNTRUSTED",
        "TLS_FAILED, UNREACHABLE",
        "TIMED_OUT, TIMED_OUT",
        "NO_CONNECTION_FREE, UNREACHABLE",
        "BROKEN_OFF, BROKEN_OFF",
        "GARBLED, UNREADABLE_ANSWER",
        "ENDLESS_HEADERS, UNREADABLE_ANSWER",
        "TOO_BIG, TOO_BIG",
        "RECORD_TOO_BIG, TOO_BIG",
        "NO_ROOM, TOO_BIG",
    })
    void explainsEveryBreakage(Breakage breakage, Trouble trouble) {
        assertThat(TransportDiagnosis.of(broken(breakage)).trouble()).isEqualTo(trouble);
    }

    @ParameterizedTest
    @EnumSource(Breakage.class)
    void namesTheHostAndWhatToDoAndMayPass(Breakage breakage) {
        var diagnosis = TransportDiagnosis.of(broken(breakage));

        assertThat(diagnosis.cause()).contains("graph.microsoft.com");
        assertThat(diagnosis.cure()).isNotBlank();
        assertThat(diagnosis.trouble().isPassing()).isTrue();
    }

    private static HttpOutcome.Broken broken(Breakage breakage) {
        return new HttpOutcome.Broken(breakage, "graph.microsoft.com", Duration.ZERO, Answers.NOW);
    }
}
