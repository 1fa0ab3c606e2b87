package dev.gatehouse.workbench.web.pages.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import dev.gatehouse.workbench.web.frame.SeenValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class TuningPagesTest extends ScreenTest {

    private static final String PAGE = "/settings/my-organization";

    @Autowired
    private Organizations organizations;

    @Autowired
    private Tuning tuning;

    private UUID home() {
        return organizations.byDefault().id();
    }

    private String page() {
        return textOf(open(PAGE + "?organization=" + home()));
    }

    private MvcTestResult save(String mode, String hours, String threshold) {
        return send(PAGE + "/tuning", form(mode, hours, threshold));
    }

    private Map<String, String> form(String mode, String hours, String threshold) {
        return new HashMap<>(Map.of(
                "organization",
                home().toString(),
                "mode",
                mode,
                "new_device_hours",
                hours,
                "flood_threshold",
                threshold));
    }

    @Test
    void saysHowLongNewDevicesAreTunedAndWhoHasChangedThat() {
        assertThat(page()).contains("As usual: 48 hours, 100 alerts an hour", "No device is being tuned.");

        assertThat(save("hours", "36", "50")).hasStatus(302);
        assertThat(tuning.of(Optional.of(home()))).isEqualTo(new Tuning.Rules(Duration.ofHours(36), 50));
        assertThat(save("off", "36", "50")).hasStatus(302);
        assertThat(tuning.of(Optional.of(home())).newDevice()).isZero();
        assertThat(save("usual", "", "")).hasStatus(302);
        assertThat(tuning.of(Optional.of(home()))).isEqualTo(tuning.usual());

        assertThat(page())
                .contains(
                        "Ada changed it from as usual to 36 hours, 50 alerts an hour.",
                        "Ada changed it from 36 hours, 50 alerts an hour to off, 50 alerts an hour.",
                        "Ada changed it from off, 50 alerts an hour to as usual.");
    }

    @Test
    void keepsWhatWasTypedAndSaysAtTheFieldWhatIsWrong() {
        assertThat(save("hours", "35", "50")).hasStatus(422).bodyText().contains("from 36 to 72 hours", "value=\"35\"");
        assertThat(save("hours", "73", "50")).hasStatus(422);
        assertThat(save("hours", "0", "50")).hasStatus(422);
        assertThat(save("hours", "36", "many"))
                .hasStatus(422)
                .bodyText()
                .contains("from 1 to 1,000,000", "value=\"many\"");
        assertThat(save("later", "36", "50")).hasStatus(422).bodyText().contains("Choose how new devices are tuned.");
        assertThat(tuning.own(Scope.everything(), home())).isEmpty();
    }

    @Test
    void tellsTheSecondOfTwoWhatTheFirstHasSaid() {
        var seen = SeenValues.text(Map.of("mode", "usual", "new_device_hours", "48", "flood_threshold", "100"));
        var mine = form("hours", "36", "50");
        mine.put(SeenValues.FIELD, seen);
        var yours = form("off", "48", "100");
        yours.put(SeenValues.FIELD, seen);

        assertThat(send(PAGE + "/tuning", mine)).hasStatus(302);
        assertThat(send(PAGE + "/tuning", yours)).hasStatus(409).bodyText().contains("has changed this meanwhile");
        assertThat(tuning.of(Optional.of(home())).newDevice()).hasHours(36);
    }

    @Test
    void showsWhichDevicesAreBeingTunedAndForHowLong() {
        workOnNothing();
        receive(device("Contoso"), Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(page()).contains("Contoso", "is tuned", "2026-11-25 12:00:00 UTC");
        clock.advance(Duration.ofHours(49));
        assertThat(page()).contains("No device is being tuned.");
    }

    @Test
    void isForThoseWhoManageDetectionsOfTheirOrganization() {
        var globex = organizations.add(OrganizationDraft.named("Globex")).id();

        assertThat(openAsAnalyst(PAGE))
                .hasStatusOk()
                .bodyText()
                .contains("tuned for 48 hours")
                .doesNotContain("name=\"mode\"");
        assertThat(sendAsAnalyst(PAGE + "/tuning", form("off", "36", "50"))).hasStatus(403);
        assertThat(openAs(Membership.of(Role.ORGANIZATION_ADMIN, globex), PAGE))
                .bodyText()
                .contains("name=\"mode\"");
        assertThat(send("/o/GLOBEX" + PAGE + "/tuning", form("off", "36", "50")))
                .hasStatus(404);
        assertThat(tuning.own(Scope.everything(), home())).isEmpty();
    }
}
