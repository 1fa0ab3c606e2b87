package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {

    /** That of RFC 6238, Appendix B. */
    private static final String SECRET =
            new Base32().encodeToString("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** The last six of the eight digits that stand there. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void areThoseOfTheStandard(long second, String code) {
        assertThat(OneTimeCodes.codeAt(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void areTakenOneStepEarlyOrLateAndNotTwo() {
        var then = Instant.ofEpochSecond(1_111_111_111);
        var code = OneTimeCodes.codeAt(SECRET, then);
        var step = OneTimeCodes.stepOf(then);

        for (var seconds : new int[] {-30, 0, 30}) {
            assertThat(OneTimeCodes.stepOf(SECRET, code, then.plusSeconds(seconds)))
                    .hasValue(step);
        }
        for (var seconds : new int[] {-60, 60}) {
            assertThat(OneTimeCodes.stepOf(SECRET, code, then.plusSeconds(seconds)))
                    .isEmpty();
        }
    }

    @Test
    void haveASecretOf160BitsThatIsNeverTheSame() {
        assertThat(OneTimeCodes.drawSecret()).matches("[A-Z2-7]{32}").isNotEqualTo(OneTimeCodes.drawSecret());
    }
}
