package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.http.BodyTaker.RecordTooBig;
import dev.gatehouse.intake.poll.PageSlicer.UnreadablePage;
import dev.gatehouse.model.Original;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSlicerTest {

    private static final int LARGEST = 1024 * 1024;

    @Test
    void keepsEachRecordByteForByte() throws UnreadablePage {
        var first = "{ \"id\" :\"1\",\"n\": 1.50e0 , \"title\":\"Gr\u00fc\u00dfe \\u00e9 \uD83D\uDE00\"}";
        var second = "{\"id\":\"2\",\"evidence\":[{\"a\":[1,2,{\"b\":null}]}]}";

        var slices = slice("{\"@odata.context\":\"x\",\"value\":[\n  " + first + " ,\r\n" + second + "\n]}");

        assertThat(slices.records()).containsExactly(Original.of(first), Original.of(second));
    }

    @Test
    void findsTheLinkBeforeAndBehindTheList() throws UnreadablePage {
        assertThat(slice("{\"@odata.nextLink\":\"https://a/1\",\"value\":[]}").nextLink())
                .contains("https://a/1");
        assertThat(slice("{\"value\":[{}],\"@odata.nextLink\":\"https:\\/\\/a/2\"}")
                        .nextLink())
                .contains("https://a/2");
    }

    @Test
    void passesOverListsAndLinksInsideOtherMembers() throws UnreadablePage {
        var slices = slice("{\"x\":{\"value\":[1],\"@odata.nextLink\":\"https://evil\"},\"value\":[{\"value\":[2]}]}");

        assertThat(slices.records()).containsExactly(Original.of("{\"value\":[2]}"));
        assertThat(slices.nextLink()).isEmpty();
    }

    @Test
    void keepsElementsThatAreNoObjects() throws UnreadablePage {
        var slices = slice("{\"value\":[ null , 17,\"te\\\"xt\" ,[1, 2],true,-1.5e3]}");

        assertThat(slices.records())
                .extracting(Original::text)
                .containsExactly("null", "17", "\"te\\\"xt\"", "[1, 2]", "true", "-1.5e3");
    }

    @Test
    void oneVeryDeepOrLongRecordDoesNotSpoilThePage() throws UnreadablePage {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);
        var longNumber = "1".repeat(3_000);
        var longName = "{\"" + "n".repeat(200_000) + "\":" + longNumber + "}";

        var slices = slice("{\"value\":[" + deep + "," + longName + ",{\"id\":\"1\"}]}");

        assertThat(slices.records()).extracting(Original::text).containsExactly(deep, longName, "{\"id\":\"1\"}");
    }

    @Test
    void takesARecordThatIsAsDeepAndAsLargeAsItMayBe() throws UnreadablePage {
        // The page and its list are two levels.
        var deep = "[".repeat(PageSlicer.DEEPEST - 2) + "]".repeat(PageSlicer.DEEPEST - 2);
        var large = "\"" + "x".repeat(LARGEST - 2) + "\"";

        assertThat(slice("{\"value\":[" + deep + "," + large + "]}").records())
                .extracting(Original::text)
                .containsExactly(deep, large);
    }

    @Test
    void refusesWhatIsDeeperOrLarger() {
        var deep = "[".repeat(PageSlicer.DEEPEST) + "]".repeat(PageSlicer.DEEPEST);
        var large = "\"" + "x".repeat(LARGEST - 1) + "\"";

        assertThatThrownBy(() -> slice("{\"value\":[" + deep + "]}")).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> slice("{\"value\":[" + large + "]}")).hasRootCauseInstanceOf(RecordTooBig.class);
    }

    /** The bytes of a page come in pieces whose edges may be anywhere. */
    @RepeatedTest(50)
    void cutsTheSameHoweverItComes(RepetitionInfo repetition) throws UnreadablePage {
        var random = new Random(repetition.getCurrentRepetition());
        var records = Stream.generate(() -> record(random)).limit(40).toList();
        var page = "{\"@odata.context\":\"" + "c".repeat(random.nextInt(20_000)) + "\",\"value\" : ["
                + String.join(" ".repeat(random.nextInt(3)) + ",", records) + "],\"@odata.nextLink\":\"https://a/2\"}";

        var slices = slice(new Dripping(page, random), "value");

        assertThat(slices.records()).extracting(Original::text).containsExactlyElementsOf(records);
        assertThat(slices.nextLink()).contains("https://a/2");
    }

    private static String record(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 -> "\"\u00fc" + "\uD83D\uDE00".repeat(random.nextInt(3_000)) + "\"";
            case 2 -> "[".repeat(50) + "{\"a\" : -1.5e3}" + "]".repeat(50);
            case 3 -> "{\"id\":\"" + "i".repeat(random.nextInt(20_000)) + "\",\"value\":[1,2]}";
            default -> "{\"id\":\"%d\"}".formatted(random.nextInt(10));
        };
    }

    /** Gives as many bytes at a time as it likes. */
    private static final class Dripping extends ByteArrayInputStream {

        private final Random random;

        Dripping(String text, Random random) {
            super(text.getBytes(StandardCharsets.UTF_8));
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] into, int from, int length) {
            var most = random.nextBoolean() ? 3 : 9_000;
            return super.read(into, from, Math.min(length, 1 + random.nextInt(most)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "<html><body>Sign in</body></html>",
                "{\"value\":[{\"id\":\"1\"}",
                "{\"value\":[{\"id\":\"1\"},{\"id\":",
                "{\"value\":[{\"id\":\"1\"}]",
                "{\"value\":[{\"id\":\"1\"}]} x",
                "{\"value\":[{\"id\":\"1\"}]}{}",
                "{\"value\":[{'id':1}]}",
                "{\"value\":{\"id\":\"1\"}}",
                "{\"value\":null}",
                "[{\"id\":\"1\"}]",
                "{\"error\":{\"code\":\"x\"}}",
                "\"value\"",
            })
    void refusesWhatIsNoPage(String text) {
        assertThatThrownBy(() -> slice(text)).isInstanceOf(UnreadablePage.class);
    }

    @Test
    void quotesNothingOfAPageThatItRefuses() {
        assertThatThrownBy(() -> slice("{\"value\":[{\"title\":\"top secret\", oops"))
                .isInstanceOf(UnreadablePage.class)
                .message()
                .doesNotContain("secret", "oops");
    }

    @Test
    void readsAPageWithAByteOrderMark() throws UnreadablePage {
        assertThat(slice("\uFEFF{\"value\":[{\"id\":\"1\"}]}").records())
                .containsExactly(Original.of("{\"id\":\"1\"}"));
    }

    @Test
    void refusesAPageInAnotherEncoding() {
        var utf16 = "{\"value\":[{\"id\":\"1\"}]}".getBytes(Charset.forName("UTF-16LE"));

        assertThatThrownBy(() -> slice(utf16, "value")).isInstanceOf(UnreadablePage.class);
    }

    @Test
    void readsTheListThatHuntingCallsResults() throws UnreadablePage {
        var page = "{\"schema\":[{\"name\":\"Timestamp\"}],\"results\":[{\"Timestamp\":\"t\"}]}";

        assertThat(slice(page.getBytes(StandardCharsets.UTF_8), "results").records())
                .containsExactly(Original.of("{\"Timestamp\":\"t\"}"));
    }

    private static PageSlicer.Slices slice(String page) throws UnreadablePage {
        return slice(page.getBytes(StandardCharsets.UTF_8), "value");
    }

    private static PageSlicer.Slices slice(byte[] page, String list) throws UnreadablePage {
        return slice(new ByteArrayInputStream(page), list);
    }

    private static PageSlicer.Slices slice(InputStream page, String list) throws UnreadablePage {
        var slicer = PageSlicer.ofList(list, LARGEST);
        try {
            slicer.take(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return slicer.slices();
    }
}
