package dev.gatehouse.workbench.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Lane;
import dev.gatehouse.workbench.budget.Spender;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BudgetPagesTest extends ScreenTest {

    private static final String BUDGET = "/settings/collection/budget";

    @Autowired
    private Budgets budgets;

    @Test
    void showsWhatWasUsedAndWhatMicrosoftWants() {
        var contoso = device("Contoso");
        for (var query = 0; query < 7; query++) {
            budgets.take(contoso.directory(), Lane.HUNTING, Spender.PEOPLE);
        }
        budgets.close(contoso.directory(), Lane.HUNTING, Duration.ofMinutes(7));

        assertThat(open(BUDGET))
                .hasStatusOk()
                .bodyText()
                .contains("Contoso", "of 40", "of 50", "Hunting queries", "Wants us to wait", "in 7 min")
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
