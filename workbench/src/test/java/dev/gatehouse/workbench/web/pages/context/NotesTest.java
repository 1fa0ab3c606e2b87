package dev.gatehouse.workbench.web.pages.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people want to be known about a name, from the form to the alert. */
class NotesTest extends ScreenTest {

    private static final String LIST = "/settings/notes";
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"");

    @Autowired
    private Organizations organizations;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    private static Map<String, String> form(UUID organization, String term, String note, String ends) {
        return Map.of("organization", organization.toString(), "term", term, "note", note, "ends_at", ends);
    }

    private String add(UUID organization, String term, String note, String ends) {
        var saved = send(LIST, form(organization, term, note, ends));
        assertThat(saved).hasStatus(302);
        return String.valueOf(saved.getResponse().getRedirectedUrl());
    }

    private UUID ours() {
        return organizations.byDefault().id();
    }

    @Test
    void theAlertShowsWhatIsToBeKnownAboutItsNamesUntilThatEnds() {
        workOnNothing();
        var device = device("Contoso");
        receive(device, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
        var alert = alerts.list(Scope.everything(), AlertFilter.ALL, AlertOrder.NEWEST, Optional.empty(), 1)
                .rows()
                .getFirst();
        var name = alert.involved().getFirst().toUpperCase(Locale.ROOT);
        add(ours(), name, "Leaves at the end of the month.", "2026-11-30");
        add(ours(), "nobody", "About somebody else.", "");
        var others = organizations.add(OrganizationDraft.named("Fabrikam")).id();
        add(others, name, "Of another customer.", "");

        assertThat(textOf(open("/alerts/" + alert.id())))
                .contains("Leaves at the end of the month.")
                .doesNotContain("About somebody else.", "Of another customer.");

        clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(textOf(open("/alerts/" + alert.id()))).doesNotContain("Leaves at the end of the month.");
        assertThat(textOf(open(LIST))).contains("Leaves at the end of the month.", "Ended");
    }

    @Test
    void tellsWhoSavesSecondWhatWasChangedAndRemovesOnlyWhatWasLookedAt() {
        var one = add(ours(), "srv1", "It backs up.", "");
        var seen = SEEN.matcher(textOf(open(one + "/edit")));
        assertThat(seen.find()).isTrue();
        var mine = new HashMap<>(form(ours(), "srv1", "Theirs.", ""));
        mine.put("seen", seen.group(1));
        send(one, mine);
        mine.put("note", "Mine.");

        assertThat(send(one, mine))
                .hasStatus(409)
                .bodyText()
                .contains("has changed this meanwhile", "Theirs.", ">Mine.</textarea>");
        assertThat(textOf(open(one))).contains("Theirs.", "Ada changed it: note It backs up. → Theirs.");
        assertThat(send(one + "/remove", Map.of("revision", "0")).getResponse().getRedirectedUrl())
                .isEqualTo(one);
        assertThat(send(one + "/remove", Map.of("revision", "1")).getResponse().getRedirectedUrl())
                .isEqualTo(LIST);
        assertThat(open(one)).hasStatus(404);
    }

    @Test
    void saysWhatIsWrongAndLetsAnAuditorOnlyRead() {
        assertThat(send(LIST, form(ours(), "", "Text that stays.", "someday")))
                .hasStatus(422)
                .bodyText()
                .contains("Say what it is about", "is no day", "Text that stays.");
        var one = add(ours(), "srv1", "It backs up.", "");
        var auditor = Membership.ofProvider(Role.AUDITOR);

        assertThat(textOf(openAs(auditor, one))).contains("It backs up.").doesNotContain("Yes: Remove");
        assertThat(openAs(auditor, one + "/edit")).hasStatus(403);
    }
}
