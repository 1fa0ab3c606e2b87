package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A query that asks for too much ends with a message, soon, and without taking the simulator down with it. */
class KqlLimitsTest {

    private static final Answers ANSWERS = Answers.over().within(new KqlLimits(1_000, 2_000_000, 5_000_000));

    private static KqlException troubleWith(String query) {
        return catchThrowableOfType(KqlException.class, () -> ANSWERS.to(query));
    }

    private static String repeated(int times, String separator, String part) {
        return IntStream.range(0, times)
                .mapToObj(i -> part.replace("#", "" + i))
                .collect(Collectors.joining(separator));
    }

    @Test
    void theLimitsAreThoseOfMicrosoft() {
        assertThat(KqlLimits.microsofts().maximumRows()).isEqualTo(100_000);
        assertThat(KqlLimits.microsofts().maximumResultBytes()).isEqualTo(124_000_000);
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> new KqlLimits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cutsMoreRowsThanAllowed() {
        assertThat(ANSWERS.to("range x from 1 to 5000 step 1").rows()).hasSize(1_000);
    }

    @Test
    void countsRowsThatItWouldNotShow() {
        assertThat(ANSWERS.rows("range x from 1 to 5000 step 1 | count")).isEqualTo("5000");
    }

    @Test
    void refusesAnAnswerThatIsTooBig() {
        assertThat(troubleWith("range x from 1 to 900 step 1 | extend text = strrep('0123456789', 500)"))
                .hasMessageStartingWith("Query execution has exceeded the allowed result size")
                .extracting(KqlException::kind)
                .isEqualTo(KqlException.Kind.TOO_LARGE);
    }

    @Test
    void stopsAQueryThatWouldNotEnd() {
        assertThat(troubleWith("range x from 1 to 1000000000000 step 1 | where x < 0"))
                .hasMessage("Query exceeded the timeout period.")
                .extracting(KqlException::kind)
                .isEqualTo(KqlException.Kind.TIMED_OUT);
    }

    @Test
    void stopsAJoinThatMultipliesWithoutEnd() {
        assertThat(troubleWith("let T = range x from 1 to 100000 step 1 | extend k = 1;"
                                + "T | join kind=inner T on k | join kind=inner T on k | count")
                        .kind())
                .isIn(KqlException.Kind.TIMED_OUT, KqlException.Kind.TOO_LARGE);
    }

    @Test
    void stopsARegularExpressionThatTriesEverything() {
        assertThat(troubleWith("print strrep('a', 200) matches regex '(.*)(.*)(.*)(.*)(.*)z'")
                        .kind())
                .isEqualTo(KqlException.Kind.TIMED_OUT);
    }

    @Test
    void refusesARegularExpressionThatIsTooLong() {
        assertThat(troubleWith("print 'a' matches regex '" + "(a|".repeat(2_000) + "'")
                        .kind())
                .isEqualTo(KqlException.Kind.SEMANTIC);
    }

    @Test
    void refusesARegularExpressionThatNeedsTooMuchStack() {
        assertThat(troubleWith("print strrep(strrep('ab', 1000), 500) matches regex '^(a|b)*c'")
                        .kind())
                .isEqualTo(KqlException.Kind.SEMANTIC);
    }

    @Test
    void stopsATextThatDoublesAgainAndAgain() {
        assertThat(troubleWith("print x = 'ab'" + repeated(40, "", " | extend x = strcat(x, x)"))
                        .kind())
                .isEqualTo(KqlException.Kind.TOO_LARGE);
    }

    @Test
    void stopsAnArrayThatDoublesAgainAndAgain() {
        assertThat(troubleWith("print x = dynamic([1])" + repeated(60, "", " | extend x = pack_array(x, x)"))
                        .kind())
                .isEqualTo(KqlException.Kind.TOO_LARGE);
    }

    @Test
    void stopsNamesThatDoubleAgainAndAgain() {
        assertThat(troubleWith("let t0 = datatable(a:int)[];"
                                + repeated(60, "", "let t1 = union t0, t0; let t0 = union t1, t1;")
                                + "t0 | count")
                        .kind())
                .isEqualTo(KqlException.Kind.TIMED_OUT);
    }

    @Test
    void stopsFunctionsThatDoubleAgainAndAgain() {
        assertThat(troubleWith("let f0 = (x:long) { x + 1 };"
                                + IntStream.range(0, 40)
                                        .mapToObj(i -> "let f%d = (x:long) { f%d(x) + f%d(x) };".formatted(i + 1, i, i))
                                        .collect(Collectors.joining())
                                + "range y from 1 to 10 step 1 | extend z = f40(y)")
                        .kind())
                .isIn(KqlException.Kind.SEMANTIC, KqlException.Kind.TIMED_OUT);
    }

    @Test
    void stopsASortThatKeepsTooMuch() {
        assertThat(troubleWith(
                                "range x from 1 to 100000 step 1 | extend text = strrep('0123456789', 100) | sort by text")
                        .kind())
                .isEqualTo(KqlException.Kind.TOO_LARGE);
    }

    @Test
    void refusesParenthesesNestedTooDeep() {
        assertThat(troubleWith("print " + "(".repeat(100_000) + "1").kind()).isEqualTo(KqlException.Kind.SYNTAX);
        assertThat(troubleWith("print dynamic(" + "[".repeat(100_000)).kind()).isEqualTo(KqlException.Kind.SYNTAX);
        assertThat(troubleWith("print " + "-".repeat(100_000) + "1").kind()).isEqualTo(KqlException.Kind.SYNTAX);
    }

    @Test
    void refusesASumWithTooManyTerms() {
        assertThat(troubleWith("print 1" + " + 1".repeat(100_000)).kind()).isEqualTo(KqlException.Kind.SEMANTIC);
    }

    @Test
    void takesAConditionWithThousandsOfAlternatives() {
        assertThat(ANSWERS.rows("print x = 4999 | where " + repeated(5_000, " or ", "x == #") + " | count"))
                .isEqualTo("1");
        assertThat(ANSWERS.rows("print x = 4999 | where x in (" + repeated(5_000, ",", "#") + ") | count"))
                .isEqualTo("1");
    }

    @Test
    void refusesTooManyOperatorsColumnsAndCharacters() {
        assertThat(troubleWith("print x = 1" + " | where x == 1".repeat(5_000)).kind())
                .isEqualTo(KqlException.Kind.SEMANTIC);
        assertThat(troubleWith("print x = 1 | extend " + repeated(1_500, ", ", "c# = 1"))
                        .kind())
                .isEqualTo(KqlException.Kind.SEMANTIC);
        assertThat(troubleWith(" ".repeat(2_000_000)).kind()).isEqualTo(KqlException.Kind.SYNTAX);
    }
}
