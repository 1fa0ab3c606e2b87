package dev.gatehouse.workbench.web.pages.hunting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.budget.Refusals;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class HuntingPagesTest extends ScreenTest {

    @Autowired
    private Pauses pauses;

    @Test
    void offersTheDevicesAndAnExample() {
        device("Contoso");

        assertThat(open("/hunting"))
                .hasStatusOk()
                .bodyText()
                .contains("Contoso", "IdentityLogonEvents", "Nobody has hunted");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(send("/hunting", Map.of("query", "T"))).bodyText().contains("Choose a security device.");
        assertThat(send("/hunting", Map.of("device", UUID.randomUUID().toString(), "query", "T")))
                .bodyText()
                .contains("This security device is gone.");
        assertThat(send("/hunting", Map.of("device", device("Contoso").id().toString(), "query", " ")))
                .bodyText()
                .contains("The query is empty.");
    }

    @Test
    void notesWhoRanWhatAlsoWhenThereIsNoRoom() {
        var contoso = device("Contoso");
        pauses.failed(contoso.directory(), RequestKind.HUNTING, Refusals.throttled(Duration.ofMinutes(9)));

        assertThat(sendAsAnalyst(
                        "/hunting",
                        Map.of(
                                "device",
                                contoso.id().toString(),
                                "query",
                                "IdentityQueryEvents | take 3",
                                "timespan",
                                "PT1H")))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Please retry again later.",
                        "Nothing of this kind is asked for in this tenant until 12:09:00 UTC.");
        assertThat(open("/hunting")).bodyText().contains("IdentityQueryEvents | take 3", "Use again");
    }
}
