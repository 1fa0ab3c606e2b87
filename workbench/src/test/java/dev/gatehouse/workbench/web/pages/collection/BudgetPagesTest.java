package dev.gatehouse.workbench.web.pages.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.budget.Refusals;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BudgetPagesTest extends ScreenTest {

    private static final String BUDGET = "/settings/collection/budget";

    @Autowired
    private Budgets budgets;

    @Autowired
    private Pauses pauses;

    @Test
    void showsWhatWasUsedAndWhatMicrosoftWants() {
        var contoso = device("Contoso");
        for (var query = 0; query < 7; query++) {
            budgets.take(contoso.directory(), RequestKind.HUNTING, Spender.PEOPLE);
        }
        pauses.failed(contoso.directory(), RequestKind.HUNTING, Refusals.throttled(Duration.ofMinutes(7)));

        assertThat(open(BUDGET))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Contoso",
                        "of 40",
                        "of 50",
                        "Hunting queries",
                        "Wants us to wait",
                        "in 7 min",
                        "Please retry again later.")
                .containsPattern("<td class=\"number\">7</td>");
        assertThat(open("/settings/security-devices/" + contoso.id()))
                .hasStatusOk()
                .bodyText()
                .contains("of 40");
    }

    @Test
    void saysThatThereIsNothingToShow() {
        assertThat(open(BUDGET)).hasStatusOk().bodyText().contains("No security device");
    }

    @Test
    void showsTheDevicesWithATextInTheirNameAndAPageOfThem() {
        for (var number = 1; number <= 51; number++) {
            device("Site %02d".formatted(number));
        }
        device("Harbour");

        assertThat(open(BUDGET + "?q=HARB"))
                .hasStatusOk()
                .bodyText()
                .contains("Harbour")
                .doesNotContain("Site 01");
        assertThat(open(BUDGET))
                .bodyText()
                .contains("Harbour", "Site 49", "of 52")
                .doesNotContain("Site 50");
        assertThat(open(BUDGET + "?page=2"))
                .bodyText()
                .contains("Site 50", "Site 51")
                .doesNotContain("Harbour");
        assertThat(open(BUDGET + "?q=nowhere")).bodyText().contains("No device has that in its name");
    }
}
