package dev.gatehouse.workbench.web.pages.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.detections.RuleEditing;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RereadPagesTest extends ScreenTest {

    private static final String PAGE = "/detections/rules/our-dcsync/history";

    @Autowired
    private AlertMaking making;

    @Autowired
    private RuleEditing rules;

    private void addRule() throws Exception {
        rules.add(Scope.everything(), """
                id: our-dcsync
                version: 1
                name: Our own rule
                description: It comes after the vendor alert.
                condition: alert.title == "Suspected DCSync attack"
                severity: {fidelity: low, impact: low, vendor: high}
                join: {by: host, within: 2h}
                attack: {tactics: [TA0006], techniques: [T1003.006]}
                examples:
                  match: [{title: Suspected DCSync attack}]
                  no_match: [{title: Another}]
                """, "test");
    }

    @Test
    void looksAndAppliesWhenSomebodyAsksAndTellsHowFarItIs() throws Exception {
        var contoso = device("Contoso");
        receive(contoso, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            making.next(contoso.directory(), 100);
            return textOf(open("/alerts")).contains("/alerts/");
        });
        addRule();
        workOnNothing();

        assertThat(send(PAGE, Map.of("days", "0"))).hasStatus(422).bodyText().contains("Choose from 1 to 180 days.");
        assertThat(send(PAGE, Map.of("days", "7"))).hasStatus(302);
        assertThat(textOf(open(PAGE))).contains(">Looking<", "every 2s");
        var region = mvc.perform(get(URI.create(PAGE))
                        .header("Gatehouse-Region", "reread")
                        .with(people.admin()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(region).contains("hx-get=\"" + PAGE + "\"").doesNotContain("<html");

        assertThat(send(PAGE, Map.of("days", "7"))).hasStatus(422).bodyText().contains("Stop that first");
        assertThat(send(PAGE + "/stop", Map.of("reread", id()))).hasStatus(302);
        assertThat(textOf(open(PAGE))).contains(">Stopped<", "Dry run").doesNotContain("Apply it");
        assertThat(openAsAnalyst(PAGE)).hasStatus(403);
    }

    private String id() {
        return database.sql("select id::text from rule_reread")
                .query((row, number) -> row.getString("id"))
                .single();
    }
}
