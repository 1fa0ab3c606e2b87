package dev.gatehouse.workbench.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.workbench.notifications.Integration.Address;
import dev.gatehouse.workbench.people.Trace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each kind of receiver gets. */
class RequestsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final UUID SUBJECT = UUID.fromString("6fa459ea-ee8a-4ca4-894e-db77e160355e");
    private static final UUID GUID = UUID.fromString("1b4e28ba-2fa1-41d2-883f-0016d3cca427");
    private static final Instant AT = Instant.parse("2026-11-23T09:00:00Z");

    private static Message message(EventName event, String summary) {
        return new Message(GUID, "Tell us", event.key(), AT, SUBJECT, summary, JSON.readTree("""
                {"severity": "HIGH", "organization": {"name": "Acme"}, "url": "https://soc.example.com/activity/1"}"""));
    }

    private static Outgoing request(IntegrationType type, String url, String secret, Message message) {
        return Requests.of(
                new Integration(
                        GUID,
                        new Owner(Optional.empty(), "Provider"),
                        type,
                        "It",
                        new Address(url, Optional.empty(), ""),
                        Integration.Test.NONE,
                        0,
                        new Trace(AT, "Ada", AT, "Ada")),
                new ClientSecret(secret),
                message);
    }

    private static JsonNode body(Outgoing request) {
        return JSON.readTree(request.body());
    }

    @Test
    void slackGetsALineWithALinkAndNothingThatItWouldReadAsMarkup() {
        var request = request(
                IntegrationType.SLACK,
                "",
                "https://hooks.slack.com/services/T0/B0/X",
                message(EventName.INCIDENT_CREATED, "Incident <!channel> & more"));

        assertThat(request.uri()).hasToString("https://hooks.slack.com/services/T0/B0/X");
        assertThat(body(request).path("text").asString())
                .isEqualTo("*Tell us*: Incident &lt;!channel&gt; &amp; more <https://soc.example.com/activity/1|Open>");
        assertThat(request.toString()).doesNotContain("services");
    }

    @Test
    void teamsGetsACard() {
        var request = request(
                IntegrationType.TEAMS,
                "",
                "https://example.logic.azure.com/workflows/1",
                message(EventName.INCIDENT_CREATED, "Incident"));

        var card = body(request).path("attachments").path(0);
        assertThat(card.path("contentType").asString()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.path("content").path("body").path(0).path("text").asString())
                .isEqualTo("Incident");
        assertThat(card.path("content").path("actions").path(0).path("url").asString())
                .isEqualTo("https://soc.example.com/activity/1");
    }

    @Test
    void pagerDutyIsTriggeredAndResolvedByTheSameKey() {
        var url = IntegrationType.PAGERDUTY.usualUrl();
        var begun =
                body(request(IntegrationType.PAGERDUTY, url, "R0", message(EventName.INCIDENT_CREATED, "Incident")));
        var ended = body(request(IntegrationType.PAGERDUTY, url, "R0", message(EventName.INCIDENT_CLOSED, "Closed")));

        assertThat(begun.path("routing_key").asString()).isEqualTo("R0");
        assertThat(begun.path("event_action").asString()).isEqualTo("trigger");
        assertThat(begun.path("payload").path("severity").asString()).isEqualTo("error");
        assertThat(begun.path("payload").path("source").asString()).isEqualTo("Acme");
        assertThat(ended.path("event_action").asString()).isEqualTo("resolve");
        assertThat(ended.path("dedup_key")).isEqualTo(begun.path("dedup_key"));
    }

    @Test
    void opsgenieOpensAnAlertAndClosesItByItsAlias() {
        var url = IntegrationType.OPS_GENIE.usualUrl();
        var begun = request(
                IntegrationType.OPS_GENIE, url, "K0", message(EventName.SECURITY_DEVICE_UNHEALTHY, "x".repeat(200)));
        var ended = request(IntegrationType.OPS_GENIE, url, "K0", message(EventName.SECURITY_DEVICE_HEALTHY, "Back"));

        assertThat(begun.headers()).containsEntry("Authorization", "GenieKey K0");
        assertThat(body(begun).path("message").asString()).hasSize(130);
        assertThat(body(begun).path("priority").asString()).isEqualTo("P2");
        assertThat(ended.uri())
                .hasToString(url + "/" + body(begun).path("alias").asString() + "/close?identifierType=alias");
    }

    @Test
    void aWebhookOfBasicAuthIsSignedToo() {
        var integration = new Integration(
                GUID,
                new Owner(Optional.empty(), "Provider"),
                IntegrationType.WEBHOOK,
                "It",
                new Address("https://hooks.example.com/", Optional.of(WebhookAuth.BASIC), "gatehouse"),
                Integration.Test.NONE,
                0,
                new Trace(AT, "Ada", AT, "Ada"));
        var request = Requests.of(
                integration, new ClientSecret("open-sesame"), message(EventName.INCIDENT_CREATED, "Incident"));

        assertThat(request.headers())
                .containsEntry("Authorization", "Basic Z2F0ZWhvdXNlOm9wZW4tc2VzYW1l")
                .containsEntry("Expel-Signature-256", "sha256=" + Requests.signature("open-sesame", request.body()));
    }

    /** The example of docs/notifications.md, computed with {@code openssl dgst -sha256 -hmac}. */
    @Test
    void signsAsOthersDo() {
        assertThat(Requests.signature(
                        "key", "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
    }

    @Test
    void neverSendsMoreThanTenMegabytes() {
        var data = JSON.createObjectNode().put("expel_alert_id", "1");
        data.putObject("current").put("title", "x".repeat(11 * 1024 * 1024));
        var message = new Message(GUID, "Tell us", "expel_alert_created", AT, SUBJECT, "Long", data);

        var body = Requests.body(message);

        assertThat(body.length).isLessThan(1_000);
        assertThat(JSON.readTree(body).path("data").path("expel_alert_id").asString())
                .isEqualTo("1");
    }
}
