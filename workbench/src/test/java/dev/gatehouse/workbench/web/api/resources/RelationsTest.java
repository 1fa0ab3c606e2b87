package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.suppressions.SuppressionEditing;
import dev.gatehouse.workbench.suppressions.SuppressionField;
import dev.gatehouse.workbench.suppressions.SuppressionProposals;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Types that are made of what Gatehouse knows anyway, and how one is found from another. */
class RelationsTest extends ResourceTest {

    @Autowired
    private SuppressionEditing suppressions;

    @Autowired
    private SuppressionProposals proposals;

    private Optional<SecurityDevice> device = Optional.empty();
    private String token = "";

    @BeforeEach
    void aCustomer() {
        device = Optional.of(customer("Contoso"));
        token = socAdmin();
    }

    private SecurityDevice device() {
        return device.orElseThrow();
    }

    private String organization() {
        return device().organization().id().toString();
    }

    /** An alert of one vendor alert with that account and addresses. */
    private void receive(String id, String account, String source, String destination) {
        receive(device(), Feed.ALERTS, """
                {"id": "%s", "title": "%s", "severity": "low", "status": "new", "incidentId": "%s", "detectorId": "%s",
                 "serviceSource": "microsoftDefenderForIdentity", "createdDateTime": "2026-11-23T11:50:00Z",
                 "lastUpdateDateTime": "2026-11-23T11:55:00Z", "evidence": [
                 {"@odata.type": "#microsoft.graph.security.userEvidence", "roles": ["attacker"],
                  "userAccount": {"accountName": "%s", "domainName": "contoso"}},
                 {"@odata.type": "#microsoft.graph.security.ipEvidence", "roles": ["source"], "ipAddress": "%s"},
                 {"@odata.type": "#microsoft.graph.security.ipEvidence", "roles": ["destination"], "ipAddress": "%s"}]}""".formatted(id, id, id, id, account, source, destination));
        makeAlerts(device());
    }

    private String alertOf(String vendorAlert) {
        return get(token, with("/api/v2/expel_alerts", "filter[vendor_alerts][original_alert_id]", vendorAlert))
                .data()
                .path(0)
                .path("id")
                .asString();
    }

    private Answer related(String type, String id, String relation) {
        var answer = get(token, "/api/v2/%s/%s/%s".formatted(type, id, relation));
        assertThat(answer.status()).as(answer.detail()).isEqualTo(200);
        return answer;
    }

    @Test
    void anAlertLeadsToThoseThatShareNamesAndNobodyFiltersByThem() {
        receive("one", "mallory", "10.1.0.1", "10.1.0.9");
        receive("two", "trent", "10.1.0.2", "10.1.0.9");
        receive("three", "oscar", "10.1.0.3", "10.1.0.7");

        assertThat(related("expel_alerts", alertOf("one"), "similar_alerts")
                        .data()
                        .findValuesAsString("id"))
                .contains(alertOf("two"))
                .doesNotContain(alertOf("one"), alertOf("three"));
        var refused = get(token, with("/api/v2/expel_alerts", "filter[similar_alerts][id]", alertOf("one")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).startsWith("There is no filter 'similar_alerts' of expel_alerts. There are: ");
        assertThat(refused.detail().substring(refused.detail().indexOf("There are: ")))
                .contains("evidence")
                .doesNotContain("similar_alerts");
    }

    @Test
    void addressesAreFoundFromVendorAlertsAlertsAndInvestigationsAndBack() {
        receive("one", "mallory", "10.1.0.1", "10.1.0.9");
        receive("two", "trent", "10.1.0.2", "10.1.0.9");
        var investigation = post(
                        token,
                        "investigations",
                        "{\"title\": \"Case\"}",
                        relation("lead_expel_alert", "expel_alerts", alertOf("one")))
                .id();

        var vendorAlert = device().directory() + ":one";
        assertThat(related("vendor_alerts", vendorAlert, "ip_addresses").all("address"))
                .containsExactly("10.1.0.1", "10.1.0.9");
        assertThat(related("investigations", investigation, "ip_addresses").all("address"))
                .containsExactly("10.1.0.1", "10.1.0.9");
        assertThat(related("expel_alerts", alertOf("one"), "source_ip_addresses")
                        .all("address"))
                .containsExactly("10.1.0.1");
        assertThat(related("expel_alerts", alertOf("one"), "destination_ip_addresses")
                        .all("address"))
                .containsExactly("10.1.0.9");
        var address = get(token, with("/api/v2/ip_addresses", "filter[address]", "10.1.0.9"));
        assertThat(address.total()).isEqualTo(1);
        var id = address.data().path(0).path("id").asString();
        assertThat(related("ip_addresses", id, "vendor_alerts").all("original_alert_id"))
                .containsExactlyInAnyOrder("one", "two");
        assertThat(related("ip_addresses", id, "destination_expel_alerts").data())
                .hasSize(2);
        assertThat(related("ip_addresses", id, "source_expel_alerts").data()).isEmpty();
        assertThat(related("ip_addresses", id, "investigations").all("title")).containsExactly("Case");
        assertThat(get(token, with("/api/v2/vendor_alerts", "filter[ip_addresses][address]", "10.1.0.2"))
                        .all("original_alert_id"))
                .containsExactly("two");
    }

    @Test
    void anAlertLeadsToWhatWasDoneToTheSuppressionThatClosedIt() {
        receive("one", "mallory", "10.1.0.1", "10.1.0.9");
        // Ada has an account from her first page on.
        open("/");
        var alert = alertOf("one");
        var suppression = suppressions
                .add(
                        Scope.everything(),
                        Optional.of(device().organization().id()),
                        proposals
                                .like(Scope.everything(), UUID.fromString(alert))
                                .orElseThrow()
                                .draft()
                                .with(SuppressionField.OWNER, "ada@example.com")
                                .with(SuppressionField.REASON, "Known")
                                .with(SuppressionField.COMMENT, "Known"),
                        Actor.GATEHOUSE)
                .id();
        assertThat(related("expel_alerts", alert, "suppression_histories").data())
                .isEmpty();
        database.sql("update alert set suppression_id = :suppression where id = :alert")
                .param("suppression", suppression)
                .param("alert", UUID.fromString(alert))
                .update();

        var histories = related("expel_alerts", alert, "suppression_histories");
        assertThat(histories.all("action")).containsExactly("CREATED");
        assertThat(related("suppressions", suppression.toString(), "suppression_histories")
                        .all("actor_name"))
                .containsExactly("Gatehouse");
        var one = get(
                token,
                "/api/v2/suppression_histories/"
                        + histories.data().path(0).path("id").asString());
        assertThat(one.attribute("revision").asInt(-1)).isZero();
        var filtered = get(token, with("/api/v2/expel_alerts", "filter[suppression_histories][action]", "CREATED"));
        assertThat(filtered.total()).isEqualTo(1);
    }

    @Test
    void tacticsAreThoseThatRulesName() {
        var tactics = get(token, with("/api/v2/mitre_tactics", "filter[id]", "TA0006"));

        assertThat(tactics.all("name")).containsExactly("Credential Access");
        var tactic = tactics.data().path(0).path("attributes");
        var rule = tactic.path("detections").path(0).asString();
        assertThat(get(token, "/api/v2/detections/" + rule)
                        .attribute("mitre_tactics")
                        .valueStream()
                        .map(each -> each.asString()))
                .contains("TA0006");
        assertThat(tactic.path("techniques").valueStream().map(each -> each.asString()))
                .contains("T1003.006");
    }

    @Test
    void anAccountLeadsToItsRole() {
        var account = post(
                token,
                "user_accounts",
                "{\"email\": \"%s@example.com\", \"role\": \"organization_analyst\", \"organization\": \"%s\"}"
                        .formatted(UUID.randomUUID(), organization()),
                "{}");
        assertThat(account.status()).as(account.detail()).isEqualTo(201);

        var roles = related("user_accounts", account.id(), "user_account_roles");

        assertThat(roles.all("role")).containsExactly("organization_analyst");
        assertThat(related("user_account_roles", account.id(), "organization").id())
                .isEqualTo(organization());
        var analyst = token(
                Membership.of(Role.ORGANIZATION_ANALYST, device().organization().id()));
        assertThat(get(analyst, "/api/v2/user_account_roles").status()).isEqualTo(403);
    }

    @Test
    void anOrganizationLeadsToItsStatus() {
        assertThat(related("organizations", organization(), "organization_status")
                        .attribute("enabled_login_types")
                        .path(0)
                        .asString())
                .isEqualTo("PASSWORD");
    }

    @Test
    void theThresholdOfFloodsIsReadChangedAndPutBack() {
        var path = "/api/v2/expel_alert_thresholds/" + organization();
        var usual = get(token, path).attribute("threshold").asInt(0);
        assertThat(get(token, path).attribute("is_usual").asBoolean(false)).isTrue();

        assertThat(patch(token, "expel_alert_thresholds", organization(), "{\"threshold\": 0}")
                        .status())
                .isEqualTo(422);
        var changed = patch(token, "expel_alert_thresholds", organization(), "{\"threshold\": 7}");
        assertThat(changed.attribute("threshold").asInt(0)).as(changed.detail()).isEqualTo(7);
        assertThat(changed.attribute("is_usual").asBoolean(true)).isFalse();
        assertThat(get(token, with("/api/v2/expel_alert_thresholds", "filter[threshold]", "7"))
                        .total())
                .isEqualTo(1);
        assertThat(patch(token, "expel_alert_thresholds", organization(), "{\"threshold\": null}")
                        .attribute("threshold")
                        .asInt(0))
                .isEqualTo(usual);
        var analyst = token(
                Membership.of(Role.ORGANIZATION_ANALYST, device().organization().id()));
        assertThat(patch(analyst, "expel_alert_thresholds", organization(), "{\"threshold\": 9}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDeviceWhoseHealthNobodyKnowsSaysSoInTheWordsThatClientsKnow() {
        var path = "/api/v2/security_devices/" + device().id();
        assertThat(patch(token, "security_devices", device().id().toString(), "{\"enabled\": false}")
                        .status())
                .isEqualTo(200);

        var device = get(token, path);

        assertThat(device.attribute("status").asString()).isEqualTo("health_checks_not_supported");
        assertThat(device.attribute("status_details").path("stage").asString()).isEqualTo("disabled");
        assertThat(device.attribute("status_details").path("message").asString())
                .startsWith("Somebody switched it off");
        assertThat(List.of("health_checks_not_supported", "healthy", "unhealthy"))
                .extracting(status -> get(token, with("/api/v2/security_devices", "filter[status]", status))
                        .total())
                .containsExactly(1L, 0L, 0L);
    }

    @Test
    void aLabelIsWrittenFoundByItsValuesAndByAlertsAndRemoved() {
        receive("one", "mallory", "10.1.0.1", "10.2.0.9");
        var written = post(token, "context_labels", """
                {"title": "Guests", "description": "They come and go.", "ends_at": "2026-12-31",
                 "definition": {"username": ["Mallory"], "cidr_block": ["10.2.0.0/16"]}}""", relation("organization", "organizations", organization()));
        assertThat(written.status()).as(written.detail()).isEqualTo(201);
        assertThat(written.attribute("definition").toString())
                .isEqualTo("{\"username\":[\"mallory\"],\"cidr_block\":[\"10.2.0.0/16\"]}");
        assertThat(written.attribute("ends_at").asString()).isEqualTo("2027-01-01T00:00:00.000Z");

        assertThat(get(token, with("/api/v2/context_variables", "filter[value]", "~MALLORY"))
                        .all("name"))
                .containsExactly("Guests");
        assertThat(related("context_labels", written.id(), "context_variables").all("type"))
                .containsExactlyInAnyOrder("username", "cidr_block");
        assertThat(related("context_categories", "username", "context_variables")
                        .all("value"))
                .containsExactly("mallory");
        assertThat(related("expel_alerts", alertOf("one"), "context_labels").all("title"))
                .containsExactly("Guests");

        var changed = patch(
                token,
                "context_labels",
                written.id(),
                "{\"definition\": {\"ip_address\": [\"10.9.9.9\"]}, \"ends_at\": null}");
        assertThat(changed.status()).as(changed.detail()).isEqualTo(200);
        assertThat(changed.attribute("revision").asInt(0)).isEqualTo(1);
        assertThat(changed.attribute("ends_at").isNull()).isTrue();
        assertThat(related("expel_alerts", alertOf("one"), "context_labels").data())
                .isEmpty();
        var late = patch(token, "context_labels", written.id(), "{\"title\": \"Mine\", \"revision\": 0}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).contains("A client changed it: username mallory → nothing");
        var wrong = patch(token, "context_labels", written.id(), "{\"definition\": {\"port\": [\"80\"]}}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.detail()).contains("username, hostname, ip_address, cidr_block");
        assertThat(patch(token, "context_labels", written.id(), "{\"definition\": {\"ip_address\": [\"x\"]}}")
                        .pointer())
                .isEqualTo("/data/attributes/definition/ip_address");
        var analyst = token(
                Membership.of(Role.ORGANIZATION_ANALYST, device().organization().id()));
        assertThat(ask(analyst, "DELETE", "/api/v2/context_labels/" + written.id(), "")
                        .status())
                .isEqualTo(403);
        assertThat(ask(token, "DELETE", "/api/v2/context_labels/" + written.id(), "")
                        .status())
                .isEqualTo(204);
        assertThat(get(token, with("/api/v2/context_label_histories", "filter[context_label][id]", written.id()))
                        .all("action"))
                .containsExactly("CREATED", "UPDATED", "DELETED");
    }

    @Test
    void whatFollowsFromALabelIsWrittenChangedAndRemoved() {
        var label = post(
                token,
                "context_labels",
                "{\"title\": \"Guests\", \"description\": \"Known\", \"definition\": {\"username\": [\"mallory\"]}}",
                relation("organization", "organizations", organization()));
        var ofLabel = relation("context_label", "context_labels", label.id());
        var written = post(
                token,
                "context_label_actions",
                "{\"action_type\": \"SUPPRESS\", \"rule_ids\": [\"suspected-dcsync-attack\"], \"severities\": [\"LOW\"]}",
                ofLabel);
        assertThat(written.status()).as(written.detail()).isEqualTo(201);
        assertThat(written.attribute("rule_ids").toString()).isEqualTo("[\"suspected-dcsync-attack\"]");
        assertThat(related("context_labels", label.id(), "context_label_actions")
                        .all("action_type"))
                .containsExactly("SUPPRESS");

        var changed = patch(token, "context_label_actions", written.id(), "{\"severities\": []}");
        assertThat(changed.status()).as(changed.detail()).isEqualTo(200);
        assertThat(changed.id()).isEqualTo(written.id());
        assertThat(changed.attribute("severities")).isEmpty();
        assertThat(changed.attribute("revision").asInt(0)).isEqualTo(2);
        assertThat(patch(token, "context_label_actions", written.id(), "{\"severities\": [\"HIGH\"]}")
                        .detail())
                .contains("No label closes alerts that are High or Critical");
        assertThat(patch(token, "context_label_actions", written.id(), "{\"action_type\": \"ADD_TO\"}")
                        .pointer())
                .isEqualTo("/data/attributes/action_type");
        assertThat(patch(
                                token,
                                "context_label_actions",
                                written.id(),
                                "{\"action_type\": \"ALERT_ON\", \"revision\": 0}")
                        .status())
                .isEqualTo(409);
        // The label keeps what follows when something else of it changes.
        assertThat(patch(token, "context_labels", label.id(), "{\"title\": \"Visitors\"}")
                        .status())
                .isEqualTo(200);
        assertThat(get(token, "/api/v2/context_label_actions").all("action_type"))
                .containsExactly("SUPPRESS");
        var analyst = token(
                Membership.of(Role.ORGANIZATION_ANALYST, device().organization().id()));
        assertThat(ask(analyst, "DELETE", "/api/v2/context_label_actions/" + written.id(), "")
                        .status())
                .isEqualTo(403);
        assertThat(ask(token, "DELETE", "/api/v2/context_label_actions/" + written.id(), "")
                        .status())
                .isEqualTo(204);
        assertThat(get(token, "/api/v2/context_label_actions").total()).isZero();
        assertThat(get(token, with("/api/v2/context_label_histories", "filter[context_label][id]", label.id()))
                        .total())
                .isEqualTo(5);
    }

    @Test
    void aNoteIsWrittenChangedAndRemoved() {
        var written = post(
                token,
                "notes",
                "{\"term\": \"srv1\", \"note\": \"It backs up.\", \"ends_at\": \"2026-12-31\"}",
                relation("organization", "organizations", organization()));
        assertThat(written.status()).as(written.detail()).isEqualTo(201);
        assertThat(written.attribute("ends_at").asString()).isEqualTo("2027-01-01T00:00:00.000Z");

        assertThat(patch(token, "notes", written.id(), "{\"note\": \"Nothing.\"}")
                        .attribute("revision")
                        .asInt(0))
                .isEqualTo(1);
        assertThat(patch(token, "notes", written.id(), "{\"note\": \"Mine\", \"revision\": 0}")
                        .status())
                .isEqualTo(409);
        assertThat(patch(token, "notes", written.id(), "{\"note\": \"\"}").pointer())
                .isEqualTo("/data/attributes/note");
        assertThat(ask(token, "DELETE", "/api/v2/notes/" + written.id(), "").status())
                .isEqualTo(204);
        assertThat(get(token, with("/api/v2/note_histories", "filter[note][id]", written.id()))
                        .all("action"))
                .containsExactly("CREATED", "UPDATED", "DELETED");
        assertThat(get(token, with("/api/v2/context_label_histories", "filter[context_label][id]", written.id()))
                        .total())
                .isZero();
    }
}
