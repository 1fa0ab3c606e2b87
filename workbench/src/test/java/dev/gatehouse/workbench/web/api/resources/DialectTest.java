package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.Statements;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect of section 7.3 of the workbench's model, a row of its tables at a time. */
class DialectTest extends ResourceTest {

    private static final String ALERTS = "/api/v2/vendor_alerts";
    private static final String NULL = "\u2400";

    private Optional<SecurityDevice> device = Optional.empty();
    private String token = "";

    @BeforeEach
    void fourVendorAlerts() {
        device = Optional.of(customer(
                "Contoso", "Suspected DCSync attack", "Honeytoken, queried", "honeytoken again", "Mapping 100%"));
        token = socAdmin();
    }

    private List<String> found(String address) {
        var answer = get(token, address);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.all("original_alert_id").stream()
                .sorted()
                .map(id -> id.replace("contoso-", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vendor_sig_name | Suspected DCSync attack | 0",
                "vendor_sig_name | suspected dcsync attack | ",
                "vendor_sig_name | ~suspected dcsync attack | 0",
                "vendor_sig_name | :HONEYTOKEN | 1 2",
                "vendor_sig_name | ^honeytoken a | 2",
                "vendor_sig_name | ^token | ",
                "vendor_sig_name | :100% | 3",
                "vendor_sig_name | :0_% | ",
                "vendor_sig_name | Honeytoken, queried | 1",
                "vendor_sig_name | Suspected DCSync attack,Mapping 100% | 0 3",
                "vendor_sig_name | !Suspected DCSync attack | 1 2 3",
                "vendor_severity | HIGH | 0 2",
                "vendor_severity | high | 0 2",
                "vendor_severity | !HIGH | 1 3",
                "status | NORMAL | 0 1 2 3",
                "status | PROVISIONAL | ",
                "versions | 1 | 0 1 2 3",
                "versions | >1 | ",
                "versions | >=1 | 0 1 2 3",
                "created_at | >2026-11-23T11:05:00.123Z | 2 3",
                "created_at | >=2026-11-23T11:05:00.123Z | 1 2 3",
                "created_at | <2026-11-23T11:05:00.123Z | 0",
                "created_at | 2026-11-23T11:05:00.123Z | 1",
                "created_at | >2026-11-23T11:05:00 | 1 2 3",
                "created_at | <2026-11-24 | 0 1 2 3",
                "created_at | >None | 0 1 2 3",
                "created_at | <None | 0 1 2 3",
                "resolved | x | refused"
            })
    void filters(String attribute, String value, String expected) {
        var address = with(ALERTS, "filter[" + attribute + "]", value);
        if ("refused".equals(expected)) {
            assertThat(get(token, address).status()).isEqualTo(400);
            assertThat(get(token, address).detail()).startsWith("There is no filter 'resolved' of vendor_alerts.");
            return;
        }
        assertThat(String.join(" ", found(address))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void anyOfSeveralPositiveTermsSufficesAndEachNegativeOneHolds() {
        var two = with(with(ALERTS, "filter[vendor_sig_name]", ":dcsync"), "filter[vendor_sig_name]", ":mapping");

        assertThat(found(two)).containsExactly("0", "3");
        assertThat(found(with(two, "filter[vendor_sig_name]", "!Mapping 100%"))).containsExactly("0");
        assertThat(found(with(
                        with(ALERTS, "filter[created_at]", ">2026-11-23T11:04:00"),
                        "filter[created_at]",
                        "<2026-11-23T11:12:00")))
                .containsExactly("1", "2");
    }

    @Test
    void nullIsAWordOfItsOwn() {
        assertThat(found(with(ALERTS, "filter[evidence_activity_start_at]", NULL + "true")))
                .hasSize(4);
        assertThat(found(with(ALERTS, "filter[evidence_activity_start_at]", NULL + "false")))
                .isEmpty();
        assertThat(found(with(ALERTS, "filter[security_device][id]", NULL + "false")))
                .hasSize(4);
        assertThat(found(with(ALERTS, "filter[assembler][id]", NULL + "true"))).hasSize(4);
    }

    @Test
    void booleansAreReadAsTheClientWritesThem() {
        assertThat(get(token, with("/api/v2/security_devices", "filter[enabled]", "True"))
                        .total())
                .isEqualTo(1);
        assertThat(get(token, with("/api/v2/security_devices", "filter[enabled]", "False"))
                        .total())
                .isZero();
        assertThat(get(token, with("/api/v2/investigations", "filter[is_incident]", "perhaps"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void findsOfEachOfTwoDevicesOfADirectoryWhatItShows() {
        var its = device.orElseThrow();
        var xdr = editing.add(
                        Scope.everything(),
                        DeviceDraft.empty()
                                .with(DeviceField.KIND, "microsoft_defender_xdr")
                                .with(DeviceField.NAME, "Contoso XDR")
                                .with(DeviceField.LOCATION, "cloud")
                                .with(DeviceField.APPLICATION_OF, its.id().toString()),
                        "tester")
                .id()
                .toString();
        database.sql("update vendor_alert set kinds = '{microsoft_defender_for_identity,microsoft_defender_xdr}'")
                .update();
        database.sql("update vendor_alert set kinds = '{microsoft_defender_xdr}' where title = 'Mapping 100%'")
                .update();

        assertThat(found(with(ALERTS, "filter[security_device][id]", xdr))).hasSize(4);
        assertThat(found(with(ALERTS, "filter[security_device][id]", its.id().toString())))
                .hasSize(3);
        assertThat(get(token, "/api/v2/security_devices/" + xdr + "/vendor_alerts")
                        .body()
                        .path("data"))
                .hasSize(4);
    }

    @Test
    void filtersByWhatIsRelatedOverTwoLevels() {
        var its = device.orElseThrow();
        var investigation = post(
                        token,
                        "investigations",
                        "{\"title\": \"Case\"}",
                        relation("lead_expel_alert", "expel_alerts", alert(its)))
                .id();
        var organization = its.organization().id();

        assertThat(found(with(ALERTS, "filter[security_device][id]", its.id().toString())))
                .hasSize(4);
        assertThat(found(with(ALERTS, "filter[security_device][name]", "Contoso")))
                .hasSize(4);
        assertThat(found(with(ALERTS, "filter[security_device][name]", "Fabrikam")))
                .isEmpty();
        assertThat(found(with(ALERTS, "filter[organization]", organization.toString())))
                .hasSize(4);
        assertThat(found(with(ALERTS, "filter[expel_alerts][investigation][id]", investigation)))
                .isNotEmpty();
        assertThat(found(with(ALERTS, "filter[evidences][evidence]", ":mallory2")))
                .containsExactly("2");
        var findings = "/api/v2/investigation_findings";
        assertThat(get(token, with(findings, "filter[investigation][organization][id]", organization.toString()))
                        .total())
                .isEqualTo(get(token, findings).total());
        assertThat(get(token, with(findings, "filter[investigation][organization][id]", "!" + organization))
                        .total())
                .isZero();
        assertThat(get(token, with(findings, "filter[investigation][nothing]", "x"))
                        .detail())
                .contains("no filter 'nothing' of investigations");
    }

    @Test
    void countsWithoutRows() {
        var counted = get(token, with(ALERTS, "page[limit]", "0"));

        assertThat(counted.total()).isEqualTo(4);
        assertThat(counted.data()).isEmpty();
        assertThat(counted.body().path("links").has("next")).isFalse();
        assertThat(get(token, with(with(ALERTS, "page[limit]", "0"), "filter[vendor_severity]", "LOW"))
                        .total())
                .isEqualTo(2);
    }

    @Test
    void pagesByLinksThatKeepFilterSortAndLimit() {
        var seen = new ArrayList<String>();
        var next = with(ALERTS, "page[limit]", "2")
                + "&sort=%2Bcreated_at&sort=%2Bid&filter%5Bvendor_severity%5D=%21TESTING";
        while (!next.isEmpty()) {
            assertThat(next).startsWith("/api/v2/vendor_alerts?");
            var page = get(token, next);
            seen.addAll(page.all("original_alert_id"));
            assertThat(page.total()).isEqualTo(4);
            next = page.body().path("links").path("next").asString("");
        }
        assertThat(seen).containsExactly("contoso-0", "contoso-1", "contoso-2", "contoso-3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=no_such&sort=%2Bcreated_at",
                "sort=created_at",
                "sort=+created_at",
                "sort=no_such,created_at"
            })
    void passesOverColumnsThatThereAreNot(String sort) {
        assertThat(get(token, ALERTS + "?" + sort).all("original_alert_id"))
                .containsExactly("contoso-0", "contoso-1", "contoso-2", "contoso-3");
    }

    @Test
    void bracketsMayBeRawOrEncoded() {
        assertThat(get(token, ALERTS + "?page%5blimit%5d=1&filter%5bvendor_severity%5d=HIGH")
                        .data())
                .hasSize(1);
    }

    @Test
    void aResourceHasAttributesRelationsAndLinksThatLeadOn() {
        var one = get(token, with(ALERTS, "page[limit]", "1")).data().path(0);

        assertThat(one.path("links").path("self").asString()).startsWith("/api/v2/vendor_alerts/");
        assertThat(one.path("attributes").path("created_at").asString()).matches("2026-11-23T11:\\d\\d:00\\.123Z");
        var relation = one.path("relationships").path("security_device");
        assertThat(relation.path("data").path("id").asString())
                .isEqualTo(device.orElseThrow().id().toString());
        assertThat(relation.path("meta").path("relation").asString()).isEqualTo("primary");
        assertThat(relation.path("meta").path("readOnly").asBoolean()).isTrue();
        assertThat(get(token, relation.path("links").path("related").asString())
                        .attribute("name")
                        .asString())
                .isEqualTo("Contoso");
        assertThat(get(token, relation.path("links").path("self").asString()).id())
                .isEqualTo(device.orElseThrow().id().toString());
        assertThat(get(
                                token,
                                one.path("relationships")
                                        .path("assembler")
                                        .path("links")
                                        .path("related")
                                        .asString())
                        .data()
                        .isNull())
                .isTrue();
    }

    @Test
    void aRelationToManyIsGivenAsAWhole() {
        var path = "/api/v2/security_devices/" + device.orElseThrow().id();

        var related = get(token, path + "/vendor_alerts?sort=-created_at");
        assertThat(related.all("original_alert_id"))
                .containsExactly("contoso-3", "contoso-2", "contoso-1", "contoso-0");
        assertThat(related.body().path("links").has("next")).isFalse();
        assertThat(get(token, path + "/relationships/vendor_alerts").data()).hasSize(4);
        assertThat(get(token, path + "/no_such").detail()).contains("security_devices lead to no 'no_such'");
    }

    @Test
    void includesWhatIsRelatedOnce() {
        var page = get(token, with(ALERTS, "include", "security_device.organization,evidences,expel_alerts"));

        var types = page.body()
                .path("included")
                .valueStream()
                .map(each -> each.path("type").asString())
                .sorted()
                .toList();
        assertThat(types)
                .containsOnlyOnce("security_devices", "organizations")
                .contains("expel_alerts", "vendor_alert_evidences");
        assertThat(page.data().path(0).path("relationships").path("evidences").path("data"))
                .isNotEmpty();
        assertThat(get(token, with(ALERTS, "include", "security_device.no_such"))
                        .detail())
                .contains("security_devices leads to no 'no_such'");
    }

    @Test
    void refusesAListThatIsTooLongToBeGivenAsAWhole() {
        var one = get(token, with(ALERTS, "filter[original_alert_id]", "contoso-0"))
                .data()
                .path(0);
        database.sql("""
                        update vendor_alert_entities
                        set (kinds, names, roles, keys) = (
                            select array_agg('host'::text), array_agg('host' || n), array_agg('{}'::text), array_agg(n::bigint)
                            from generate_series(1, 10001) n)
                        where tenant_id = :tenant and alert_id = 'contoso-0'
                        """)
                .param("tenant", device.orElseThrow().directory().value())
                .update();

        var refused = get(token, one.path("links").path("self").asString() + "/evidences");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail())
                .isEqualTo("There are more than 10000 vendor_alert_evidences."
                        + " Ask for /api/v2/vendor_alert_evidences with a filter, page by page.");
        assertThat(get(token, with(ALERTS, "include", "evidences")).status()).isEqualTo(422);
    }

    @Test
    void givesOnlyTheFieldsThatAreWanted() {
        var one = get(token, with(ALERTS, "fields[vendor_alerts]", "vendor_sig_name,organization"))
                .data()
                .path(0);

        assertThat(one.path("attributes").propertyNames()).containsExactly("vendor_sig_name");
        assertThat(one.path("relationships").propertyNames()).containsExactly("organization");
    }

    @Test
    void searchesByAFlag() {
        assertThat(found(with(ALERTS, "flag[search]", "mallory3"))).containsExactly("3");
        assertThat(found(with(ALERTS, "flag[search]", "HONEYTOKEN"))).containsExactly("1", "2");
        assertThat(found(with(ALERTS, "flag[raw_status]", "true"))).hasSize(4);
    }

    /** Those that read resources; whatever works beside asks the database, too. */
    private static List<String> ofResources(List<String> statements) {
        return statements.stream().filter(statement -> statement.contains("r1")).toList();
    }

    @Test
    void asksTheDatabaseAsOftenForManyAsForOne() {
        var address = "?include=evidences%2Cexpel_alerts%2Csecurity_device%2Corganization&page%5Blimit%5D=";
        for (var path : List.of(ALERTS, "/api/v2/expel_alerts")) {
            var query = path.equals(ALERTS)
                    ? address
                    : "?include=vendor_alerts%2Corganization%2Cassigned_to_actor&page%5Blimit%5D=";
            try (var statements = Statements.listen()) {
                get(token, path + query + 1);
                var one = ofResources(statements.heard()).size();
                get(token, path + query + 200);
                // A page that is not full needs no count.
                assertThat(ofResources(statements.heard()))
                        .as(path)
                        .isNotEmpty()
                        .hasSizeLessThanOrEqualTo(one);
            }
        }
    }

    @Test
    void whatARoleMayNotReadItCannotReadByWayOfAnotherType() {
        var organization = device.orElseThrow().organization().id();
        var analyst = token(Membership.of(Role.ORGANIZATION_ANALYST, organization));
        var own = "/api/v2/organizations/" + organization;

        assertThat(get(analyst, own).status()).isEqualTo(200);
        assertThat(get(analyst, "/api/v2/user_accounts").status()).isEqualTo(403);
        assertThat(get(analyst, own + "/user_accounts").status()).isEqualTo(403);
        assertThat(get(analyst, own + "/relationships/user_accounts").status()).isEqualTo(403);
        assertThat(get(analyst, own + "?include=user_accounts").status()).isEqualTo(403);
        assertThat(get(analyst, with("/api/v2/organizations", "filter[user_accounts][email]", "^a"))
                        .status())
                .isEqualTo(403);
    }
}
