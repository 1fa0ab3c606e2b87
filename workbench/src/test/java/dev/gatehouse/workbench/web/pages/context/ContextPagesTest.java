package dev.gatehouse.workbench.web.pages.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ContextPagesTest extends ScreenTest {

    private static final String LIST = "/settings/context";
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"");

    @Autowired
    private Organizations organizations;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    private Map<String, String> form(String... more) {
        var form = new HashMap<String, String>(Map.of(
                "title", "Backup servers",
                "reason", "They copy the directory every night.",
                "organization", organizations.byDefault().id().toString()));
        for (var place = 0; place < more.length; place += 2) {
            form.put(more[place], more[place + 1]);
        }
        return form;
    }

    private String add(String... more) {
        var saved = send(LIST, form(more));
        assertThat(saved).hasStatus(302);
        return String.valueOf(saved.getResponse().getRedirectedUrl());
    }

    private static String seen(String page) {
        var found = SEEN.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void addsALabelThatTheListFindsByEachOfItsValues() {
        var one = add("hostname", "SRV1\r\nsrv2.contoso.com", "ends_at", "2026-12-31");

        assertThat(textOf(open(one)))
                .contains(
                        "Backup servers",
                        "srv1",
                        "srv2.contoso.com",
                        "&quot;backup servers&quot; in context",
                        "Ada wrote it: title nothing → Backup servers");
        assertThat(textOf(open(LIST + "?q=srv2"))).contains("Backup servers", "They copy the directory");
        assertThat(textOf(open(LIST + "?q=srv3"))).contains("No label has that").doesNotContain("Backup servers<");
    }

    @Test
    void saysAtTheFieldWhatIsWrongAndKeepsWhatWasTyped() {
        assertThat(send(LIST, form("cidr_block", "10.1.0.0/99")))
                .hasStatus(422)
                .bodyText()
                .contains("“10.1.0.0/99” is none.", "They copy the directory every night.", "aria-invalid=\"true\"");
        assertThat(send(LIST, form("hostname", "srv1", "organization", "")))
                .hasStatus(422)
                .bodyText()
                .contains("choose an organization");
    }

    @Test
    void tellsWhoSavesSecondWhatWasChangedMeanwhile() {
        var one = add("hostname", "srv1");
        var seen = seen(textOf(open(one + "/edit")));
        send(one, form("hostname", "srv1\nsrv9", "seen", seen));

        var refused = send(one, form("hostname", "srv2", "seen", seen));

        assertThat(refused)
                .hasStatus(409)
                .bodyText()
                .contains("has changed this meanwhile", "srv9", ">srv2</textarea>");
        assertThat(send(one, form("hostname", "srv2", "seen", seen(textOf(refused)))))
                .hasStatus(302);
        assertThat(textOf(open(one))).contains("srv2").contains("hostname srv1, srv9 → srv2");
    }

    @Test
    void saysWhatFollowsAndKeepsWhatWasTyped() {
        var one = add(
                "hostname", "srv1",
                "action_0_type", "SUPPRESS",
                "action_0_severities", "low, medium",
                "action_1_type", "ALERT_ON",
                "action_1_rules", "suspected-dcsync-attack");
        assertThat(textOf(open(one)))
                .contains(
                        "Close at once",
                        "when MEDIUM, LOW",
                        "of suspected-dcsync-attack",
                        "actions nothing → SUPPRESS (severities MEDIUM LOW), ALERT_ON (rules suspected-dcsync-attack)");
        assertThat(textOf(open(one + "/edit")))
                .contains("value=\"MEDIUM, LOW\"", "name=\"action_3_type\"")
                .doesNotContain("name=\"action_4_type\"");

        assertThat(send(
                        one,
                        form(
                                "hostname", "srv1",
                                "action_0_type", "ADD_TO",
                                "action_0_investigation", "ACME-<99>",
                                "seen", seen(textOf(open(one + "/edit"))))))
                .hasStatus(422)
                .bodyText()
                .contains("“ACME-&lt;99&gt;” is none", "value=\"ACME-&lt;99&gt;\"");
    }

    @Test
    void removesOnlyWhatSomebodyHasLookedAt() {
        var one = add("hostname", "srv1");
        send(one, form("hostname", "srv2", "seen", seen(textOf(open(one + "/edit")))));

        assertThat(send(one + "/remove", Map.of("revision", "0")).getResponse().getRedirectedUrl())
                .isEqualTo(one);
        assertThat(send(one + "/remove", Map.of("revision", "1")).getResponse().getRedirectedUrl())
                .isEqualTo(LIST);
        assertThat(open(one)).hasStatus(404);
    }

    @Test
    void whoMayNotWriteDetectionsReadsAndDoesNotWrite() {
        var one = add("hostname", "srv1");
        var analyst = Membership.of(
                Role.ORGANIZATION_ANALYST, organizations.byDefault().id());

        assertThat(textOf(openAs(analyst, one))).contains("srv1").doesNotContain("Yes: Remove", one + "/edit");
        assertThat(openAs(analyst, one + "/edit")).hasStatus(403);
    }

    @Test
    void theAlertShowsTheLabelsBesideWhatHasThem() {
        workOnNothing();
        var device = device("Contoso");
        receive(device, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
        var alert = alerts.list(Scope.everything(), AlertFilter.ALL, AlertOrder.NEWEST, Optional.empty(), 1)
                .rows()
                .getFirst();
        var address = "/alerts/" + alert.id();
        assertThat(textOf(open(address))).doesNotContain("data-test=\"label\"");

        add("username", alert.involved().getFirst());

        assertThat(textOf(open(address)))
                .containsPattern(
                        "data-test=\"label\"\\s+href=\"/settings/context\\?q=Backup%20servers\">Backup servers<");
    }
}
