package dev.gatehouse.workbench.web.api.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.RunningWorkbench;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VendorAlertApiTest {

    private static final String PATH = "/api/v2/vendor_alerts";
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final String DIRECTORY = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";

    private static final String DCSYNC = """
            {"id":"da1_1","providerAlertId":"p-1","incidentId":"7","title":"Suspected DCSync attack","severity":"high","status":"new",\
            "description":"Somebody replicated the directory.","createdDateTime":"2026-11-23T08:00:00.1234567Z",\
            "lastUpdateDateTime":"2026-11-23T08:30:00Z","firstActivityDateTime":"2026-11-23T07:59:00Z",\
            "serviceSource":"microsoftDefenderForIdentity","detectorId":"xdr_DcSync","mitreTechniques":["T1003.006"],\
            "evidence":[{"@odata.type":"#microsoft.graph.security.userEvidence","roles":["attacker"],"verdict":"suspicious",\
            "userAccount":{"accountName":"mallory","domainName":"contoso"}}],"somethingNew":{"kept":true}}""";

    @SuppressWarnings("NullAway.Init") // JUnit starts it
    private static RunningWorkbench workbench;

    @SuppressWarnings("NullAway.Init")
    private static ApiClient client;

    @SuppressWarnings("NullAway.Init")
    private static SecurityDevice device;

    @BeforeAll
    static void start() {
        workbench = RunningWorkbench.start(RunningWorkbench.nowhere());
        client = ApiClient.of(workbench);
        device = workbench
                .get(DeviceEditing.class)
                .add(
                        Scope.everything(),
                        WorkbenchParts.draft("Contoso")
                                .with(DeviceField.DIRECTORY_ID, DIRECTORY)
                                .with(DeviceField.CLOUD, "nowhere"),
                        "test");
        store(
                DCSYNC,
                alert("da1_2", "Honeytoken was queried", "medium", "inProgress", "2026-11-22T08:00:00Z"),
                alert("da1_3", "Network mapping", "informational", "resolved", "2026-11-21T08:00:00Z"));
    }

    @AfterAll
    static void stop() throws IOException {
        workbench.close();
    }

    @Test
    void listsAlertsNewestFirst() {
        var listed = client.get(PATH);

        assertThat(listed.data().findValuesAsString("original_alert_id")).containsExactly("da1_1", "da1_2", "da1_3");
        assertThat(listed.body().path("meta").path("page").path("total").asInt(0))
                .isEqualTo(3);
    }

    @Test
    void givesOneAlertInTheWordsOfTheKnownProductAndOfMicrosoft() {
        var one = client.get(PATH + "/" + DIRECTORY + ":da1_1");

        assertThat(one.attribute("vendor_sig_name").asString("")).isEqualTo("Suspected DCSync attack");
        assertThat(one.attribute("vendor_severity").asString("")).isEqualTo("HIGH");
        assertThat(one.attribute("microsoft_severity").asString("")).isEqualTo("high");
        assertThat(one.attribute("original_source_id").asString("")).isEqualTo("p-1");
        assertThat(one.attribute("signature_id").asString("")).isEqualTo("xdr_DcSync");
        assertThat(one.attribute("first_seen").asString("")).isEqualTo("2026-11-23T08:00:00.123Z");
        assertThat(one.attribute("evidence_activity_end_at").isNull()).isTrue();
        assertThat(one.attribute("evidence_summary")
                        .path(0)
                        .path("userEvidence")
                        .path("entities")
                        .toString())
                .contains("mallory");
        assertThat(one.data()
                        .path("relationships")
                        .path("security_device")
                        .path("data")
                        .path("id")
                        .asString(""))
                .isEqualTo(device.id().toString());
    }

    @Test
    void givesTheOriginalAsMicrosoftSentIt() {
        assertThat(client.get(PATH + "/" + DIRECTORY + ":da1_1").attribute("original"))
                .isEqualTo(ApiClient.JSON.readTree(DCSYNC));
    }

    @ParameterizedTest
    @CsvSource({
        "filter[severity]=high, da1_1",
        "filter[severity]=INFORMATIONAL, da1_3",
        "'filter[severity]=high,medium', da1_1 da1_2",
        "filter[microsoft_status]=INPROGRESS, da1_2",
        "flag[search]=mallory, da1_1",
        "flag[search]=honeytoken, da1_2",
        "filter[created_at]=%3E=2026-11-22, da1_1 da1_2",
        "filter[created_at]=%3E=2026-11-22T08:00:00, da1_1 da1_2",
        "filter[created_at]=%3E=2026-11-23T00:00:00.000Z, da1_1",
        "filter[security_device][id]=00000000-0000-0000-0000-000000000000, ''",
        "sort=vendor_sig_name, da1_2 da1_3 da1_1",
        "sort=%2Bcreated_at&sort=%2Bid, da1_3 da1_2 da1_1",
        "sort=-vendor_severity, da1_1 da1_2 da1_3",
        "sort=no_such_column, da1_1 da1_2 da1_3",
        "page[offset]=1&page[limit]=1, da1_2"
    })
    void filtersSortsAndPages(String query, String ids) {
        var listed = client.get(PATH + "?" + encoded(query));

        assertThat(String.join(" ", listed.data().findValuesAsString("original_alert_id")))
                .isEqualTo(ids);
    }

    @Test
    void listsTheAlertsOfADevice() {
        var listed = client.get(PATH + "?" + encoded("filter[security_device][id]=" + device.id()));

        assertThat(listed.data()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter[created_at]=yesterday", "filter[title]=x"})
    void saysWhichFiltersAndWordsThereAre(String query) {
        var refused = client.get(PATH + "?" + encoded(query));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()
                        .path("errors")
                        .path(0)
                        .path("source")
                        .path("parameter")
                        .asString(""))
                .startsWith("filter[");
    }

    @ParameterizedTest
    @ValueSource(strings = {"da1_1", "not-a-guid:da1_1", DIRECTORY + ":da1_9", DIRECTORY + ":", ":"})
    void saysSoWhenThereIsNoSuchAlert(String id) {
        assertThat(client.get(PATH + "/" + id).status()).isEqualTo(404);
    }

    private static String encoded(String query) {
        return query.replace("[", "%5B").replace("]", "%5D");
    }

    private static String alert(String id, String title, String severity, String status, String created) {
        return """
                {"id":"%s","title":"%s","severity":"%s","status":"%s","createdDateTime":"%s","lastUpdateDateTime":"%s",\
                "serviceSource":"microsoftDefenderForIdentity"}""".formatted(id, title, severity, status, created, created);
    }

    private static void store(String... alerts) {
        var parser = new Parser();
        var records = List.of(alerts).stream()
                .map(json -> parser.parse(device.directory(), Feed.ALERTS, Original.of(json)))
                .map(parsed -> switch (parsed) {
                    case Parsed.Understood(var record) -> record;
                    case Parsed.Unreadable(var original, var reason) ->
                        throw new IllegalArgumentException(original + ": " + reason);
                })
                .toList();
        workbench
                .get(PageTransaction.class)
                .keep(new ReadPage(
                        new Request(
                                device.directory(),
                                Feed.ALERTS,
                                PollWindow.begin(Purpose.POLL, new Window(NINE.minus(Duration.ofDays(30)), NINE)),
                                NINE,
                                Duration.ofMillis(100),
                                4_096,
                                Optional.of("r-1"),
                                ""),
                        records,
                        List.of(),
                        List.of(),
                        Optional.of(NINE),
                        Optional.empty()));
    }
}
