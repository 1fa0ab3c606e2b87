package dev.gatehouse.workbench.web.pages.detections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import dev.gatehouse.workbench.web.frame.SeenValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SuppressionPagesTest extends ScreenTest {

    private static final String LIST = "/detections/suppressions";

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    private Alert make() {
        var contoso = device("Contoso");
        receive(contoso, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        while (making.next(contoso.directory(), 100)) {
            // The next portion.
        }
        return alerts.list(Scope.everything(), AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 1)
                .rows()
                .getFirst();
    }

    private static Map<String, String> form(String condition) {
        var form = new HashMap<String, String>();
        form.put("name", "Nightly <b>replication</b>");
        form.put("rule", "suspected-dcsync-attack");
        form.put("condition", condition);
        form.put("includes_severe", "true");
        form.put("reason", "The backup does it.");
        form.put("comment", "The backup.");
        form.put("owner", "Ada <ada@example.com>");
        form.put("zone", "Europe/Berlin");
        form.put("starts_at", "2026-11-23T13:00");
        form.put("review_at", "2026-12-23T13:00");
        form.put("ends_at", "2027-01-23T13:00");
        return form;
    }

    /** Writes one, and gives its address. */
    private String written(String condition) {
        // Whoever owns it has an account from the first page on.
        open("/");
        var answer = send(LIST, form(condition));
        assertThat(answer).hasStatus(302);
        return Optional.ofNullable(answer.getResponse().getRedirectedUrl()).orElseThrow();
    }

    @Test
    void fillsInAConditionFromAnAlert() {
        var alert = make();

        assertThat(textOf(open("/alerts/" + alert.id()))).contains("/detections/add-suppression?alert=" + alert.id());
        assertThat(textOf(open("/detections/add-suppression?alert=" + alert.id())))
                .contains(
                        "suspected-dcsync-attack",
                        "&quot;contoso\\\\mallory&quot; in accounts",
                        "&quot;dc01.contoso.local&quot; in hosts",
                        "ada@example.com");
        assertThat(open("/detections/add-suppression?alert=7d9cdd4d-0000-4000-8000-000000000000"))
                .hasStatus(404);
    }

    @Test
    void goesFromADraftByADryRunIntoForceAndIsWithdrawn() {
        var alert = make();
        var one = written("\"contoso\\\\mallory\" in accounts");
        assertThat(textOf(open(one)))
                .contains(
                        "Draft",
                        "Nightly &lt;b&gt;replication&lt;/b&gt;",
                        "2026-11-23 12:00:00 UTC",
                        "Nobody has tried")
                .doesNotContain("Put in force");

        assertThat(send(one + "/dry-run", Map.of("again", "yes"))).hasStatus(302);
        assertThat(textOf(open(one)))
                .contains("It would have closed 1 alert: 1 is not decided.", "/alerts/" + alert.id(), "Put in force");

        assertThat(send(one + "/live", Map.of("revision", "7"))).hasStatus(302);
        assertThat(textOf(open(one))).contains(">Draft<").doesNotContain(">Active<");
        assertThat(send(one + "/live", Map.of("revision", "0"))).hasStatus(302);
        assertThat(textOf(open(one))).contains(">Active<", "Ada put it in force.");

        assertThat(send(one + "/withdraw", Map.of("revision", "1", "withdraw_comment", " ")))
                .hasStatus(422)
                .bodyText()
                .contains("Say why it is withdrawn.");
        assertThat(send(one + "/withdraw", Map.of("revision", "1", "withdraw_comment", "The backup has moved.")))
                .hasStatus(302);
        assertThat(textOf(open(one))).contains(">Withdrawn<", "The backup has moved.");
        assertThat(textOf(open(LIST + "?state=withdrawn&text=nightly"))).contains("Nightly");
        assertThat(textOf(open(LIST + "?state=active"))).contains("No suppression fits the filters");
    }

    @Test
    void isReviewedWithWhatWasFoundAndWhenToLookAgain() {
        var one = written("true");
        send(one + "/dry-run", Map.of("again", "yes"));
        send(one + "/live", Map.of("revision", "0"));

        assertThat(send(
                        one + "/review",
                        Map.of("revision", "1", "next_review", "2026-11-01T00:00", "review_comment", "Yes.")))
                .hasStatus(422)
                .bodyText()
                .contains("has to be after now", "Yes.");
        assertThat(send(
                        one + "/review",
                        Map.of("revision", "1", "next_review", "2027-01-01T00:00", "review_comment", "Yes.")))
                .hasStatus(302);
        assertThat(textOf(open(one))).contains("Ada reviewed it: Review", "2027-01-01 00:00:00 UTC", "“Yes.”");
    }

    @Test
    void keepsWhatWasTypedAndSaysAtTheFieldWhatIsWrong() {
        open("/");
        var form = form("accounts.size() ==\n  \"x\"");
        form.put("owner", "somebody else");

        assertThat(send(LIST, form))
                .hasStatus(422)
                .bodyText()
                .contains(
                        "Line 1, column 17", "id=\"problem-condition\"", "somebody else", "“somebody else” is nobody");
    }

    @Test
    void tellsTheSecondOfTwoWhoEditWhatTheFirstHasChanged() {
        var one = written("true");
        var seen = form("true");
        seen.put("owner", "Ada");
        seen.remove("zone");
        seen.put("starts_at", "2026-11-23T12:00");
        seen.put("review_at", "2026-12-23T12:00");
        seen.put("ends_at", "2027-01-23T12:00");
        var mine = new HashMap<>(seen);
        mine.put("name", "Mine");
        mine.put(SeenValues.FIELD, SeenValues.text(seen));
        var yours = new HashMap<>(mine);
        yours.put("name", "Yours");

        assertThat(send(one, mine)).hasStatus(302);
        assertThat(send(one, yours)).hasStatus(409).bodyText().contains("Mine", "Yours");
        assertThat(textOf(open(one))).contains("Name Nightly &lt;b&gt;replication&lt;/b&gt; → Mine");
    }

    @Test
    void passesOneOnAsYaml() {
        var one = written("true");
        var yaml = textOf(open(one + "/suppression.yaml"));
        assertThat(yaml).contains("owner: ada@example.com", "condition: |-\n  true", "ends_at: 2027-01-23T12:00:00Z");

        assertThat(send("/detections/import-suppression", Map.of("yaml", yaml.replace("Nightly", "Daily"))))
                .hasStatus(302);
        assertThat(textOf(open(LIST))).contains("Daily", "Nightly");
        assertThat(send("/detections/import-suppression", Map.of("yaml", yaml.replace("  true", "  tru"))))
                .hasStatus(422)
                .bodyText()
                .contains("Line 7, column 3");
    }

    @Test
    void isForThoseWhoManageDetections() {
        var one = written("true");

        assertThat(openAsAnalyst(one)).hasStatusOk().bodyText().doesNotContain("Withdraw it", "id=\"dry-run\"");
        assertThat(openAsAnalyst("/detections/add-suppression")).hasStatus(403);
        assertThat(sendAsAnalyst(one + "/withdraw", Map.of("revision", "0", "withdraw_comment", "No.")))
                .hasStatus(403);
        assertThat(openAs(Membership.ofProvider(Role.SOC_ANALYST), one))
                .bodyText()
                .contains("Withdraw it");
    }

    @Test
    void suggestsPeopleByAPartOfTheirName() {
        open("/");
        assertThat(textOf(open("/people/assignable?owner=AD"))).contains("Ada &lt;ada@example.com&gt;");
        assertThat(textOf(open("/people/assignable?assignee=nobody-is-called-so")))
                .doesNotContain("<option");
    }
}
