package dev.gatehouse.intake.diagnose;

import static dev.gatehouse.intake.diagnose.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletenessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                // Another product was silent.
                "200 | 199 - \"Microsoft/WDATP/504/10000\" | true",
                "206 | 199 - \"Microsoft/WDATP/504/10000\" | true",
                "200 | 199 - \"Microsoft/Office 365/429/10\", 199 - \"Microsoft/MCAS/503/9\" | true",
                "206 | 199 - \"Palo Alto Networks/NGFW/504/10000\" | true",
                "206 | Microsoft/MDATP/504/20000 | true",
                // Ours was, or may have been.
                "200 | 199 - \"Microsoft/MDI/504/10000\" | false",
                "206 | 199 - \"Microsoft/AATP/504/10000\" | false",
                "200 | 199 - \"Microsoft/Azure Advanced Threat Protection/500/7\" | false",
                "200 | 199 - \"Microsoft/WDATP/504/1\", 199 - \"Microsoft/MDI/504/1\" | false",
                "206 | 199 - \"Microsoft/Something New/504/10000\" | false",
                // A part, and nobody is named.
                "206 | 199 - \"some of it\" | false",
                "206 | 199 - \"Microsoft/MDI/200/15\" | false",
                // Named, and well.
                "200 | 199 - \"Microsoft/MDI/200/15\" | true",
                // Words.
                "200 | 299 - \"This version is deprecated\" | true",
                "200 | 214 gateway \"Transformation applied\" | true",
                "200 | whatever | true",
                // A cache, which shows how things were.
                "200 | 110 proxy \"Response is stale\" | false",
                "200 | 111 proxy \"Revalidation failed\" | false",
                "200 | 113 proxy \"Heuristic expiration\" | false",
            })
    void tellsWhetherSomethingOfOursMayBeMissing(int status, String warning, boolean isWhole) {
        var completeness = Completeness.of(answer(status, "{}", "Warning", warning));

        assertThat(completeness.isWhole()).isEqualTo(isWhole);
        assertThat(completeness.words()).isNotEmpty();
    }

    @Test
    void needsNoWarningToBelieveTheStatus() {
        assertThat(Completeness.of(answer(200, "{}"))).isEqualTo(new Completeness(true, ""));
        assertThat(Completeness.of(answer(206, "{}"))).isEqualTo(new Completeness(false, ""));
    }
}
