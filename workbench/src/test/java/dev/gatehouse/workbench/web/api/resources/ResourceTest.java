package dev.gatehouse.workbench.web.api.resources;

import static java.util.Objects.requireNonNull;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Workbench with a customer's vendor alerts and alerts, and a program that asks for them. */
abstract class ResourceTest extends ScreenTest {

    @Autowired
    protected ApiTokens tokens;

    @Autowired
    protected Endpoints endpoints;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private OpenApi document;

    /** One for each Workbench; making the document anew for every answer would take longer than all else. */
    private static final Map<OpenApi, OpenApiCheck> CHECKS = new ConcurrentHashMap<>();

    /** An answer. */
    protected record Answer(int status, String contentType, JsonNode body) {

        JsonNode data() {
            return body.path("data");
        }

        List<String> all(String attribute) {
            return data().valueStream()
                    .map(each -> each.path("attributes").path(attribute).asString(""))
                    .toList();
        }

        JsonNode attribute(String name) {
            return data().path("attributes").path(name);
        }

        String id() {
            return data().path("id").asString("");
        }

        long total() {
            return body.path("meta").path("page").path("total").asLong(-1);
        }

        String detail() {
            return body.path("errors").path(0).path("detail").asString("");
        }

        String pointer() {
            return body.path("errors").path(0).path("source").path("pointer").asString("");
        }
    }

    protected String token(Membership membership) {
        var token = tokens.draw();
        tokens.add("A client", membership, token);
        return token;
    }

    protected String socAdmin() {
        return token(Membership.ofProvider(Role.SOC_ADMIN));
    }

    /** The token of a program that a SOC Admin without a second factor has signed in. */
    protected String session() {
        var made = post(
                socAdmin(),
                "user_accounts",
                "{\"email\": \"%s@example.com\", \"role\": \"soc_admin\"}".formatted(UUID.randomUUID()),
                "{}");
        var signedIn = ask(
                "nothing",
                "POST",
                "/auth/v0/login",
                "{\"username\": \"%s\", \"password\": \"%s\", \"otp\": \"0\"}"
                        .formatted(
                                made.attribute("email").asString(),
                                made.attribute("password").asString()));
        return signedIn.body().path("access_token").asString();
    }

    /** A device with vendor alerts of these names, made five minutes apart, and an alert of each. */
    protected SecurityDevice customer(String name, String... titles) {
        workOnNothing();
        var device = device(name);
        for (var place = 0; place < titles.length; place++) {
            receive(device, Feed.ALERTS, """
                    {"id": "%s-%d", "title": "%s", "severity": "%s", "status": "new", "incidentId": "i%d",
                     "providerAlertId": "p-%d", "description": "It happened.", "detectorId": "d%d",
                     "serviceSource": "microsoftDefenderForIdentity", "createdDateTime": "2026-11-23T11:%02d:00.1234567Z",
                     "lastUpdateDateTime": "2026-11-23T11:55:00Z", "evidence": [{"@odata.type":
                     "#microsoft.graph.security.userEvidence", "roles": ["attacker"],
                     "userAccount": {"accountName": "mallory%d", "domainName": "contoso"}}]}""".formatted(
                            name.toLowerCase(Locale.ROOT),
                            place,
                            titles[place],
                            place % 2 == 0 ? "high" : "low",
                            place,
                            place,
                            place,
                            place * 5,
                            place));
        }
        makeAlerts(device);
        return device;
    }

    /** Has alerts made of the vendor alerts that no rule has looked at yet. */
    protected void makeAlerts(SecurityDevice device) {
        while (making.next(device.directory(), 100)) {
            // The next portion.
        }
    }

    /** The oldest alert of a device. */
    protected UUID alert(SecurityDevice device) {
        return alerts.list(
                        Scope.everything(),
                        AlertFilter.ALL.ofTenant(device.directory()),
                        AlertOrder.NEWEST,
                        Optional.empty(),
                        1)
                .rows()
                .getFirst()
                .id();
    }

    protected Answer get(String token, String address) {
        return ask(token, "GET", address, "");
    }

    /** As the client sends it: JSON, and the id beside the data. */
    protected Answer patch(String token, String type, String id, String attributes) {
        return ask(
                token,
                "PATCH",
                "/api/v2/" + type + "/" + id,
                "{\"data\": {\"type\": \"%s\", \"attributes\": %s}, \"id\": \"%s\"}".formatted(type, attributes, id));
    }

    protected Answer patch(String token, String type, String id, String attributes, String relationships) {
        return ask(
                token,
                "PATCH",
                "/api/v2/" + type + "/" + id,
                "{\"data\": {\"type\": \"%s\", \"attributes\": %s, \"relationships\": %s}, \"id\": \"%s\"}"
                        .formatted(type, attributes, relationships, id));
    }

    protected Answer post(String token, String type, String attributes, String relationships) {
        return ask(
                token,
                "POST",
                "/api/v2/" + type,
                "{\"data\": {\"type\": \"%s\", \"attributes\": %s, \"relationships\": %s}}"
                        .formatted(type, attributes, relationships));
    }

    protected static String relation(String name, String type, Object id) {
        return "{\"%s\": {\"data\": {\"type\": \"%s\", \"id\": \"%s\"}}}".formatted(name, type, id);
    }

    protected Answer ask(String token, String method, String address, String body) {
        try {
            var request = request(HttpMethod.valueOf(method), URI.create(address))
                    .header("Authorization", "Bearer " + token)
                    .contentType("application/json");
            if (!body.isEmpty()) {
                request.content(body);
            }
            var response = mvc.perform(request).andReturn().getResponse();
            var text = response.getContentAsString(StandardCharsets.UTF_8);
            var answer = new Answer(
                    response.getStatus(),
                    String.valueOf(response.getContentType()),
                    text.isEmpty()
                            ? JsonMapper.shared().createObjectNode()
                            : JsonMapper.shared().readTree(text));
            if (address.startsWith(Resource.ROOT)) {
                openApi().require(method, address, answer);
            }
            return answer;
        } catch (Exception e) {
            throw new IllegalStateException(method + " " + address, e);
        }
    }

    /** The document, by which every answer of these tests is held. */
    protected OpenApiCheck openApi() {
        return CHECKS.computeIfAbsent(
                document,
                from -> new OpenApiCheck(requireNonNull(from.document().getBody())));
    }

    /** An address with one parameter, encoded as the client does. */
    protected static String with(String path, String name, String value) {
        return path + (path.contains("?") ? "&" : "?") + encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        // What stands in for Tomcat takes no plus for a blank.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
