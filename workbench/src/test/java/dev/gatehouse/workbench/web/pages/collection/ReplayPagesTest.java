package dev.gatehouse.workbench.web.pages.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.replay.Replay;
import dev.gatehouse.workbench.replay.ReplayService;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

class ReplayPagesTest extends ScreenTest {

    @Autowired
    private ReplayService service;

    @Test
    void queuesARangeShowsItAndCancelsIt() {
        var address = "/settings/security-devices/" + device("Contoso").id();

        var sent = send(
                address + "/replays", Map.of("feed", "alerts", "from", "2026-11-20T08:30", "to", "2026-11-21T00:00"));

        assertThat(sent).hasStatus(HttpStatus.FOUND);
        var replay = only();
        assertThat(open(address))
                .hasStatusOk()
                .bodyText()
                .contains("2026-11-20 08:30:00 UTC", "2026-11-21 00:00:00 UTC", "0 %")
                // It is taken up at once, and nobody answers here.
                .containsAnyOf("Queued", "Running");

        assertThat(send(address + "/replays/" + replay.id() + "/cancel", Map.of()))
                .hasStatus(HttpStatus.FOUND);

        assertThat(only().state()).isEqualTo(Replay.State.CANCELLED);
    }

    @Test
    void saysWhatIsWrongWithARange() {
        var address = "/settings/security-devices/" + device("Contoso").id();

        assertThat(send(address + "/replays", Map.of("feed", "alerts", "from", "2026-11-24T00:00")))
                .flash()
                .containsEntry("replayProblem", "The range starts in the future. There is nothing to read there yet.");
        assertThat(send(address + "/replays", Map.of("feed", "alerts", "from", "soon")))
                .flash()
                .containsKey("replayProblem");
        assertThat(service.list(Scope.everything(), Optional.empty(), Optional.empty(), 0, 10)
                        .rows())
                .isEmpty();
    }

    @Test
    void letsAnalystsLookAndNotAsk() {
        var address = "/settings/security-devices/" + device("Contoso").id();

        assertThat(openAsAnalyst(address)).hasStatusOk().bodyText().doesNotContain("Read again");
        assertThat(sendAsAnalyst(address + "/replays", Map.of("feed", "alerts", "from", "2026-11-20T08:30")))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    private Replay only() {
        var replays = service.list(Scope.everything(), Optional.empty(), Optional.empty(), 0, 10)
                .rows();
        assertThat(replays).hasSize(1);
        return replays.getFirst();
    }
}
