package dev.gatehouse.workbench.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class HuntingPagesTest extends ScreenTest {

    @Autowired
    private Budgets budgets;

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
        budgets.close(contoso.directory(), Lane.HUNTING, Duration.ofMinutes(9));

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
                        "The hunting queries that this tenant may run at the moment are used up.",
                        "Try again in 9 min");
        assertThat(open("/hunting")).bodyText().contains("IdentityQueryEvents | take 3", "Use again");
    }
}
