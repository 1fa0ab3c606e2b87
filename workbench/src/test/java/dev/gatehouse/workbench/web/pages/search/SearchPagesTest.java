package dev.gatehouse.workbench.web.pages.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.Comments;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.GeneratedPassword;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SearchPagesTest extends ScreenTest {

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private Investigations investigations;

    @Autowired
    private Comments comments;

    @Autowired
    private Organizations organizations;

    @Autowired
    private Accounts accounts;

    private SecurityDevice make(String... vendorAlerts) {
        var contoso = device("Contoso");
        receive(contoso, Feed.ALERTS, vendorAlerts);
        while (making.next(contoso.directory(), 100)) {
            // The next portion.
        }
        return contoso;
    }

    private UUID investigate() {
        var all = alerts.list(Scope.everything(), AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 10);
        return investigations.openFrom(
                Scope.everything(),
                Actor.GATEHOUSE,
                List.of(all.rows().getFirst().id()),
                "Theft of secrets");
    }

    private String search(String text) {
        return textOf(open("/search?q=" + encoded(text)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void findsAccountsHostsAndAddressesThatVendorAlertsName() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(search("mallory")).contains("Accounts and groups", "contoso\\mallory", "in 1 vendor alert");
        assertThat(search("MALL")).contains("contoso\\mallory");
        assertThat(search("dc01")).contains("Hosts", "DC01.contoso.local");
        assertThat(search("10.1.4.7")).contains("IP addresses", "It looks like an IP address");
        assertThat(search("host:10.1.4.7")).contains("Nothing has", "Only", "Search everything");
        assertThat(search("nowhere-to-be-found")).contains("Nothing has");
    }

    @Test
    void findsAlertsCasesAndWhatWasSaidAboutThem() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        var id = investigate();
        comments.add(Scope.everything(), Actor.GATEHOUSE, id, "The backup operator replicated by mistake.");
        var link = investigations.find(Scope.everything(), id).orElseThrow().shortLink();

        assertThat(search("dcsync")).contains("Alerts", "Suspected DCSync attack", "Detection rules");
        assertThat(search(link.toLowerCase(Locale.ROOT)))
                .contains("Investigations and incidents", "Theft of secrets", "/activity/" + id);
        assertThat(search("mistake operator")).contains("Comments and findings", "backup operator replicated");
        assertThat(search("text:sabotage")).contains("Nothing has");
    }

    @Test
    void findsDevicesByNameAndById() {
        var contoso = device("Contoso");

        assertThat(search("contos")).contains("Security devices", "/settings/security-devices/" + contoso.id());
        assertThat(search(contoso.directory().toString())).contains("/settings/security-devices/" + contoso.id());
    }

    @Test
    void findsPeopleOnlyForWhoeverMaySeeThem() {
        var globex = organizations
                .add(OrganizationDraft.named("Globex").withShortName("GLOBEX"))
                .id();
        var admin = new Membership(Role.ORGANIZATION_ADMIN, Optional.of(globex));
        var analyst = new Membership(Role.ORGANIZATION_ANALYST, Optional.of(globex));
        accounts.add("zelda@globex.example", "Zelda Quist", analyst, GeneratedPassword.draw());

        assertThat(textOf(openAs(admin, "/search?q=zelda"))).contains("Zelda Quist", "zelda@globex.example");
        assertThat(textOf(openAs(analyst, "/search?q=zelda"))).contains("Nothing has");
    }

    @Test
    void offersTheSameToTheBoxThatOpensOverEveryPage() {
        make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));

        assertThat(textOf(open("/search/suggestions?q=mallory")))
                .contains("role=\"option\"", "data-address=\"/entities?", "contoso\\mallory")
                .doesNotContain("<html", "<script");
        assertThat(open("/search/suggestions?q=m")).hasStatusOk();
    }

    @Test
    void saysWhatCanBeTypedAndWhatIsTooShort() {
        assertThat(search("")).contains("host:", "hash:", "case:");
        assertThat(search("m")).contains("Type two letters or more");
    }

    @Test
    void showsAllAboutOneOfThem() {
        var contoso = make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        investigate();
        var address = "/entities?tenant=%s&kind=account&name=contoso%%5Cmallory".formatted(contoso.directory());

        assertThat(textOf(open(address)))
                .contains("contoso\\mallory", "1 vendor alert", "Suspected DCSync attack")
                .contains("Theft of secrets", "DC01.contoso.local", "Hunt for it");
        assertThat(open("/entities?tenant=%s&kind=account&name=nobody".formatted(contoso.directory())))
                .hasStatus(404);
        assertThat(open("/entities?tenant=x&kind=y&name=z")).hasStatus(404);
    }

    @Test
    void aNameThatNoVendorAlertHasAnyMoreIsNotFound() {
        var contoso = make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        database.sql("delete from vendor_alert_entities where tenant_id = :tenant and names::text like '%mallory%'")
                .param("tenant", contoso.directory().value())
                .update();

        assertThat(search("account:mallory")).contains("Nothing has");
    }

    @Test
    void whoBelongsToAnotherOrganizationFindsNothingOfIt() {
        var contoso = make(Originals.dcSync("da1", "Suspected DCSync attack", "high"));
        investigate();
        var globex = organizations
                .add(new OrganizationDraft("Globex", "GLOBEX", "", "", ""))
                .id();
        var stranger = new Membership(Role.ORGANIZATION_ADMIN, Optional.of(globex));

        for (var text : List.of(
                "mallory",
                "dc01",
                "10.1.4.7",
                "theft of secrets",
                "contoso",
                contoso.directory().toString())) {
            assertThat(textOf(openAs(stranger, "/search?q=" + encoded(text))))
                    .as(text)
                    .contains("Nothing has");
        }
        assertThat(openAs(
                        stranger,
                        "/entities?tenant=%s&kind=account&name=contoso%%5Cmallory".formatted(contoso.directory())))
                .hasStatus(404);
    }
}
