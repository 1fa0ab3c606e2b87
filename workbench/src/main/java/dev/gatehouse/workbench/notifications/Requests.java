package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.ClientSecret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes messages in the words of those who receive them. */
final class Requests {

    /** As webhooks promise. */
    static final int MOST_BYTES = 10 * 1024 * 1024;

    private static final String SIGNATURE = "Expel-Signature-256";
    private static final String AUTHORIZATION = "Authorization";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Opsgenie takes so many characters as a message. Source: the Alert API's documentation, "Create Alert". */
    private static final int OPS_GENIE_MESSAGE = 130;

    /** PagerDuty takes so many as a summary. Source: the documentation of its Events API v2, "Send an Alert Event". */
    private static final int PAGERDUTY_SUMMARY = 1_024;

    private Requests() {}

    /** The request that brings a message to an integration. */
    static Outgoing of(Integration integration, ClientSecret secret, Message message) {
        return switch (integration.type()) {
            case WEBHOOK -> webhook(integration, secret.reveal(), message);
            case SLACK -> post(secret.reveal(), Map.of(), slack(message), List.of(secret.reveal()));
            case TEAMS -> post(secret.reveal(), Map.of(), teams(message), List.of(secret.reveal()));
            case PAGERDUTY ->
                post(
                        integration.address().url(),
                        Map.of(),
                        pagerDuty(secret.reveal(), message),
                        List.of(secret.reveal()));
            case OPS_GENIE -> opsGenie(integration, secret.reveal(), message);
        };
    }

    private static Outgoing webhook(Integration integration, String secret, Message message) {
        var body = body(message);
        var headers = new LinkedHashMap<String, String>();
        headers.put(SIGNATURE, "sha256=" + signature(secret, body));
        var secrets = new ArrayList<>(List.of(secret));
        switch (integration.address().auth().orElse(WebhookAuth.HMAC)) {
            case HMAC -> {}
            case BEARER -> headers.put(AUTHORIZATION, "Bearer " + secret);
            case BASIC -> {
                var both = base64("%s:%s".formatted(integration.address().username(), secret));
                secrets.add(both);
                headers.put(AUTHORIZATION, "Basic " + both);
            }
        }
        return new Outgoing(URI.create(integration.address().url()), headers, body, secrets);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a webhook gets, and what people see of a delivery. The same bytes each time. */
    static byte[] body(Message message) {
        var body = envelope(message, message.data());
        if (body.length <= MOST_BYTES) {
            return body;
        }
        // Nothing that people write is so long; should it be one day, the ids lead to the rest.
        var shorter = (ObjectNode) message.data().deepCopy();
        shorter.putNull("current").putNull("previous");
        return envelope(message, shorter);
    }

    private static byte[] envelope(Message message, JsonNode data) {
        var envelope = JSON.createObjectNode()
                .put("guid", message.id().toString())
                .put("rule", message.rule())
                .put("event_name", message.event());
        envelope.set("data", data);
        return JSON.writeValueAsBytes(envelope);
    }

    static String signature(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must offer HMAC-SHA256", e);
        }
    }

    private static Outgoing post(String url, Map<String, String> headers, JsonNode body, List<String> secrets) {
        return new Outgoing(URI.create(url), headers, JSON.writeValueAsBytes(body), secrets);
    }

    private static JsonNode slack(Message message) {
        var text = "*%s*: %s".formatted(mrkdwn(message.rule()), mrkdwn(message.summary()));
        return JSON.createObjectNode()
                .put("text", message.link().isEmpty() ? text : "%s <%s|Open>".formatted(text, message.link()));
    }

    /** Source: Slack's documentation, "Formatting text", which names these three characters. */
    private static String mrkdwn(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static JsonNode teams(Message message) {
        var card = JSON.createObjectNode()
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        var body = card.putArray("body");
        body.addObject()
                .put("type", "TextBlock")
                .put("text", message.summary())
                .put("weight", "Bolder")
                .put("wrap", true);
        var facts = body.addObject().put("type", "FactSet").putArray("facts");
        fact(facts.addObject(), "Rule", message.rule());
        fact(facts.addObject(), "Organization", message.organization());
        fact(facts.addObject(), "Time", message.at().toString());
        if (!message.link().isEmpty()) {
            card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Open")
                    .put("url", message.link());
        }
        var envelope = JSON.createObjectNode().put("type", "message");
        envelope.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putNull("contentUrl")
                .set("content", card);
        return envelope;
    }

    private static void fact(ObjectNode fact, String title, String value) {
        fact.put("title", title).put("value", value);
    }

    private static JsonNode pagerDuty(String routingKey, Message message) {
        var event = JSON.createObjectNode()
                .put("routing_key", routingKey)
                .put("event_action", message.isEnd() ? "resolve" : "trigger")
                .put("dedup_key", message.thread());
        if (!message.isEnd()) {
            var payload = event.putObject("payload")
                    .put("summary", cut(message.summary(), PAGERDUTY_SUMMARY))
                    .put("source", message.organization().isEmpty() ? "Gatehouse" : message.organization())
                    .put("severity", pagerDutySeverity(message))
                    .put("timestamp", message.at().toString())
                    .put("class", message.event());
            payload.putObject("custom_details")
                    .put("rule", message.rule())
                    .put("event_name", message.event())
                    .put("guid", message.id().toString());
            event.put("client", "Gatehouse");
            if (!message.link().isEmpty()) {
                event.put("client_url", message.link());
            }
        }
        return event;
    }

    private static String pagerDutySeverity(Message message) {
        return switch (message.severity()) {
            case "CRITICAL" -> "critical";
            case "HIGH" -> "error";
            case "MEDIUM" -> "warning";
            default -> message.event().equals(EventName.SECURITY_DEVICE_UNHEALTHY.key()) ? "error" : "info";
        };
    }

    private static Outgoing opsGenie(Integration integration, String key, Message message) {
        var url = integration.address().url();
        var headers = Map.of(AUTHORIZATION, "GenieKey " + key);
        if (message.isEnd()) {
            var alias = URLEncoder.encode(message.thread(), StandardCharsets.UTF_8);
            return post(
                    "%s/%s/close?identifierType=alias".formatted(url, alias),
                    headers,
                    JSON.createObjectNode().put("source", "Gatehouse").put("note", message.summary()),
                    List.of(key));
        }
        var alert = JSON.createObjectNode()
                .put("message", cut(message.summary(), OPS_GENIE_MESSAGE))
                .put("alias", message.thread())
                .put(
                        "description",
                        "%s\n%s".formatted(message.summary(), message.link()).strip())
                .put("source", "Gatehouse")
                .put("priority", opsGeniePriority(message));
        alert.putObject("details")
                .put("rule", message.rule())
                .put("event_name", message.event())
                .put("organization", message.organization())
                .put("guid", message.id().toString());
        return post(url, headers, alert, List.of(key));
    }

    private static String opsGeniePriority(Message message) {
        return switch (message.severity()) {
            case "CRITICAL" -> "P1";
            case "HIGH" -> "P2";
            case "MEDIUM" -> "P3";
            case "LOW" -> "P4";
            default -> "P3";
        };
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
