package dev.gatehouse.workbench.web.api.detections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SuppressionApiTest {

    private static final String PATH = "/api/v2/suppressions";

    @SuppressWarnings("NullAway.Init") // JUnit starts it
    private static RunningWorkbench workbench;

    @SuppressWarnings("NullAway.Init")
    private static ApiClient client;

    @BeforeAll
    static void start() {
        workbench = RunningWorkbench.start(RunningWorkbench.nowhere());
        client = ApiClient.of(workbench);
    }

    @AfterAll
    static void stop() throws IOException {
        workbench.close();
    }

    private static ObjectNode attributes(String condition) {
        var now = Instant.now();
        return ApiClient.JSON
                .createObjectNode()
                .put("name", "Backups")
                .put("owner", "admin@gatehouse.local")
                .put("reason", "The backup runs every night.")
                .put("condition", condition)
                .put("starts_at", now.toString())
                .put("review_at", now.plus(Duration.ofDays(10)).toString())
                .put("ends_at", now.plus(Duration.ofDays(20)).toString())
                .put("comment", "The backup.");
    }

    private static String body(ObjectNode attributes) {
        var body = ApiClient.JSON.createObjectNode();
        body.putObject("data").put("type", "suppressions").set("attributes", attributes);
        return body.toString();
    }

    private static ObjectNode revision(int revision) {
        return ApiClient.JSON.createObjectNode().put("revision", revision);
    }

    @Test
    void goesFromADraftByADryRunIntoForceAndIsWithdrawn() {
        var added = client.post(PATH, body(attributes("\"a\" in hosts")));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.attribute("status").asString("")).isEqualTo("DRAFT");
        assertThat(added.attribute("yaml").asString("")).contains("condition: |-\n  \"a\" in hosts");
        var one = added.location();

        assertThat(client.get(one + "/dry_run").status()).isEqualTo(404);
        assertThat(client.post(one + "/live", body(revision(0))).status()).isEqualTo(422);
        var run = client.post(one + "/dry_run", "");
        assertThat(run.attribute("is_finished").asBoolean(false)).isTrue();
        assertThat(run.attribute("would_have_closed").asInt(-1)).isZero();
        assertThat(client.get(one + "/dry_run/alerts").data()).isEmpty();

        assertThat(client.post(one + "/live", body(revision(3))).status()).isEqualTo(409);
        assertThat(client.post(one + "/live", body(revision(0)))
                        .attribute("status")
                        .asString(""))
                .isEqualTo("ACTIVE");
        var next = Instant.now().plus(Duration.ofDays(15)).toString();
        assertThat(client.post(
                                one + "/review",
                                body(revision(1).put("next_review", next).put("review_comment", "Still right.")))
                        .attribute("revision")
                        .asInt(0))
                .isEqualTo(2);
        assertThat(client.get(PATH + "?filter%5Bstatus%5D=ACTIVE").data()).hasSize(1);
        assertThat(client.patch(one, body(revision(2).put("condition", "\"b\" in hosts")))
                        .attribute("status")
                        .asString(""))
                .isEqualTo("DRAFT");
        assertThat(client.post(one + "/withdraw", body(revision(3))).pointer())
                .isEqualTo("/data/attributes/withdraw_comment");
        assertThat(client.post(one + "/withdraw", body(revision(3).put("withdraw_comment", "Moved.")))
                        .attribute("status")
                        .asString(""))
                .isEqualTo("WITHDRAWN");
    }

    @Test
    void saysWhatIsWrongAndWritesNothing() {
        var wrong = client.post(PATH + "/check", body(attributes("hosts ==")));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.pointer()).isEqualTo("/data/attributes/condition");
        assertThat(wrong.detail()).contains("Line 1, column");
        assertThat(client.post(PATH + "/check", body(attributes("true")))
                        .attribute("accepted")
                        .asBoolean(false))
                .isTrue();
        var yaml = ApiClient.JSON.createObjectNode().put("yaml", "name: x\ncolour: red\n");
        assertThat(client.post(PATH, body(yaml)).detail()).contains("suppression:2:1: There is no field");
        assertThat(client.get(PATH + "/7d9cdd4d-0000-4000-8000-000000000000").status())
                .isEqualTo(404);
        assertThat(client.get(PATH + "?filter%5Bcolour%5D=red").status()).isEqualTo(400);
    }
}
