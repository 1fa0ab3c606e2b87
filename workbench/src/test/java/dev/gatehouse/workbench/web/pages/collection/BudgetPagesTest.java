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
}
