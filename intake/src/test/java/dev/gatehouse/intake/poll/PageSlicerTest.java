package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.poll.PageSlicer.UnreadablePage;
import dev.gatehouse.model.Original;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSlicerTest {

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

        assertThatThrownBy(() -> PageSlicer.slice(utf16, "value")).isInstanceOf(UnreadablePage.class);
    }

    @Test
    void readsTheListThatHuntingCallsResults() throws UnreadablePage {
        var page = "{\"schema\":[{\"name\":\"Timestamp\"}],\"results\":[{\"Timestamp\":\"t\"}]}";

        assertThat(PageSlicer.slice(page.getBytes(StandardCharsets.UTF_8), "results")
                        .records())
                .containsExactly(Original.of("{\"Timestamp\":\"t\"}"));
    }

    private static PageSlicer.Slices slice(String page) throws UnreadablePage {
        return PageSlicer.slice(page.getBytes(StandardCharsets.UTF_8), "value");
    }
}
