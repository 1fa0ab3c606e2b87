package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs do to alerts and investigations from beginning to end, with the histories that this leaves. */
class LivesTest extends ResourceTest {

    private Optional<SecurityDevice> device = Optional.empty();
    private String token = "";
    private String alert = "";

    @BeforeEach
    void anAlert() {
        device = Optional.of(customer("Contoso", "Suspected DCSync attack", "Suspected DCSync attack"));
        token = socAdmin();
        alert = alert(device.orElseThrow()).toString();
    }

    private String organization() {
        return device.orElseThrow().organization().id().toString();
    }

    private Answer changeAlert(String attributes) {
        return patch(token, "expel_alerts", alert, attributes);
    }

    @Test
    void anAlertIsAssignedStartedClosedAndReopened() {
        var me = get(token, with("/api/v2/actors", "filter[actor_type]", "user"))
                .data()
                .path(0)
                .path("id")
                .asString();

        var assigned = patch(token, "expel_alerts", alert, "{}", relation("assigned_to_actor", "actors", me));
        assertThat(assigned.status()).as(assigned.detail()).isEqualTo(200);
        assertThat(assigned.data()
                        .path("relationships")
                        .path("assigned_to_actor")
                        .path("data")
                        .path("id")
                        .asString())
                .isEqualTo(me);
        assertThat(changeAlert("{\"status\": \"IN_PROGRESS\"}")
                        .attribute("status")
                        .asString())
                .isEqualTo("IN_PROGRESS");
        assertThat(changeAlert("{\"status\": \"CLOSED\"}").pointer()).isEqualTo("/data/attributes/close_reason");
        assertThat(changeAlert("{\"status\": \"CLOSED\", \"close_reason\": \"BENIGN\"}")
                        .pointer())
                .isEqualTo("/data/attributes/close_comment");
        assertThat(changeAlert("{\"status\": \"CLOSED\", \"close_reason\": \"SUPPRESSED\", \"close_comment\": \"x\"}")
                        .pointer())
                .isEqualTo("/data/attributes/close_reason");
        assertThat(changeAlert("{\"status\": \"SHUT\"}").detail())
                .isEqualTo("status must be one of: OPEN, IN_PROGRESS, CLOSED.");
        var closed =
                changeAlert("{\"status\": \"CLOSED\", \"close_reason\": \"BENIGN\", \"close_comment\": \"A backup.\"}");
        assertThat(closed.attribute("close_reason").asString()).isEqualTo("BENIGN");
        assertThat(closed.attribute("close_comment").asString()).isEqualTo("A backup.");
        assertThat(changeAlert("{\"close_reason\": \"OTHER\"}").detail()).contains("by the status OPEN");
        assertThat(changeAlert("{\"status\": \"OPEN\"}")
                        .attribute("close_reason")
                        .isNull())
                .isTrue();

        var histories = get(token, "/api/v2/expel_alerts/" + alert + "/expel_alert_histories");
        assertThat(histories.all("action")).contains("CREATED", "ASSIGNED", "STATUS_CHANGED");
        assertThat(histories.all("actor_name")).contains("Gatehouse", "A client");
    }

    @Test
    void whoComesLateIsToldWhatHappened() {
        var revision = get(token, "/api/v2/expel_alerts/" + alert)
                .attribute("revision")
                .asInt();
        changeAlert("{\"status\": \"IN_PROGRESS\"}");

        var late = changeAlert(
                "{\"status\": \"CLOSED\", \"close_reason\": \"BENIGN\", \"close_comment\": \"x\", \"revision\": %d}"
                        .formatted(revision));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).contains("It has changed since you looked", "A client");
        assertThat(get(token, "/api/v2/expel_alerts/" + alert)
                        .attribute("status")
                        .asString())
                .isEqualTo("IN_PROGRESS");
    }

    @Test
    void countsHowOthersOfTheRuleEnded() {
        var other = get(token, with("/api/v2/expel_alerts", "filter[id]", "!" + alert))
                .data()
                .path(0);
        var rule = other.path("attributes").path("expel_signature_id").asString();
        assertThat(rule)
                .isEqualTo(get(token, "/api/v2/expel_alerts/" + alert)
                        .attribute("expel_signature_id")
                        .asString());
        patch(
                token,
                "expel_alerts",
                other.path("id").asString(),
                "{\"status\": \"CLOSED\", \"close_reason\": \"BENIGN\", \"close_comment\": \"x\"}");

        var one = get(token, "/api/v2/expel_alerts/" + alert);

        assertThat(one.attribute("disposition_closed_alerts_count").asInt()).isEqualTo(1);
        assertThat(one.attribute("cust_disp_closed_alerts_count").asInt()).isEqualTo(1);
        assertThat(one.attribute("disposition_alerts_in_incidents_count").asInt())
                .isZero();
    }

    private String investigation() {
        var opened = post(
                token,
                "investigations",
                "{\"title\": \"DCSync at Contoso\"}",
                relation("lead_expel_alert", "expel_alerts", alert));
        assertThat(opened.status()).as(opened.detail()).isEqualTo(201);
        return opened.id();
    }

    @Test
    void anInvestigationIsOpenedDescribedPromotedClosedAndReopened() {
        var id = investigation();
        var type = "investigations";

        assertThat(get(token, "/api/v2/expel_alerts/" + alert)
                        .data()
                        .path("relationships")
                        .path("investigation")
                        .path("data")
                        .path("id")
                        .asString())
                .isEqualTo(id);
        var changed = patch(
                token,
                type,
                id,
                "{\"analyst_severity\": \"HIGH\", \"attack_vector\": \"CRED_THEFT\", \"next_steps\": \"Reset.\", \"is_surge\": true,"
                        + " \"is_incident\": true}",
                // As the client sends it: every relation that is not read-only, as it was.
                relation("organization", "organizations", organization()));
        assertThat(changed.status()).as(changed.detail()).isEqualTo(200);
        assertThat(changed.attribute("analyst_severity").asString()).isEqualTo("HIGH");
        assertThat(changed.attribute("is_incident").asBoolean()).isTrue();
        assertThat(changed.attribute("is_surge").asBoolean()).isTrue();
        assertThat(get(token, with("/api/v2/investigations", "filter[is_incident]", "True"))
                        .total())
                .isEqualTo(1);
        assertThat(patch(token, type, id, "{\"is_incident\": false}").pointer())
                .isEqualTo("/data/attributes/downgrade_reason");
        assertThat(patch(token, type, id, "{\"is_incident\": false, \"downgrade_reason\": \"A test.\"}")
                        .attribute("is_downgrade")
                        .asBoolean())
                .isTrue();
        assertThat(patch(token, type, id, "{\"decision\": \"TRUE_POSITIVE\"}").pointer())
                .isEqualTo("/data/attributes/close_comment");
        var closed = patch(token, type, id, "{\"decision\": \"TRUE_POSITIVE\", \"close_comment\": \"Contained.\"}");
        assertThat(closed.attribute("decision").asString()).isEqualTo("TRUE_POSITIVE");
        assertThat(get(token, with("/api/v2/investigations", "filter[decision]", "\u2400true"))
                        .total())
                .isZero();
        assertThat(patch(token, type, id, "{\"decision\": null}")
                        .attribute("decision")
                        .isNull())
                .isTrue();
        assertThat(patch(token, type, id, "{\"short_link\": \"X-1\"}").detail())
                .startsWith("short_link cannot be written.");

        var histories = get(token, "/api/v2/investigations/" + id + "/investigation_histories");
        assertThat(histories.all("action")).contains("CREATED", "CHANGED", "CLOSED", "REOPENED");
        assertThat(get(token, with("/api/v2/investigations", "flag[search]", "dcsync at"))
                        .total())
                .isEqualTo(1);
        assertThat(get(token, with("/api/v2/investigations", "flag[search]", "nothing like it"))
                        .total())
                .isZero();
    }

    @Test
    void anInvestigationOfNoAlertNeedsAnOrganization() {
        assertThat(post(token, "investigations", "{\"title\": \"Hunt\"}", "{}").pointer())
                .isEqualTo("/data/relationships/organization");
        assertThat(post(token, "investigations", "{}", relation("organization", "organizations", organization()))
                        .pointer())
                .isEqualTo("/data/attributes/title");
        var opened = post(
                token,
                "investigations",
                "{\"title\": \"Hunt\", \"open_summary\": \"Why\"}",
                relation("organization", "organizations", organization()));
        assertThat(opened.status()).as(opened.detail()).isEqualTo(201);
        assertThat(opened.attribute("open_summary").asString()).isEqualTo("Why");
    }

    @Test
    void anAlertIsPutIntoAnInvestigationAndTakenOut() {
        var id = post(
                        token,
                        "investigations",
                        "{\"title\": \"Hunt\"}",
                        relation("organization", "organizations", organization()))
                .id();

        var put = patch(token, "expel_alerts", alert, "{}", relation("investigation", "investigations", id));
        assertThat(put.status()).as(put.detail()).isEqualTo(200);
        assertThat(get(token, "/api/v2/investigations/" + id + "/expel_alerts").data())
                .hasSize(1);
        patch(token, "expel_alerts", alert, "{}", "{\"investigation\": {\"data\": null}}");
        assertThat(get(token, "/api/v2/investigations/" + id + "/expel_alerts").data())
                .isEmpty();
    }

    private static String linkage(String type, Object... ids) {
        return "{\"data\": [%s]}"
                .formatted(Arrays.stream(ids)
                        .map("{\"type\": \"%s\", \"id\": \"%%s\"}".formatted(type)::formatted)
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void whatARelationLeadsToIsChangedAtItsOwnAddress() {
        var me = get(token, with("/api/v2/actors", "filter[actor_type]", "user"))
                .data()
                .path(0)
                .path("id")
                .asString();
        var assignee = "/api/v2/expel_alerts/" + alert + "/relationships/assigned_to_actor";

        var assigned =
                ask(token, "PATCH", assignee, "{\"data\": {\"type\": \"actors\", \"id\": \"%s\"}}".formatted(me));
        assertThat(assigned.status()).as(assigned.detail()).isEqualTo(200);
        assertThat(assigned.data().path("id").asString()).isEqualTo(me);
        assertThat(ask(token, "PATCH", assignee, "{\"data\": null}").data().isNull())
                .isTrue();
        assertThat(get(token, "/api/v2/expel_alerts/" + alert + "/expel_alert_histories")
                        .all("action"))
                .contains("ASSIGNED");
        assertThat(ask(token, "PATCH", assignee, "{}").pointer()).isEqualTo("/data");
        assertThat(ask(token, "PATCH", assignee, "{\"data\": [1]}").status()).isEqualTo(422);
        assertThat(ask(token, "PATCH", assignee, "{\"data\": {\"type\": \"comments\", \"id\": \"x\"}}")
                        .pointer())
                .isEqualTo("/data/type");
        assertThat(ask(token, "PATCH", assignee, "{\"data\": {\"type\": \"actors\", \"id\": \"nobody\"}}")
                        .detail())
                .isEqualTo("There is none of the actors with the id nobody.");
        var post = ask(token, "POST", assignee, linkage("actors", me));
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.detail()).isEqualTo("assigned_to_actor of expel_alerts leads to one: PATCH says to which.");
        assertThat(ask(token, "DELETE", assignee, linkage("actors", me)).status())
                .isEqualTo(405);
    }

    @Test
    void alertsArePutIntoAnInvestigationAndTakenOutByTheirRelation() {
        var id = post(
                        token,
                        "investigations",
                        "{\"title\": \"Hunt\"}",
                        relation("organization", "organizations", organization()))
                .id();
        var path = "/api/v2/investigations/" + id + "/relationships/expel_alerts";
        var other = get(token, with("/api/v2/expel_alerts", "filter[id]", "!" + alert))
                .data()
                .path(0)
                .path("id")
                .asString();

        assertThat(ask(token, "POST", path, linkage("expel_alerts", alert)).data())
                .hasSize(1);
        assertThat(ask(token, "POST", path, linkage("expel_alerts", alert)).data())
                .hasSize(1);
        var replaced = ask(token, "PATCH", path, linkage("expel_alerts", other));
        assertThat(replaced.status()).as(replaced.detail()).isEqualTo(200);
        assertThat(replaced.data().findValuesAsString("id")).containsExactly(other);
        assertThat(ask(token, "PATCH", path, linkage("expel_alerts", other, alert))
                        .data())
                .hasSize(2);
        assertThat(ask(token, "DELETE", path, linkage("expel_alerts", alert))
                        .data()
                        .findValuesAsString("id"))
                .containsExactly(other);
        assertThat(ask(token, "DELETE", path, linkage("expel_alerts", alert)).status())
                .isEqualTo(200);
        assertThat(ask(token, "POST", path, "{\"data\": {\"type\": \"expel_alerts\", \"id\": \"%s\"}}".formatted(alert))
                        .pointer())
                .isEqualTo("/data");
        assertThat(ask(token, "POST", path, linkage("expel_alerts", alert, "nothing"))
                        .detail())
                .isEqualTo("There is none of the expel_alerts with the id nothing.");
        assertThat(get(token, path).data()).hasSize(1);
        assertThat(get(token, "/api/v2/investigations/" + id + "/investigation_histories")
                        .body()
                        .toString())
                .contains("\"what\":\"alert\"");
    }

    @Test
    void whatAnotherInvestigationHoldsChangesNothing() {
        var first = investigation();
        var second = post(
                        token,
                        "investigations",
                        "{\"title\": \"Other\"}",
                        relation("organization", "organizations", organization()))
                .id();
        var other = get(token, with("/api/v2/expel_alerts", "filter[id]", "!" + alert))
                .data()
                .path(0)
                .path("id")
                .asString();
        var path = "/api/v2/investigations/" + second + "/relationships/expel_alerts";
        ask(token, "POST", path, linkage("expel_alerts", other));

        assertThat(ask(token, "PATCH", path, linkage("expel_alerts", alert)).status())
                .isEqualTo(422);

        assertThat(get(token, path).data().findValuesAsString("id")).containsExactly(other);
        assertThat(get(token, "/api/v2/investigations/" + first + "/relationships/expel_alerts")
                        .data()
                        .findValuesAsString("id"))
                .containsExactly(alert);
    }

    @Test
    void relationsThatCannotBeWrittenSaySo() {
        var id = investigation();
        var comment = post(token, "comments", "{\"comment\": \"Hm\"}", relation("investigation", "investigations", id));

        var never =
                ask(token, "PATCH", "/api/v2/investigations/" + id + "/relationships/created_by", "{\"data\": null}");
        assertThat(never.status()).isEqualTo(403);
        assertThat(never.detail()).isEqualTo("created_by of investigations cannot be changed.");
        var atFirst = ask(
                token,
                "PATCH",
                "/api/v2/comments/" + comment.id() + "/relationships/investigation",
                "{\"data\": null}");
        assertThat(atFirst.status()).isEqualTo(403);
        assertThat(atFirst.detail()).isEqualTo("investigation of comments stays what it is.");
        assertThat(ask(
                                token,
                                "POST",
                                "/api/v2/investigations/" + id + "/relationships/comments",
                                linkage("comments", comment.id()))
                        .status())
                .isEqualTo(403);
        assertThat(ask(token, "DELETE", "/api/v2/investigations/" + id + "/relationships/nothing", linkage("x"))
                        .status())
                .isEqualTo(404);
        var other = post(
                token,
                "investigations",
                "{\"title\": \"Other\"}",
                relation("organization", "organizations", organization()));
        assertThat(patch(token, "comments", comment.id(), "{}", relation("investigation", "investigations", other.id()))
                        .detail())
                .isEqualTo("investigation stays what it is.");
        var auditor = token(Membership.ofProvider(Role.AUDITOR));
        assertThat(ask(
                                auditor,
                                "POST",
                                "/api/v2/investigations/" + id + "/relationships/expel_alerts",
                                linkage("expel_alerts", alert))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void commentsFindingsAndTimelineAreWrittenChangedAndDeleted() {
        var within = relation("investigation", "investigations", investigation());
        for (var each : new String[][] {
            {"comments", "{\"comment\": \"Seen\"}", "{\"comment\": \"Seen by me\"}", "comment", "Seen by me"},
            {
                "investigation_findings",
                "{\"title\": \"Where else?\"}",
                "{\"finding\": \"Nowhere.\"}",
                "finding",
                "Nowhere."
            },
            {
                "timeline_entries",
                "{\"event\": \"Sign-in\", \"event_date\": \"2026-11-23T11:00:00\"}",
                "{\"dest_host\": \"DC01\"}",
                "dest_host",
                "DC01"
            }
        }) {
            var type = each[0];
            assertThat(post(token, type, each[1], "{}").pointer())
                    .as(type)
                    .isEqualTo("/data/relationships/investigation");
            assertThat(post(token, type, "{}", within).status()).as(type).isEqualTo(422);
            var made = post(token, type, each[1], within);
            assertThat(made.status()).as(made.detail()).isEqualTo(201);
            var changed = patch(token, type, made.id(), each[2]);
            assertThat(changed.attribute(each[3]).asString())
                    .as(changed.detail())
                    .isEqualTo(each[4]);
            assertThat(patch(token, type, made.id(), "{\"revision\": 0, \"%s\": \"x\"}".formatted(each[3]))
                            .status())
                    .as(type)
                    .isEqualTo(409);
            var path = "/api/v2/" + type + "/" + made.id();
            assertThat(ask(
                                    token,
                                    "DELETE",
                                    path,
                                    "{\"data\": {\"type\": \"%s\", \"attributes\": {\"created_at\": \"x\"}}}"
                                            .formatted(type))
                            .status())
                    .as(type)
                    .isEqualTo(204);
            assertThat(get(token, path).status()).as(type).isEqualTo(404);
        }
        assertThat(get(token, "/api/v2/comment_histories").all("action"))
                .containsExactly("CREATED", "UPDATED", "DELETED");
    }

    @Test
    void stepsAreTakenAskedAndAnswered() {
        var within = relation("investigation", "investigations", investigation());
        var type = "investigative_actions";
        assertThat(post(token, type, "{\"action_type\": \"TASKABILITY\", \"title\": \"x\"}", within)
                        .detail())
                .startsWith("action_type must be one of: MANUAL, VERIFY");
        var made = post(token, type, "{\"action_type\": \"VERIFY\", \"title\": \"Was it you?\"}", within);
        assertThat(made.attribute("status").asString()).as(made.detail()).isEqualTo("RUNNING");

        assertThat(patch(token, type, made.id(), "{\"activity_authorized\": true}")
                        .pointer())
                .isEqualTo("/data/attributes/activity_verified_by");
        var answered =
                patch(token, type, made.id(), "{\"activity_authorized\": false, \"activity_verified_by\": \"Ada\"}");
        assertThat(answered.attribute("activity_authorized").asBoolean(true))
                .as(answered.detail())
                .isFalse();
        assertThat(answered.attribute("status").asString()).isEqualTo("READY_FOR_ANALYSIS");
        var closed = patch(
                token,
                type,
                made.id(),
                "{\"status\": \"CLOSED\", \"classification\": \"MALICIOUS\", \"results\": \"Reset.\"}");
        assertThat(closed.attribute("closed_at").isNull()).as(closed.detail()).isFalse();
        assertThat(get(token, with("/api/v2/investigative_actions", "filter[expel_alert][id]", alert))
                        .status())
                .isEqualTo(200);

        var ofAlert = post(
                token,
                type,
                "{\"action_type\": \"MANUAL\", \"title\": \"Look\"}",
                relation("expel_alert", "expel_alerts", alert));
        assertThat(ofAlert.status()).as(ofAlert.detail()).isEqualTo(201);
        assertThat(get(token, "/api/v2/expel_alerts/" + alert)
                        .attribute("investigative_action_count")
                        .asInt())
                .isGreaterThan(0);
    }

    @Test
    void remediationIsRecommendedAndItsAssetsAreTicked() {
        var within = relation("investigation", "investigations", investigation());
        var made = post(
                token,
                "remediation_actions",
                "{\"action_type\": \"DISABLE_USER_ACCOUNT\", \"detail_markdown\": \"Now.\"}",
                within);
        assertThat(made.attribute("action").asString()).as(made.detail()).isEqualTo("Disable user account");
        var asset = post(
                token,
                "remediation_action_assets",
                "{\"asset_type\": \"ACCOUNT\", \"value\": \"mallory\"}",
                relation("remediation_action", "remediation_actions", made.id()));
        assertThat(asset.attribute("status").asString()).as(asset.detail()).isEqualTo("OPEN");
        assertThat(patch(token, "remediation_action_assets", asset.id(), "{\"status\": \"COMPLETED\"}")
                        .attribute("status")
                        .asString())
                .isEqualTo("COMPLETED");
        assertThat(patch(token, "remediation_action_assets", asset.id(), "{\"value\": \"x\"}")
                        .pointer())
                .isEqualTo("/data/attributes/value");
        var done =
                patch(token, "remediation_actions", made.id(), "{\"status\": \"COMPLETED\", \"comment\": \"Done.\"}");
        assertThat(done.attribute("completed_at").isNull()).as(done.detail()).isFalse();
        assertThat(get(token, "/api/v2/remediation_actions/" + made.id() + "/remediation_action_assets")
                        .all("status"))
                .containsExactly("COMPLETED");
        assertThat(get(token, "/api/v2/remediation_action_histories").all("action"))
                .contains("CREATED", "COMPLETED");
        assertThat(ask(token, "DELETE", "/api/v2/remediation_actions/" + made.id(), "{}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void nothingIsWrittenByWhoMayNot() {
        var id = investigation();
        var auditor = token(Membership.ofProvider(Role.AUDITOR));
        var analyst = token(Membership.of(
                Role.ORGANIZATION_ANALYST, device.orElseThrow().organization().id()));

        assertThat(patch(auditor, "expel_alerts", alert, "{\"status\": \"IN_PROGRESS\"}")
                        .status())
                .isEqualTo(403);
        assertThat(post(auditor, "comments", "{\"comment\": \"x\"}", relation("investigation", "investigations", id))
                        .status())
                .isEqualTo(403);
        assertThat(patch(analyst, "investigations", id, "{\"is_soc_support_required\": true}")
                        .status())
                .isEqualTo(403);
        assertThat(patch(analyst, "investigations", id, "{\"next_steps\": \"Ask.\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void workIsGivenToNobodyWhoCannotDoIt() {
        var gatehouse = relation("assigned_to_actor", "actors", Actors.GATEHOUSE);
        var refused = patch(token, "expel_alerts", alert, "{}", gatehouse);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointer()).isEqualTo("/data/relationships/assigned_to_actor");
        assertThat(patch(token, "expel_alerts", alert, "{}", relation("assigned_to_actor", "actors", "nobody"))
                        .pointer())
                .isEqualTo("/data/relationships/assigned_to_actor/data/id");
        assertThat(patch(token, "expel_alerts", alert, "{}", relation("assigned_to_actor", "actors", organization()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyIsToldOnceAndRevokedByDelete() {
        var session = session();
        var made = post(session, "api_keys", "{\"name\": \"Export\", \"role\": \"auditor\"}", "{}");
        assertThat(made.status()).as(made.detail()).isEqualTo(201);
        var key = made.attribute("access_token").asString();
        assertThat(key).startsWith("gatehouse_");
        assertThat(get(key, "/api/v2/vendor_alerts").status()).isEqualTo(200);
        assertThat(get(token, "/api/v2/api_keys/" + made.id())
                        .attribute("access_token")
                        .isNull())
                .isTrue();
        assertThat(ask(token, "DELETE", "/api/v2/api_keys/" + made.id(), "{}").status())
                .isEqualTo(204);
        assertThat(get(key, "/api/v2/vendor_alerts").status()).isEqualTo(401);
    }

    @Test
    void aKeyMakesNoKeys() {
        var before = get(token, "/api/v2/api_keys").total();

        var refused = post(token, "api_keys", "{\"name\": \"Export\", \"role\": \"auditor\"}", "{}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).startsWith("A key makes no keys. Sign in by POST /auth/v0/login");
        assertThat(get(token, "/api/v2/api_keys").total()).isEqualTo(before);
    }
}
