package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The requests of the known client as they stand on the wire: its headers in their order, brackets percent-encoded, blanks as
 * plus, no Accept header, JSON as media type also where there is no body.
 */
class KnownClientTest {

    @SuppressWarnings("NullAway.Init") // JUnit starts it
    private static RunningWorkbench workbench;

    private static String token = "";
    private static String organization = "";
    private static String device = "";

    @BeforeAll
    static void start() throws IOException {
        workbench = RunningWorkbench.start(RunningWorkbench.nowhere());
        token = Files.readString(workbench.dataDirectory().resolve("api-token")).strip();
        var added = workbench
                .get(DeviceEditing.class)
                .add(
                        Scope.everything(),
                        WorkbenchParts.draft("Contoso of Oslo")
                                .with(DeviceField.DIRECTORY_ID, "1b4e28ba-2fa1-41d2-883f-0016d3cca427")
                                .with(DeviceField.CLOUD, "nowhere"),
                        "test");
        device = added.id().toString();
        organization = added.organization().id().toString();
    }

    @AfterAll
    static void stop() throws IOException {
        workbench.close();
    }

    /** What came back. */
    private record Reply(int status, Map<String, String> headers, String text) {

        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        JsonNode data() {
            return json().path("data");
        }

        String detail() {
            return json().path("errors").path(0).path("detail").asString("");
        }
    }

    private static Reply send(String method, String target, String body) {
        return send(method, target, body, "Bearer " + token, "application/json");
    }

    private static Reply send(String method, String target, String body, String authorization, String contentType) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nuser-agent: pyexclient\r\naccept-encoding: gzip\r\n"
                        .formatted(method, target, workbench.address().getPort())
                + "Connection: close\r\ncontent-type: %s\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(contentType, authorization, bytes.length);
        try (var socket = new Socket(
                InetAddress.ofLiteral("127.0.0.1"), workbench.address().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            return reply(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + target, e);
        }
    }

    private static Reply reply(byte[] raw) throws IOException {
        var text = new String(raw, StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        var lines = text.substring(0, end).split("\r\n", -1);
        var headers = new TreeMap<String, String>();
        for (var line : List.of(lines).subList(1, lines.length)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            body = unchunked(body);
        }
        if (headers.getOrDefault("content-encoding", "").equals("gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new Reply(
                Integer.parseInt(lines[0].split(" ", -1)[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] unchunked(byte[] chunked) {
        var text = new String(chunked, StandardCharsets.ISO_8859_1);
        var whole = new StringBuilder();
        var at = 0;
        while (true) {
            var line = text.indexOf("\r\n", at);
            var size = Integer.parseInt(text.substring(at, line), 16);
            if (size == 0) {
                return whole.toString().getBytes(StandardCharsets.ISO_8859_1);
            }
            whole.append(text, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }

    /** The default search, with the sort that the client adds to everything. */
    private static final String SORT = "?sort=%2Bcreated_at&sort=%2Bid";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organizations",
                "security_devices",
                "security_device_histories",
                "plugins",
                "vendors",
                "vendor_alerts",
                "vendor_alert_evidences",
                "expel_alerts",
                "expel_alert_histories",
                "investigations",
                "investigation_findings",
                "investigation_histories",
                "investigation_finding_histories",
                "comments",
                "comment_histories",
                "investigative_actions",
                "investigative_action_histories",
                "remediation_actions",
                "remediation_action_assets",
                "remediation_action_histories",
                "actors",
                "api_keys",
                "user_accounts",
                "user_account_statuses",
                "user_account_roles",
                "organization_statuses",
                "suppression_histories",
                "mitre_tactics",
                "activity_metrics",
                "integrations",
                "integration_histories",
                "notification_rules",
                "notification_rule_histories",
                "rule_definitions",
                "notification_events",
                "notification_preferences",
                "context_variables",
                "context_categories",
                "context_labels",
                "context_label_actions",
                "context_label_tags",
                "context_label_histories",
                "notes",
                "note_histories",
                "detections",
                "expel_detection_categories",
                "expel_alert_thresholds",
                "suggestions",
                "timeline_entries",
                "ip_addresses",
                "files",
                "configurations",
                "assemblers",
                "entitlements",
                "skus"
            })
    void searchesEveryType(String type) {
        var reply = send("GET", "/api/v2/" + type + SORT, "");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.headers().get("content-type")).startsWith("application/vnd.api+json");
        assertThat(reply.json().path("meta").path("page").path("total").isIntegralNumber())
                .isTrue();
        assertThat(reply.data().isArray()).isTrue();
        assertThat(send("GET", "/api/v2/" + type + "?page%5Blimit%5D=0", "")
                        .json()
                        .path("meta")
                        .path("page")
                        .path("total"))
                .isEqualTo(reply.json().path("meta").path("page").path("total"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter%5Bname%5D=Contoso+of+Oslo | 1",
                "filter%5Bname%5D=%3Aof+oslo | 1",
                "filter[name]=Contoso%20of%20Oslo | 1",
                "filter%5Bname%5D=%5Econtoso | 1",
                "filter%5Bname%5D=%21Contoso+of+Oslo | 0",
                "filter%5Bname%5D=~contoso+OF+oslo | 1",
                "filter%5Benabled%5D=True | 1",
                "filter%5Benabled%5D=False | 0",
                "filter%5Bcreated_at%5D=%3E2020-01-01 | 1",
                "filter%5Bcreated_at%5D=%3E2020-01-01T00%3A00%3A00.000000 | 1",
                "filter%5Bcreated_at%5D=%3E2020-01-01T00%3A00%3A00%2B02%3A00 | 1",
                "filter%5Bcreated_at%5D=%3E2020-01-01&filter%5Bcreated_at%5D=%3C2020-01-02 | 0",
                "filter%5Bcreated_at%5D=%3ENone&filter%5Bcreated_at%5D=%3CNone | 1",
                "filter%5Bdeleted_at%5D=%E2%90%80true | 1",
                "filter%5Bcreated_at%5D=%E2%90%80true | 0",
                "filter%5Borganization%5D%5Bid%5D={organization} | 1",
                "filter%5Borganization%5D%5Bshort_name%5D=ORG | 1",
                "flag%5Braw_status%5D=true | 1"
            })
    void filtersAsTheClientWrites(String query, int total) {
        var reply = send(
                "GET",
                "/api/v2/security_devices?" + query.replace("{organization}", organization)
                        + "&sort=%2Bcreated_at&sort=%2Bid",
                "");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("meta").path("page").path("total").asInt()).isEqualTo(total);
    }

    @Test
    void followsLinksThatLeadToNoOtherHost() {
        var page = send("GET", "/api/v2/plugins?page%5Blimit%5D=1&sort=%2Bcreated_at&sort=%2Bid", "");
        var seen = 1;
        for (var next = page.json().path("links").path("next"); next.isString(); ) {
            assertThat(next.asString()).startsWith("/api/v2/plugins?");
            var more = send("GET", next.asString(), "").json();
            seen += more.path("data").size();
            next = more.path("links").path("next");
        }
        assertThat(seen)
                .isEqualTo(page.json().path("meta").path("page").path("total").asInt());
    }

    @Test
    void createsReadsChangesAndDeletesWithTheIdBesideTheData() {
        var created = send("POST", "/api/v2/investigations", """
                {"data": {"type": "investigations", "attributes": {"title": "Hunt at night"}, "relationships":
                {"organization": {"data": {"type": "organizations", "id": "%s"}}}}}""".formatted(organization));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        var investigation = created.data().path("id").asString();
        assertThat(created.headers().get("location")).isEqualTo("/api/v2/investigations/" + investigation);

        var comment = send("POST", "/api/v2/comments", """
                {"data": {"type": "comments", "attributes": {"comment": "Grüße"}, "relationships":
                {"investigation": {"data": {"type": "investigations", "id": "%s"}}}}}""".formatted(investigation));
        var id = comment.data().path("id").asString();
        // Every relation that is not read-only goes back as it came.
        var changed = send("PATCH", "/api/v2/comments/" + id, """
                {"data": {"type": "comments", "attributes": {"comment": "Grüße 2"}, "relationships":
                {"investigation": {"data": {"type": "investigations", "id": "%s"}},
                 "organization": {"data": {"type": "organizations", "id": "%s"}}}}, "id": "%s"}""".formatted(investigation, organization, id));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.data().path("attributes").path("comment").asString()).isEqualTo("Grüße 2");
        assertThat(changed.data().path("attributes").path("created_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

        var related = changed.data()
                .path("relationships")
                .path("investigation")
                .path("links")
                .path("related")
                .asString();
        assertThat(send("GET", related, "")
                        .data()
                        .path("attributes")
                        .path("title")
                        .asString())
                .isEqualTo("Hunt at night");
        var deleted = send(
                "DELETE",
                "/api/v2/comments/" + id,
                "{\"data\": {\"type\": \"comments\", \"attributes\": %s}}"
                        .formatted(changed.data().path("attributes")));
        assertThat(deleted.status()).isBetween(200, 299);
        assertThat(send("GET", "/api/v2/comments/" + id, "").status()).isEqualTo(404);
        var histories = send("GET", "/api/v2/comment_histories?filter%5Binvestigation%5D%5Bid%5D=" + investigation, "");
        assertThat(histories.data().findValuesAsString("action")).containsExactly("CREATED", "UPDATED", "DELETED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/v2/no_such_type | 404",
                "GET | /api/v2/comments/%2e%2e/x | 404",
                "GET | /api/v2/comments/a;b | 404",
                "GET | /api/v2/comments/a%3Bb | 404",
                "GET | /api/v2/comments/%zz | 400",
                "GET | /api/v2/comments/%00 | 404",
                "GET | /api/v2/comments//x | 404",
                "GET | /api/v2/comments?filter%5Bno_such%5D=1 | 400",
                "GET | /api/v2/comments?a=%zz | 400",
                "GET | /api/v2/comments?page%5Blimit%5D=many | 400",
                "PUT | /api/v2/comments | 404",
                "TRACE | /api/v2/comments | 405",
                "OPTIONS | /api/v2/comments | 404",
                "FOO | /api/v2/comments | 405",
                "POST | /api/v2/comments | 400",
                "DELETE | /api/v2/comments | 404"
            })
    void refusesInJson(String method, String target, int status) {
        var reply = send(method, target, "");

        assertThat(reply.status() / 100)
                .as("%s %s: %d %s", method, target, reply.status(), reply.text())
                .isEqualTo(4);
        assertThat(reply.headers().getOrDefault("content-type", ""))
                .as(reply.text())
                .contains("json");
        assertThat(reply.detail()).as(reply.text()).isNotBlank();
    }

    @Test
    void refusesBodiesByStatusAndSentence() {
        var path = "/api/v2/comments";

        assertThat(send("POST", path, "{\"data\": ").detail()).startsWith("The body is not JSON");
        assertThat(send("POST", path, "{}", "Bearer " + token, "text/plain").status())
                .isEqualTo(415);
        assertThat(send("POST", path, "{}", "Bearer " + token, "application/vnd.api+json")
                        .status())
                .isEqualTo(422);
        var huge = send("POST", path, "{\"data\": \"" + "x".repeat(300_000) + "\"}");
        assertThat(huge.status()).isEqualTo(413);
        assertThat(huge.detail()).contains("larger than");
        assertThat(send("GET", path, "", "Bearer wrong", "application/json").status())
                .isEqualTo(401);
        assertThat(send("GET", path, "", "Bearer wrong", "application/json").detail())
                .startsWith("Nobody here knows");
    }

    @Test
    void secretsAreWrittenToAnAddressOfTheirOwnAndNeverGivenBack() {
        var path = "/api/v2/secrets/security_device-" + device;
        var changed = send("PATCH", path, """
                {"data": {"type": "secrets", "attributes": {"secret": {"device_info":
                {"client_secret": "another-secret-0123456789"}}}}, "id": "security_device-%s"}""".formatted(device));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.text()).doesNotContain("another-secret");
        assertThat(send("GET", path, "").text()).doesNotContain("another-secret");
        var histories = send("GET", "/api/v2/security_devices/" + device + "/security_device_histories", "");
        assertThat(histories.data().findValuesAsString("action")).contains("UPDATED_SECRETS");
        assertThat(send(
                                "PATCH",
                                path,
                                "{\"data\": {\"attributes\": {\"secret\": {\"device_info\": {\"password\": \"x\"}}}}}")
                        .status())
                .isEqualTo(422);
        assertThat(send("PATCH", path, "{\"data\": {\"attributes\": {\"secret\": {}}}}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aResultIsUploadedAndReadAsTheClientDoes() {
        var investigation = send("POST", "/api/v2/investigations", """
                {"data": {"type": "investigations", "attributes": {"title": "Files"}, "relationships":
                {"organization": {"data": {"type": "organizations", "id": "%s"}}}}}""".formatted(organization))
                .data()
                .path("id")
                .asString();
        var action = send("POST", "/api/v2/investigative_actions", """
                {"data": {"type": "investigative_actions", "attributes": {"title": "Look", "action_type": "MANUAL"}, "relationships":
                {"investigation": {"data": {"id": "%s", "type": "investigations"}}}}}""".formatted(investigation))
                .data()
                .path("id")
                .asString();
        var made = send("POST", "/api/v2/files", """
                {"data": {"type": "files", "attributes": {"filename": "test.txt",
                "file_meta": {"investigative_action": {"file_type": "results"}}}, "relationships":
                {"organization": {"data": {"id": "%s", "type": "organizations"}},
                 "investigative_actions": {"data": [{"id": "%s", "type": "investigative_actions"}]}}}}""".formatted(organization, action));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var file = "/api/v2/files/" + made.data().path("id").asString();

        var uploaded = send(
                "POST",
                file + "/upload",
                "--0b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\nhello world\r\n--0b--\r\n",
                "Bearer " + token,
                "multipart/form-data; boundary=0b");
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);

        var got = send("GET", file + "/download?format=json", "");
        assertThat(got.text()).isEqualTo("hello world");
        assertThat(got.headers()).containsEntry("x-content-type-options", "nosniff");
        assertThat(got.headers().get("content-disposition")).startsWith("attachment; filename=\"test.txt\"");
        var files = send("GET", "/api/v2/investigative_actions/" + action + "/files", "");
        assertThat(files.data().findValuesAsString("filename")).containsExactly("test.txt");
    }

    @Test
    void aClientThatStillSendsReadsThatItsFileIsTooLarge() {
        var investigation = send("POST", "/api/v2/investigations", """
                {"data": {"type": "investigations", "attributes": {"title": "Large"}, "relationships":
                {"organization": {"data": {"type": "organizations", "id": "%s"}}}}}""".formatted(organization))
                .data()
                .path("id")
                .asString();
        var made = send("POST", "/api/v2/files", """
                {"data": {"type": "files", "attributes": {"filename": "dump.bin"}, "relationships":
                {"investigation": {"data": {"id": "%s", "type": "investigations"}}}}}""".formatted(investigation));
        var refused = send(
                "POST",
                "/api/v2/files/" + made.data().path("id").asString() + "/upload",
                "--0b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n%s\r\n--0b--\r\n"
                        .formatted("x".repeat(60 << 20)),
                "Bearer " + token,
                "multipart/form-data; boundary=0b");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.detail()).contains("“dump.bin” is larger than 25 MB", "gatehouse.files.max-bytes");
    }

    @Test
    void capabilitiesNameTheDevicesOfAnOrganization() {
        var reply = send("GET", "/api/v2/capabilities/" + organization, "");

        assertThat(reply.json()
                        .path("ATTACK_SURFACE")
                        .path("hunting_query")
                        .path("security_devices")
                        .path(0)
                        .asString())
                .isEqualTo(device);
        assertThat(send("GET", "/api/v2/capabilities/nobody", "").status()).isEqualTo(404);
    }

    @Test
    void aDeviceIsPolledForItsHealth() {
        var reply = send("GET", "/api/v2/security_devices/" + device + "?flag%5Braw_status%5D=true", "");

        assertThat(reply.data().path("attributes").path("status").asString())
                .isIn("healthy", "unhealthy", "health_checks_not_supported");
        assertThat(reply.data()
                        .path("attributes")
                        .path("status_details")
                        .path("stage")
                        .isString())
                .isTrue();
        assertThat(reply.text()).doesNotContain("client_secret\":\"");
        var counts = reply.data()
                .path("relationships")
                .path("security_device_counts")
                .path("links")
                .path("related")
                .asString();
        assertThat(send("GET", counts, "")
                        .data()
                        .path("attributes")
                        .path("counts")
                        .isObject())
                .isTrue();
    }
}
