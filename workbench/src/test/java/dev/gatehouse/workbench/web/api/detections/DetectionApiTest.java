package dev.gatehouse.workbench.web.api.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DetectionApiTest {

    private static final String PATH = "/api/v2/detections";

    private static final String RULE = """
            id: night-work
            version: 1
            name: Night work
            description: Nobody works at night here.
            condition: |
              alert.category == "Night"
            severity: {fidelity: high, impact: high, vendor: medium}
            join: {by: host, within: 2h}
            attack: {tactics: [TA0008], techniques: [T1078]}
            examples:
              match: [{category: Night}]
              no_match: [{category: Day}]
            """;

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

    @Test
    void listsRulesInTheOrderInWhichTheyAreTried() {
        var all = client.get(PATH + "?page%5Blimit%5D=200");

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.body().path("meta").path("page").path("total").asInt(0)).isGreaterThanOrEqualTo(126);
        var last = all.data().path(all.data().size() - 1);
        assertThat(last.path("id").asString("")).isEqualTo("default");
        assertThat(last.path("attributes").path("priority").asInt(0))
                .isEqualTo(all.data().size() - 1);
    }

    @Test
    void tellsEverythingAboutOne() {
        var one = client.get(PATH + "/suspected-dcsync-attack");

        assertThat(one.status()).isEqualTo(200);
        assertThat(one.attribute("engine").asString("")).isEqualTo("CEL");
        assertThat(one.attribute("severity").asString("")).isEqualTo("CRITICAL");
        assertThat(one.attribute("status").asString("")).isEqualTo("ENABLED");
        assertThat(one.attribute("unique_on").asString("")).isEqualTo("account");
        assertThat(one.attribute("unique_within").asString("")).isEqualTo("PT24H");
        assertThat(one.attribute("mitre_tactics").path(0).asString("")).isEqualTo("TA0006");
        assertThat(one.attribute("logic_blob").asString("")).contains("alert.detector_id == \"2006\"");
        assertThat(JsonMapper.shared()
                        .readTree(one.attribute("test_blob").asString(""))
                        .path("match")
                        .size())
                .isPositive();
        assertThat(one.attribute("yaml").asString("")).startsWith("id: suspected-dcsync-attack");
        assertThat(client.get(PATH + "/nothing").status()).isEqualTo(404);
        assertThat(client.get(PATH + "/No!").status()).isEqualTo(404);
    }

    @Test
    void filters() {
        var found =
                client.get(PATH + "?filter%5Bname%5D=:golden&filter%5Bseverity%5D=CRITICAL&filter%5Bsource%5D=shipped");

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.data()).isNotEmpty().allSatisfy(rule -> assertThat(
                        rule.path("attributes").path("name").asString(""))
                .containsIgnoringCase("golden"));
        assertThat(client.get(PATH + "?filter%5Bcolour%5D=red").status()).isEqualTo(400);
    }

    @Test
    void checksARuleAndChangesNothing() {
        assertThat(check(RULE).attribute("accepted").asBoolean(false)).isTrue();
        assertThat(client.get(PATH + "/night-work").status()).isEqualTo(404);

        var wrong = check(RULE.replace("alert.category", "alert.kategory"));
        assertThat(wrong.attribute("accepted").asBoolean(true)).isFalse();
        var problem = wrong.attribute("problems").path(0);
        assertThat(problem.path("file").asString("")).isEqualTo("night.yaml");
        assertThat(problem.path("line").asInt(0)).isEqualTo(6);
        assertThat(problem.path("column").asInt(0)).isEqualTo(8);
        assertThat(problem.path("message").asString("")).isEqualTo("Undefined field 'kategory'");
        assertThat(client.post(PATH + "/check", "{\"data\":{\"attributes\":{}}}")
                        .status())
                .isEqualTo(422);
    }

    private static ApiClient.Answer check(String yaml) {
        var body = JsonMapper.shared().createObjectNode();
        body.putObject("data")
                .put("type", "detections")
                .putObject("attributes")
                .put("file", "night.yaml")
                .put("yaml", yaml);
        return client.post(PATH + "/check", body.toString());
    }

    /** The whole program notices by itself; nobody restarts it. */
    @Test
    void takesOverAFileOfTheDataDirectory() throws IOException {
        var folder = Files.createDirectories(workbench.dataDirectory().resolve("rules"));
        Files.writeString(folder.resolve("from-file.yaml"), RULE.replace("night-work", "from-file"));

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        client.get(PATH + "/from-file").attribute("source").asString(""))
                .isEqualTo("provider"));
    }
}
