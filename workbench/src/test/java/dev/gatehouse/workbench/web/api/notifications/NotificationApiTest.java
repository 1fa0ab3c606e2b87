package dev.gatehouse.workbench.web.api.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.notifications.Receiver;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Integrations and rules as programs write them. */
class NotificationApiTest extends ScreenTest {

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Organizations organizations;

    @Autowired
    private InvestigationActions investigations;

    private record Reply(int status, String text) {

        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        JsonNode data() {
            return json().path("data");
        }
    }

    private UUID organization() {
        return organizations.byDefault().id();
    }

    private String token(Membership membership) {
        var token = tokens.draw();
        tokens.add("A script", membership, token);
        return token;
    }

    private Reply send(String token, HttpMethod method, String path, String body) throws Exception {
        var answer = mvc.perform(request(method, URI.create("/api/v2/" + path))
                        .header("Authorization", "Bearer " + token)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
        return new Reply(answer.getStatus(), answer.getContentAsString(StandardCharsets.UTF_8));
    }

    private Reply add(String token, String type, String attributes) throws Exception {
        return send(token, HttpMethod.POST, type, """
                {"data": {"type": "%s", "attributes": %s,
                 "relationships": {"organization": {"data": {"type": "organizations", "id": "%s"}}}}}""".formatted(type, attributes, organization()));
    }

    private static String webhook(String url) {
        return """
                {"integration_type": "webhook", "service_name": "Our program",
                 "integration_meta": {"url": "%s", "auth_type": "BEARER"}}""".formatted(url);
    }

    @Test
    void aSecretStandsInTheAnswerThatMadeItAndNowhereElse() throws Exception {
        var admin = token(Membership.of(Role.ORGANIZATION_ADMIN, organization()));

        var added = add(admin, "integrations", webhook("https://localhost:1/"));

        assertThat(added.status()).as(added.text()).isEqualTo(201);
        var secret = added.data().path("attributes").path("secret").asString();
        assertThat(secret).hasSize(43);
        var id = added.data().path("id").asString();
        var again = send(admin, HttpMethod.GET, "integrations/" + id, "");
        assertThat(again.text()).doesNotContain(secret);
        assertThat(again.data().path("attributes").path("status").asString()).isEqualTo("UNTESTED");
        assertThat(again.data()
                        .path("attributes")
                        .path("integration_meta")
                        .path("auth_type")
                        .asString())
                .isEqualTo("BEARER");

        var changed = send(admin, HttpMethod.PATCH, "integrations/" + id, """
                {"data": {"type": "integrations", "attributes": {"integration_meta": {"url": "https://elsewhere.example/"}}}}""");
        assertThat(changed.status()).isEqualTo(422);
        assertThat(changed.text()).contains("Enter it again");
        assertThat(add(admin, "integrations", webhook("http://localhost/")).text())
                .contains("/data/attributes/integration_meta/url");
    }

    @Test
    void aRuleIsWrittenAndWhatItToldCanBeRead() throws Exception {
        var admin = token(Membership.of(Role.ORGANIZATION_ADMIN, organization()));
        var integration = add(admin, "integrations", webhook("https://localhost:1/"))
                .data()
                .path("id")
                .asString();

        var added = add(admin, "notification_rules", """
                {"name": "Investigations", "event_names": ["investigation_created"], "destinations": ["integration:%s"],
                 "conditionals": [{"field": "actor", "operator": "is_not", "values": ["Ada"]}]}""".formatted(integration));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        investigations.open(Scope.everything(), Actor.GATEHOUSE, organization(), "Odd sign-ins");

        var told = send(admin, HttpMethod.GET, "notification_events?filter%5Bevent_name%5D=investigation_created", "");
        assertThat(told.json().path("meta").path("page").path("total").asInt()).isEqualTo(1);
        var attributes = told.data().path(0).path("attributes");
        assertThat(attributes.path("data").path("current").path("title").asString())
                .isEqualTo("Odd sign-ins");
        assertThat(attributes.path("deliveries").path(0).path("rule").asString())
                .isEqualTo("Investigations");

        var refused = add(admin, "notification_rules", """
                {"name": "No such", "event_names": ["nothing_happened"], "conditionals": [{"field": "colour"}]}""");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(send(admin, HttpMethod.GET, "rule_definitions?page%5Blimit%5D=0", "")
                        .json()
                        .path("meta")
                        .path("page")
                        .path("total")
                        .asInt())
                .isEqualTo(25);
        assertThat(send(
                                admin,
                                HttpMethod.GET,
                                "organizations/%s/notification_preferences".formatted(organization()),
                                "")
                        .data()
                        .path("attributes")
                        .path("is_email_available")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void anIntegrationIsTestedAndWhatWasDoneToItCanBeRead() throws Exception {
        try (var receiver = new Receiver()) {
            var admin = token(Membership.of(Role.ORGANIZATION_ADMIN, organization()));
            var id = add(admin, "integrations", webhook(receiver.url()))
                    .data()
                    .path("id")
                    .asString();

            var tested = send(admin, HttpMethod.POST, "integrations/" + id + "/test", "");

            assertThat(tested.status()).as(tested.text()).isEqualTo(200);
            assertThat(tested.data().path("id").asString()).isEqualTo(id);
            var attributes = tested.data().path("attributes");
            assertThat(attributes.path("status").asString()).isEqualTo("TEST_SUCCESS");
            assertThat(attributes.path("last_tested_at").isNull()).isFalse();
            assertThat(receiver.got()).hasSize(1);
            assertThat(receiver.got().getFirst().json().path("event_name").asString())
                    .isEqualTo("test");

            var rule = add(admin, "notification_rules", """
                    {"name": "Incidents", "event_names": ["incident_created"], "destinations": ["integration:%s"]}""".formatted(id))
                    .data()
                    .path("id")
                    .asString();
            assertThat(send(admin, HttpMethod.DELETE, "integrations/" + id, "").status())
                    .isEqualTo(204);
            assertThat(done(admin, "integration_histories?filter%5Bintegration%5D%5Bid%5D=" + id))
                    .containsExactly("CREATED", "TESTED", "DELETED");
            assertThat(done(admin, "notification_rules/" + rule + "/notification_rule_histories"))
                    .containsExactly("CREATED", "UPDATED");
        }
    }

    private List<String> done(String token, String path) throws Exception {
        return send(token, HttpMethod.GET, path, "")
                .data()
                .valueStream()
                .sorted(Comparator.comparingLong(entry -> entry.path("id").asLong()))
                .map(entry -> entry.path("attributes").path("action").asString())
                .toList();
    }

    @Test
    void aTestOfWhatIsNotThereIsNotFoundAndOnlyWhoeverManagesTests() throws Exception {
        var admin = token(Membership.of(Role.ORGANIZATION_ADMIN, organization()));
        var analyst = token(Membership.of(Role.ORGANIZATION_ANALYST, organization()));

        for (var id : List.of("nonsense", UUID.randomUUID().toString())) {
            assertThat(send(admin, HttpMethod.POST, "integrations/" + id + "/test", "")
                            .status())
                    .isEqualTo(404);
            assertThat(send(analyst, HttpMethod.POST, "integrations/" + id + "/test", "")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void whoeverMayOnlyReadWritesNothing() throws Exception {
        var analyst = token(Membership.of(Role.ORGANIZATION_ANALYST, organization()));

        assertThat(add(analyst, "integrations", webhook("https://localhost:1/")).status())
                .isEqualTo(403);
        assertThat(add(analyst, "notification_rules", "{\"name\": \"Mine\"}").status())
                .isEqualTo(403);
        assertThat(send(analyst, HttpMethod.GET, "integrations", "").status()).isEqualTo(200);
    }
}
