package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Files by the API from beginning to end, as programs of two organizations and of the provider. */
class FileLivesTest extends ResourceTest {

    @Autowired
    private Organizations organizations;

    @Autowired
    private InvestigativeActions actions;

    private Optional<SecurityDevice> device = Optional.empty();
    private String token = "";
    private String investigation = "";

    @BeforeEach
    void anInvestigation() {
        device = Optional.of(customer("Contoso", "Suspected DCSync attack"));
        token = socAdmin();
        var opened = post(
                token,
                "investigations",
                "{\"title\": \"DCSync\"}",
                relation("lead_expel_alert", "expel_alerts", alert(device.orElseThrow())));
        assertThat(opened.status()).as(opened.detail()).isEqualTo(201);
        investigation = opened.id();
    }

    private Answer create(String filename) {
        var made = post(
                token,
                "files",
                "{\"filename\": \"%s\", \"expel_file_type\": \"pcap\", \"file_meta\": {\"seen\": 1}}"
                        .formatted(filename),
                relation("investigation", "investigations", investigation));
        assertThat(made.status()).as(made.detail()).isEqualTo(201);
        return made;
    }

    private Answer upload(String token, String id, byte[] bytes) throws Exception {
        var body = new ByteArrayOutputStream();
        var head = List.of(
                "--b0undary",
                "Content-Disposition: form-data; name=\"note\"",
                "",
                "nothing",
                "--b0undary",
                "Content-Disposition: form-data; name=\"file\"; filename=\"file\"",
                "Content-Type: text/html",
                "",
                "");
        body.write(String.join("\r\n", head).getBytes(StandardCharsets.UTF_8));
        body.write(bytes);
        body.write("\r\n--b0undary--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(token, id, "multipart/form-data; boundary=b0undary", body.toByteArray());
    }

    private Answer send(String token, String id, String contentType, byte[] body) throws Exception {
        var response = mvc.perform(request(HttpMethod.POST, URI.create("/api/v2/files/" + id + "/upload"))
                        .header("Authorization", "Bearer " + token)
                        .contentType(contentType)
                        .content(body))
                .andReturn()
                .getResponse();
        return new Answer(
                response.getStatus(),
                String.valueOf(response.getContentType()),
                JsonMapper.shared().readTree(response.getContentAsString(StandardCharsets.UTF_8)));
    }

    private MockHttpServletResponse download(String token, String id) throws Exception {
        return mvc.perform(request(HttpMethod.GET, URI.create("/api/v2/files/" + id + "/download?format=json"))
                        .header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
    }

    private static final byte[] PAGE = "<html><script>alert('Grüße')</script>".getBytes(StandardCharsets.UTF_8);

    @Test
    void aFileIsMadeUploadedDownloadedChangedAndRemoved() throws Exception {
        var made = create("Grüße/page.html");
        assertThat(made.attribute("filename").asString()).isEqualTo("page.html");
        assertThat(made.attribute("uploaded_at").isNull()).isTrue();
        assertThat(made.attribute("file_meta").path("seen").asInt()).isEqualTo(1);
        assertThat(download(token, made.id()).getStatus()).isEqualTo(404);

        var uploaded = upload(token, made.id(), PAGE);
        assertThat(uploaded.status()).as(uploaded.detail()).isEqualTo(200);
        assertThat(uploaded.attribute("size").asInt()).isEqualTo(PAGE.length);
        assertThat(uploaded.attribute("content_type").asString()).isEqualTo("text/plain");
        assertThat(uploaded.attribute("sha256").asString()).hasSize(64);
        assertThat(upload(token, made.id(), PAGE).status()).isEqualTo(409);

        var got = download(token, made.id());
        assertThat(got.getContentAsByteArray()).isEqualTo(PAGE);
        assertThat(got.getContentType()).startsWith("text/plain");
        assertThat(got.getHeader("Content-Disposition"))
                .isEqualTo("attachment; filename=\"page.html\"; filename*=UTF-8''page.html");
        assertThat(got.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(got.getContentLength()).isEqualTo(PAGE.length);

        var changed = patch(token, "files", made.id(), "{\"filename\": \"bad.html\"}");
        assertThat(changed.attribute("filename").asString())
                .as(changed.detail())
                .isEqualTo("bad.html");
        assertThat(changed.attribute("expel_file_type").asString()).isEqualTo("pcap");
        assertThat(patch(token, "files", made.id(), "{\"filename\": \"x\", \"revision\": 0}")
                        .status())
                .isEqualTo(409);
        assertThat(patch(token, "files", made.id(), "{\"sha256\": \"x\"}").detail())
                .startsWith("sha256 cannot be written.");

        assertThat(ask(token, "DELETE", "/api/v2/files/" + made.id(), "{}").status())
                .isEqualTo(204);
        assertThat(get(token, "/api/v2/files/" + made.id()).status()).isEqualTo(404);
        assertThat(download(token, made.id()).getStatus()).isEqualTo(404);
        var histories = get(token, with("/api/v2/file_histories", "filter[investigation][id]", investigation));
        assertThat(histories.all("action")).containsExactly("CREATED", "UPDATED", "DELETED");
    }

    @Test
    void filesAreFilteredIncludedAndFollowed() throws Exception {
        var made = create("capture.pcap");
        upload(token, made.id(), PAGE);
        create("never-uploaded.bin");

        assertThat(get(token, with("/api/v2/files", "filter[investigation][id]", investigation))
                        .total())
                .isEqualTo(2);
        assertThat(get(token, with("/api/v2/files", "filter[uploaded_at]", "\u2400true"))
                        .all("filename"))
                .containsExactly("never-uploaded.bin");
        assertThat(get(token, with("/api/v2/files", "filter[investigations][id]", investigation))
                        .total())
                .isEqualTo(2);
        assertThat(get(token, "/api/v2/investigations/" + investigation + "/files")
                        .all("filename"))
                .containsExactlyInAnyOrder("capture.pcap", "never-uploaded.bin");
        var one = get(token, with("/api/v2/investigations/" + investigation, "include", "files"));
        assertThat(one.body().path("included").findValuesAsString("filename"))
                .containsExactlyInAnyOrder("capture.pcap", "never-uploaded.bin");
        assertThat(get(token, with("/api/v2/files/" + made.id(), "include", "investigation,organization,created_by"))
                        .body()
                        .path("included"))
                .hasSize(3);
    }

    /** As the known client does: the relation is a list, and the organization is named, too. */
    @Test
    void aResultIsUploadedForAnActionOfAnAlert() throws Exception {
        var action = post(
                        token,
                        "investigative_actions",
                        "{\"action_type\": \"MANUAL\", \"title\": \"Look\"}",
                        relation("expel_alert", "expel_alerts", alert(device.orElseThrow())))
                .id();
        var made = post(
                token,
                "files",
                "{\"filename\": \"test.txt\", \"file_meta\": {\"investigative_action\": {\"file_type\": \"results\"}}}",
                """
                {"organization": {"data": {"id": "%s", "type": "organizations"}},
                 "investigative_actions": {"data": [{"id": "%s", "type": "investigative_actions"}]}}""".formatted(device.orElseThrow().organization().id(), action));
        assertThat(made.status()).as(made.detail()).isEqualTo(201);
        assertThat(get(token, "/api/v2/investigative_actions/" + action)
                        .attribute("files_count")
                        .asInt(-1))
                .isZero();

        assertThat(upload(token, made.id(), "hello world".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);

        var done = patch(token, "investigative_actions", action, "{\"status\": \"READY_FOR_ANALYSIS\"}");
        assertThat(done.attribute("files_count").asInt()).as(done.detail()).isEqualTo(1);
        assertThat(get(token, "/api/v2/investigative_actions/" + action + "/files")
                        .all("filename"))
                .containsExactly("test.txt");
        assertThat(get(token, "/api/v2/investigative_actions/" + action + "/result_file")
                        .id())
                .isEqualTo(made.id());
        assertThat(get(token, "/api/v2/files/" + made.id() + "/investigative_actions")
                        .data()
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(action);
        assertThat(get(token, with("/api/v2/files", "filter[investigative_actions][id]", action))
                        .total())
                .isEqualTo(1);
        assertThat(ask(token, "DELETE", "/api/v2/files/" + made.id(), "{}").status())
                .isEqualTo(204);
        assertThat(get(token, "/api/v2/investigative_actions/" + action + "/result_file")
                        .data()
                        .isNull())
                .isTrue();
    }

    @Test
    void aFileBelongsToSomething() {
        assertThat(post(token, "files", "{\"filename\": \"a\"}", "{}").pointer())
                .isEqualTo("/data/relationships");
        assertThat(post(
                                token,
                                "files",
                                "{\"filename\": \"a\"}",
                                relation(
                                        "organization",
                                        "organizations",
                                        device.orElseThrow().organization().id()))
                        .pointer())
                .isEqualTo("/data/relationships");
        var within = relation("investigation", "investigations", investigation);
        assertThat(post(token, "files", "{}", within).pointer()).isEqualTo("/data/attributes/filename");
        assertThat(post(token, "files", "{\"filename\": \"..\"}", within).pointer())
                .isEqualTo("/data/attributes/filename");
        assertThat(post(token, "files", "{\"filename\": \"a\", \"file_meta\": []}", within)
                        .pointer())
                .isEqualTo("/data/attributes/file_meta");
        var other = post(
                token,
                "investigations",
                "{\"title\": \"Other\"}",
                relation(
                        "organization",
                        "organizations",
                        device.orElseThrow().organization().id()));
        var moved = patch(
                token, "files", create("a.txt").id(), "{}", relation("investigation", "investigations", other.id()));
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.detail()).isEqualTo("investigation stays what it is.");
    }

    @Test
    void whatIsNoUploadIsRefusedAndTheFileStaysToBeUploaded() throws Exception {
        var id = create("a.txt").id();
        var cut = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf of";

        assertThat(send(token, id, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                        .detail())
                .contains("multipart/form-data");
        assertThat(send(token, id, "multipart/form-data", "--x".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        assertThat(send(
                                token,
                                id,
                                "multipart/form-data; boundary=x",
                                "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n\r\n--x--"
                                        .getBytes(StandardCharsets.UTF_8))
                        .detail())
                .contains("no part named 'file'");
        assertThat(send(token, id, "multipart/form-data; boundary=x", cut.getBytes(StandardCharsets.UTF_8))
                        .detail())
                .contains("nothing of it was kept");
        assertThat(get(token, "/api/v2/files/" + id).attribute("uploaded_at").isNull())
                .isTrue();
        assertThat(upload(token, id, PAGE).status()).isEqualTo(200);
    }

    @Test
    void whatIsLargerThanTheSettingIsRefusedByItsName() throws Exception {
        var refused = upload(token, create("dump.bin").id(), new byte[(25 << 20) + 1]);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.detail()).contains("“dump.bin” is larger than 25 MB", "gatehouse.files.max-bytes");
    }

    private String ran(Optional<InvestigativeAction.Table> table, String failure) {
        var alert = alert(device.orElseThrow());
        actions.keep(List.of(new InvestigativeActions.Ran(
                alert,
                device.orElseThrow().directory(),
                new InvestigativeAction.Said("Who else?" + failure, "", "", ""),
                new InvestigativeAction.Query(
                        "IdentityLogonEvents",
                        Map.of(),
                        table,
                        OptionalInt.of(7),
                        "",
                        failure,
                        Optional.empty(),
                        Optional.empty()))));
        return get(token, with("/api/v2/investigative_actions", "filter[title]", "Who else?" + failure))
                .data()
                .path(0)
                .path("id")
                .asString();
    }

    @Test
    void whatAQueryFoundIsDownloadedAsJson() throws Exception {
        var table = new InvestigativeAction.Table(
                List.of("AccountName", "DeviceName"), List.of(List.of("mallory", "DC01"), List.of("eve", "")));
        var id = ran(Optional.of(table), "");
        var task = get(token, "/api/v2/investigative_actions/" + id)
                .attribute("result_task_id")
                .asString();
        assertThat(task).isEqualTo(id);

        var got = task(token, task);

        assertThat(got.getContentAsString())
                .isEqualTo(
                        "{\"columns\":[\"AccountName\",\"DeviceName\"],\"rows\":[{\"AccountName\":\"mallory\",\"DeviceName\":\"DC01\"},"
                                + "{\"AccountName\":\"eve\",\"DeviceName\":\"\"}],\"row_count\":7}");
        assertThat(got.getContentType()).startsWith("application/json");
        assertThat(got.getHeader("Content-Disposition")).startsWith("attachment; filename=\"results-" + id + ".json\"");
        var stranger = token(Membership.of(Role.ORGANIZATION_ADMIN, other()));
        assertThat(task(stranger, task).getStatus()).isEqualTo(404);
        var owner = device.orElseThrow().organization().id();
        assertThat(task(token(Membership.of(Role.AUDITOR, owner)), task).getStatus())
                .isEqualTo(200);
    }

    @Test
    void anActionWithoutResultsHasNoTask() throws Exception {
        var failed = ran(Optional.empty(), "The table is not there.");

        assertThat(get(token, "/api/v2/investigative_actions/" + failed)
                        .attribute("result_task_id")
                        .isNull())
                .isTrue();
        var refused = task(token, failed);
        assertThat(refused.getStatus()).isEqualTo(404);
        assertThat(refused.getContentAsString()).contains("The table is not there.");
        assertThat(task(token, "nothing").getStatus()).isEqualTo(404);
    }

    private MockHttpServletResponse task(String token, String id) throws Exception {
        return mvc.perform(request(HttpMethod.GET, URI.create("/api/v2/tasks/" + id + "/download?format=json"))
                        .header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
    }

    @Test
    void rolesAndOrganizationsDecide() throws Exception {
        var id = create("a.txt").id();
        upload(token, id, PAGE);
        var owner = device.orElseThrow().organization().id();
        var auditor = token(Membership.of(Role.AUDITOR, owner));
        var analyst = token(Membership.of(Role.ORGANIZATION_ANALYST, owner));
        var other = token(Membership.of(Role.ORGANIZATION_ADMIN, other()));

        assertThat(download(auditor, id).getStatus()).isEqualTo(200);
        assertThat(upload(auditor, id, PAGE).status()).isEqualTo(403);
        assertThat(ask(auditor, "DELETE", "/api/v2/files/" + id, "{}").status()).isEqualTo(403);
        assertThat(patch(analyst, "files", id, "{\"filename\": \"b.txt\"}").status())
                .isEqualTo(200);
        assertThat(get(other, "/api/v2/files").total()).isZero();
        assertThat(get(other, "/api/v2/files/" + id).status()).isEqualTo(404);
        assertThat(download(other, id).getStatus()).isEqualTo(404);
        assertThat(upload(other, id, PAGE).status()).isEqualTo(404);
        assertThat(ask(other, "DELETE", "/api/v2/files/" + id, "{}").status()).isEqualTo(404);
        assertThat(post(
                                other,
                                "files",
                                "{\"filename\": \"a\"}",
                                relation("investigation", "investigations", investigation))
                        .status())
                .isEqualTo(422);
    }

    private UUID other() {
        return organizations.add(OrganizationDraft.named("Fabrikam")).id();
    }
}
