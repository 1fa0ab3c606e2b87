package dev.gatehouse.workbench.web.api.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.devices.ConnectionTester;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.DeviceHistory;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import dev.gatehouse.workbench.web.api.dialect.Body;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

class SecurityDeviceApiTest {

    private static final String PATH = "/api/v2/security_devices";
    private static final String SECRET = "Abc8Q~a-value-not-an-id";

    @SuppressWarnings("NullAway.Init") // JUnit starts it
    private static RunningWorkbench workbench;

    @SuppressWarnings("NullAway.Init")
    private static ApiClient client;

    @BeforeAll
    static void start() {
        workbench = RunningWorkbench.startWith(List.of(RefusingTester.class), RunningWorkbench.nowhere());
        client = ApiClient.of(workbench);
    }

    @AfterAll
    static void stop() throws IOException {
        workbench.close();
    }

    @AfterEach
    void removeDevices() {
        var devices = workbench.get(SecurityDevices.class);
        devices.all(Scope.everything())
                .forEach(device -> workbench.get(DeviceEditing.class).remove(device.id(), "test"));
    }

    @Test
    void addsADeviceAndNeverGivesTheSecretBack() {
        var added = client.post(PATH, device("Contoso", guid()));

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.contentType()).startsWith("application/vnd.api+json");
        var one = client.get(added.location());
        assertThat(one.attribute("name").asString("")).isEqualTo("Contoso");
        assertThat(one.attribute("enabled").asBoolean(false)).isTrue();
        assertThat(one.attribute("feeds")).hasSize(5);
        assertThat(one.attribute("created_at").asString(""))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(one.attribute("no_alert_threshold_hours").isNull()).isTrue();
        assertThat(one.body().toString()).doesNotContain(SECRET);
    }

    @Test
    void remembersWhichTokenAddedIt() {
        var id = added("Contoso");

        assertThat(workbench.get(DeviceHistory.class).of(Scope.everything(), UUID.fromString(id)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.actor()).isEqualTo("API token 'Command line on this machine'"));
    }

    @Test
    void pointsAtEveryFieldThatIsWrong() {
        var refused = client.post(PATH, """
                {"data": {"type": "security_devices", "attributes": {"name": "", "directory_id": "contoso", "cloud": "nowhere"}}}
                """);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("errors").findValuesAsString("pointer"))
                .contains(
                        "/data/attributes/name",
                        "/data/attributes/directory_id",
                        "/data/attributes/application_id",
                        "/data/attributes/client_secret");
        assertThat(refused.body().path("errors").path(0).path("status").asString(""))
                .isEqualTo("422");
    }

    @Test
    void tellsATenantThatIsConnectedAlreadyFromOneThatIsWrong() {
        var directory = guid();
        client.post(PATH, device("Contoso", directory));

        var refused = client.post(PATH, device("Contoso again", directory));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.pointer()).isEqualTo("/data/attributes/directory_id");
        assertThat(refused.detail()).contains("already connected as device 'Contoso'");
    }

    @Test
    void readsAndWritesTheOrganization() {
        var contoso = workbench.get(Organizations.class).add(OrganizationDraft.named("Contoso " + guid()));
        var body = device("Contoso", guid()).replace("\"name\"", "\"organization\": \"%s\", \"name\"");

        var added = client.post(PATH, body.formatted(contoso.guid()));
        var unknown =
                client.post(PATH, device("Contoso", guid()).replace("\"name\"", "\"organization\": \"?\", \"name\""));

        assertThat(added.attribute("organization").asString("")).isEqualTo(contoso.shortName());
        assertThat(added.data().at("/relationships/organization/data/id").asString(""))
                .isEqualTo(contoso.id().toString());
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.pointer()).isEqualTo("/data/attributes/organization");
        workbench
                .get(JdbcClient.class)
                .sql("update tenant set organization_id = (select id from organization where short_name = 'ORG')")
                .update();
        workbench
                .get(JdbcClient.class)
                .sql("delete from organization where short_name <> 'ORG'")
                .update();
    }

    @Test
    void checksWithoutAddingInADryRun() {
        var checked = client.post(
                PATH + "?flag%5Bdry_run%5D=true", device("Contoso", guid()).replace(SECRET, guid()));

        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.body()
                        .path("meta")
                        .path("warnings")
                        .path(0)
                        .path("detail")
                        .asString(""))
                .contains("This looks like the Secret ID");
        assertThat(client.get(PATH).data()).isEmpty();
    }

    @Test
    void changesOnlyWhatIsSent() {
        var id = added("Contoso");

        // As known clients send it: the id beside data, and relations that nobody asked about.
        var changed = client.patch(PATH + "/" + id, """
                {"id": "%s", "data": {"type": "security_devices", "attributes": {"location": "Oslo", "enabled": false},
                 "relationships": {"organization": {"data": null}}}}""".formatted(id));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.attribute("name").asString("")).isEqualTo("Contoso");
        assertThat(changed.attribute("location").asString("")).isEqualTo("Oslo");
        assertThat(changed.attribute("enabled").asBoolean(true)).isFalse();
        assertThat(changed.attribute("status_details").path("stage").asString(""))
                .isEqualTo("disabled");
    }

    @Test
    void doesNotTakeATenantAwayFromAnotherDevice() {
        var directory = guid();
        client.post(PATH, device("Contoso", directory));
        var id = added("Fabrikam");

        var refused = client.patch(
                PATH + "/" + id, "{\"data\": {\"attributes\": {\"directory_id\": \"%s\"}}}".formatted(directory));

        assertThat(refused.status()).isEqualTo(409);
    }

    @Test
    void removesADevice() {
        var id = added("Contoso");

        assertThat(client.delete(PATH + "/" + id).status()).isEqualTo(204);
        assertThat(client.get(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(client.delete(PATH + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void triesAConnectionThatIsNotSaved() {
        var test = client.post(PATH + "/test", device("", guid()));

        assertThat(test.status()).isEqualTo(200);
        assertThat(test.attribute("passed").asBoolean(true)).isFalse();
        assertThat(test.attribute("checks").path(1).path("result").asString("")).isEqualTo("failed");
        assertThat(test.attribute("checks").path(1).path("cure").asString("")).isEqualTo("Make a new one.");
    }

    @Test
    void triesTheConnectionOfADevice() {
        var id = added("Contoso");

        var test = client.post(PATH + "/" + id + "/test", "");

        assertThat(test.attribute("checks")).hasSize(2);
        assertThat(test.data().path("id").asString("")).isEqualTo(id);
    }

    @Test
    void tellsOfNoReplacementBeforeThereWasOne() {
        var path = PATH + "/" + added("Contoso") + "/credential_replacement";

        var never = client.get(path);
        assertThat(never.status()).isEqualTo(404);
        assertThat(never.body().at("/errors/0/detail").asString()).contains("never replaced");
        assertThat(client.post(PATH + "/" + guid() + "/credential_replacement", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void pollsOnDemand() {
        assertThat(client.post(PATH + "/" + added("Contoso") + "/poll", "").status())
                .isEqualTo(202);
        assertThat(client.post(PATH + "/" + guid() + "/poll", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "filter[name]=Contoso, 1",
        "filter[name]=contoso, 0",
        "filter[name]=~contoso, 1",
        "filter[name]=:o, 2",
        "filter[name]=^fab, 1",
        "filter[name]=!Contoso, 1",
        "'filter[name]=Contoso,^Fab', 2",
        "filter[location]=Dublin, 2",
        "filter[location]=Oslo, 0",
        "filter[name]=:o&filter[location]=:Dub, 2"
    })
    void filtersDevices(String query, int found) {
        added("Contoso");
        added("Fabrikam & Sons");

        assertThat(client.get(PATH + "?"
                                + query.replace("[", "%5B").replace("]", "%5D").replace("^", "%5E"))
                        .data())
                .hasSize(found);
    }

    @Test
    void acceptsWhatBrowsersAndCurlSendUnencoded() throws IOException {
        assertThat(client.statusLineOf(PATH + "?filter[name]=^Con&page[limit]=1"))
                .contains("200");
    }

    @Test
    void leadsFromPageToPageWithoutNamingAHost() {
        for (var name : List.of("Alpha", "Beta", "Gamma")) {
            added(name);
        }

        var first = client.get(PATH + "?page%5Blimit%5D=2&sort=-name&filter%5Blocation%5D=Dublin");
        var next = first.body().path("links").path("next").asString("");
        var second = client.get(next);

        assertThat(first.data().findValuesAsString("name")).containsSubsequence("Gamma", "Beta");
        assertThat(first.body().path("meta").path("page").path("total").asInt(0))
                .isEqualTo(3);
        assertThat(next).startsWith("/api/v2/");
        assertThat(second.data()).hasSize(1);
        assertThat(second.body().path("links").has("next")).isFalse();
    }

    @Test
    void countsWithoutListing() {
        added("Contoso");

        var counted = client.get(PATH + "?page%5Blimit%5D=0");

        assertThat(counted.data()).isEmpty();
        assertThat(counted.body().path("meta").path("page").path("total").asInt(0))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page%5Blimit%5D=abc",
                "page%5Blimit%5D=-1",
                "page%5Boffset%5D=99999999999999",
                "page%5Bnumber%5D=2",
                "filter%5Bnmae%5D=x",
                "filter%5Bname%5D=%zz"
            })
    void refusesQueriesThatMakeNoSense(String query) throws IOException {
        assertThat(client.statusLineOf(PATH + "?" + query)).contains("400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"data\": []}",
                "{\"data\": {\"type\": \"vendor_alerts\", \"attributes\": {}}}",
                "{\"data\": {\"attributes\": 7}}",
                "{\"data\": {\"attributes\": {\"name\": {\"first\": \"Con\"}}}}",
                "{\"data\": {\"attributes\": {\"name\": 7}}}"
            })
    void answersBadBodiesWithAnErrorDocument(String body) {
        var refused = client.post(PATH, body);

        assertThat(refused.status()).isIn(400, 422);
        assertThat(refused.contentType()).startsWith("application/vnd.api+json");
        assertThat(refused.detail()).isNotBlank();
    }

    @Test
    void pointsAtAValueOfTheWrongType() {
        assertThat(client.post(PATH, "{\"data\": {\"attributes\": {\"location\": true}}}")
                        .pointer())
                .isEqualTo("/data/attributes/location");
        assertThat(client.patch(PATH + "/" + added("Contoso"), "{\"data\": {\"attributes\": {\"enabled\": \"no\"}}}")
                        .pointer())
                .isEqualTo("/data/attributes/enabled");
    }

    @Test
    void doesNotRepeatABrokenBodyThatMayHoldASecret() {
        var refused = client.post(PATH, "{\"client_secret\": \"%s\" \"oops\"}".formatted(SECRET));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().toString()).doesNotContain(SECRET);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(client.post(PATH, device("x".repeat(Body.LARGEST), guid())).status())
                .isEqualTo(413);
    }

    @Test
    void refusesAnotherMediaType() {
        assertThat(client.send("POST", PATH, "name=Contoso", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v2/security_devices/not-an-id",
        "GET, /api/v2/alerts_of_nobody",
        "GET, /api/nothing",
        "PUT, /api/v2/security_devices"
    })
    void answersInJsonWhereNobodyServes(String method, String path) {
        var refused = client.send(method, path, "", "application/json");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.contentType()).startsWith("application/vnd.api+json");
    }

    @Test
    void letsNobodyInWithoutAToken() {
        var refused = new ApiClient(workbench.address(), "another").get(PATH);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.detail()).contains("Authorization: Bearer");
    }

    @Test
    void letsAnAnalystReadButNotChange() {
        var tokens = workbench.get(ApiTokens.class);
        var token = tokens.draw();
        tokens.add("An analyst's script", Membership.ofProvider(Role.SOC_ANALYST), token);
        var analyst = new ApiClient(workbench.address(), token);

        assertThat(analyst.get(PATH).status()).isEqualTo(200);
        assertThat(analyst.post(PATH, device("Contoso", guid())).status()).isEqualTo(403);
    }

    @Test
    void tellsWhenTheSecretEndsAndForgetsThatWithTheSecret() {
        var id = added("Contoso");
        assertThat(client.get(PATH + "/" + id).attribute("credential_state").asString(""))
                .isEqualTo("unknown");

        var dated = client.patch(PATH + "/" + id, """
                {"data": {"type": "security_devices", "attributes": {"client_secret_expires_at": "2999-01-31"}}}
                """);
        assertThat(dated.attribute("credential_expires_at").asString("")).isEqualTo("2999-01-31T00:00:00.000Z");
        assertThat(dated.attribute("credential_state").asString("")).isEqualTo("far");
        assertThat(dated.attribute("credential_days_left").asLong(0)).isPositive();

        var replaced = client.patch(PATH + "/" + id, """
                {"data": {"type": "security_devices", "attributes": {"client_secret": "Fresh~1"}}}
                """);
        assertThat(replaced.attribute("credential_expires_at").isNull()).isTrue();

        var refused = client.patch(PATH + "/" + id, """
                {"data": {"type": "security_devices", "attributes": {"client_secret_expires_at": "next year"}}}
                """);
        assertThat(refused.pointer()).isEqualTo("/data/attributes/client_secret_expires_at");
    }

    private static String added(String name) {
        var added = client.post(PATH, device(name, guid()));
        assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
        return added.data().path("id").asString("");
    }

    private static String device(String name, String directoryId) {
        return """
                {"data": {"type": "security_devices", "attributes": {"name": "%s", "location": "Dublin",
                 "directory_id": "%s", "application_id": "%s", "client_secret": "%s", "cloud": "nowhere"}}}
                """.formatted(name, directoryId, guid(), SECRET);
    }

    private static String guid() {
        return UUID.randomUUID().toString();
    }

    /** Lets the sign-in pass and refuses what comes after it. */
    @Primary
    static class RefusingTester implements ConnectionTester {
        @Override
        public List<Check> test(Connection connection) {
            return List.of(
                    Check.passed("Sign-in"),
                    Check.failed(
                            "Vendor alerts",
                            Diagnosis.of(Trouble.SECRET_EXPIRED, "The client secret has expired.", "Make a new one.")));
        }
    }
}
