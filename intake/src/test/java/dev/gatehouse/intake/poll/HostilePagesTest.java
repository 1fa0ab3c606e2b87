package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.http.Breakage;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.intake.poll.PageSlicer.UnreadablePage;
import dev.gatehouse.intake.testing.Flood;
import dev.gatehouse.intake.testing.RawServer;
import dev.gatehouse.model.Cloud;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page is refused where it shows that nobody can hold it, long before its end, and its connection is closed. */
class HostilePagesTest {

    private static final String PAGE = "HTTP/1.1 200 OK\r\n\r\n{\"value\":[{\"id\":\"1\"},";

    /** What the sockets of both sides hold of what nobody reads. */
    private static final long ON_THE_WAY = 16L * 1024 * 1024;

    private static final int RECORD = 1024 * 1024;
    private static final int REPEATED = 64 * 1024;

    private final PageMemory memory = PageMemory.of(32L * RECORD);
    private final PageSlicer slicer = PageSlicer.ofList("value", RECORD);
    private final CloudHttp http = new CloudHttp(HttpSettings.defaults(), memory, Instant::now);

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[", "{\"a\":", "[{\"a\":["})
    void aRecordThatIsNestedWithoutEnd(String opening) throws Exception {
        var flood = new Flood(PAGE, opening.repeat(REPEATED));

        assertThat(receive(flood)).isInstanceOf(HttpOutcome.Answered.class);

        assertThatThrownBy(slicer::slices)
                .isInstanceOfSatisfying(UnreadablePage.class, trouble -> assertThat(trouble.reason())
                        .contains("nested deeper than 10000 levels"));
        assertThat(flood.sent()).isLessThan(ON_THE_WAY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{\"title\":\" | x",
                "{\"evidence\":[ | {\"a\":[1,2]},",
                "{\"evidence\": | ' '",
                "{ | \"a\":1,",
            })
    void aRecordWithoutEnd(String begin, String then) throws Exception {
        var flood = new Flood(PAGE + begin, then.replace("'", "").repeat(REPEATED));

        var outcome = receive(flood);

        assertThat(((HttpOutcome.Broken) outcome).breakage()).isEqualTo(Breakage.RECORD_TOO_BIG);
        assertThat(flood.sent()).isLessThan(RECORD + ON_THE_WAY);
    }

    @ParameterizedTest
    @CsvSource({"{\", name", "{\"score\":, 7", "{\"score\":, 7.7"})
    void aNameOrNumberWithoutEnd(String begin, String then) throws Exception {
        var flood = new Flood(PAGE + begin + then, then.replace(".", "").repeat(REPEATED));

        receive(flood);

        assertThat(flood.sent()).isLessThan(2L * RECORD + ON_THE_WAY);
        assertThat(memory.used()).isZero();
    }

    @Test
    void anythingElseWithoutEndIsAsLargeAsAPageMayBe() throws Exception {
        var flood = new Flood("HTTP/1.1 200 OK\r\n\r\n{\"@odata.context\":[", "{\"a\":[1,2]},".repeat(REPEATED));

        var outcome = receive(flood);

        assertThat(((HttpOutcome.Broken) outcome).breakage()).isEqualTo(Breakage.TOO_BIG);
        assertThat(flood.sent()).isLessThan(memory.budget() + ON_THE_WAY);
    }

    private HttpOutcome receive(Flood flood) throws Exception {
        try (var server = new RawServer(flood);
                var room = memory.open()) {
            var cloud = new Cloud("pretend", server.address(), server.address(), Optional.empty());
            return http.send(cloud, Request.get(server.address()), room, slicer);
        }
    }
}
