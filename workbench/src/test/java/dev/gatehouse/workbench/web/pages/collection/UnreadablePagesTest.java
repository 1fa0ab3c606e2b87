package dev.gatehouse.workbench.web.pages.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.collect.UnreadableService;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.Delivery;
import dev.gatehouse.workbench.records.UnreadableRecord;
import dev.gatehouse.workbench.records.UnreadableRecords.Filter;
import dev.gatehouse.workbench.web.Originals;
import dev.gatehouse.workbench.web.ScreenTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UnreadablePagesTest extends ScreenTest {

    private static final String LIST = "/settings/collection/unreadable";
    private static final String NO_ID = "{\"title\":\"<b>Nobody's alert</b>\"}";

    private static final String API = "/api/v2/unreadable_records";

    @LocalServerPort
    private int port;

    @Autowired
    private PageTransaction records;

    @Autowired
    private UnreadableService service;

    @Test
    void listsWhatCouldNotBeReadWithCauseRequestIdAndText() {
        var contoso = device("Contoso");
        keep(contoso, Feed.ALERTS, NO_ID, "It has no id", 1);
        var id = only().id();

        assertThat(open(LIST))
                .hasStatusOk()
                .bodyText()
                .contains("Contoso", "It has no id", "request-17", "Nobody&#39;s alert", "Retry all")
                .doesNotContain("<b>Nobody");
        assertThat(open(LIST + "/" + id))
                .hasStatusOk()
                .bodyText()
                .contains("It has no id", "request-17", "&lt;b&gt;Nobody&#39;s alert", id.toString(), "Original JSON");
        assertThat(textOf(open(LIST + "/" + id + "/original"))).isEqualTo(NO_ID);
        assertThat(openAsAnalyst(LIST)).hasStatusOk().bodyText().doesNotContain("Retry");
        assertThat(sendAsAnalyst(LIST + "/" + id + "/retry", Map.of())).hasStatus(HttpStatus.FORBIDDEN);
        assertThat(open(LIST + "/" + UUID.randomUUID())).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void filtersAndIsReachedFromTheDeviceAndTheLedger() {
        var contoso = device("Contoso");
        keep(contoso, Feed.ALERTS, NO_ID, "It has no id", 1);
        keep(contoso, Feed.INCIDENTS, "{", "It breaks off", 1);
        keep(device("Fabrikam"), Feed.ALERTS, NO_ID, "It is Fabrikam's", 1);

        var fromDevice = "/settings/collection/unreadable?device=" + contoso.id() + "&amp;feed=alerts";
        assertThat(open("/settings/security-devices/" + contoso.id()))
                .bodyText()
                .contains(fromDevice + "\"");
        assertThat(open(fromDevice.replace("&amp;", "&")))
                .bodyText()
                .contains("It has no id")
                .doesNotContain("It breaks off", "It is Fabrikam");
        assertThat(open("/settings/collection/ledger")).bodyText().contains(fromDevice + "&amp;from=2026-11-23T11");
        assertThat(open(LIST + "?to=2026-11-23T11:00")).bodyText().contains("There is none that these filters fit");
        assertThat(open(LIST + "?to=noon"))
                .hasStatusOk()
                .bodyText()
                .contains("is no date and time such as 2026-11-23T09:00: it was left out.");
    }

    @Test
    void saysThatARecordStaysUnreadableAndWhy() {
        keep(device("Contoso"), Feed.ALERTS, NO_ID, "It is not well-formed JSON", 0);
        var id = only().id();

        assertThat(send(LIST + "/" + id + "/retry", Map.of())).hasRedirectedUrl(LIST + "/" + id);

        assertThat(only().reason()).isEqualTo("It has no id");
        assertThat(only().tries().count()).isEqualTo(2);
        assertThat(open(LIST)).bodyText().contains("It has no id", "still unreadable, 2 tries");
    }

    @Test
    void opensWhatCanBeReadAfterAll() {
        var contoso = device("Contoso");
        keep(contoso, Feed.ALERTS, Originals.dcSync("a/b", "Suspected DCSync attack", "high"), "Too new", 0);

        var sent = send(LIST + "/" + only().id() + "/retry", Map.of());

        assertThat(sent).hasRedirectedUrl("/vendor-alerts/" + contoso.directory() + "/~YS9i");
        assertThat(open("/vendor-alerts/" + contoso.directory() + "/~YS9i")).hasStatusOk();
        assertThat(open(LIST)).bodyText().contains("Everything that came could be understood.");
        assertThat(open("/settings/security-devices/" + contoso.id()))
                .bodyText()
                .doesNotContain("&amp;feed=alerts\"");
    }

    @Test
    void triesAllAgainThatFitTheFilters() {
        var contoso = device("Contoso");
        keep(contoso, Feed.ALERTS, Originals.dcSync("da1", "Suspected DCSync attack", "high"), "Too new", 0);
        keep(contoso, Feed.ALERTS, NO_ID, "It has no id", 1);
        keep(contoso, Feed.INCIDENTS, NO_ID, "It has no id", 1);

        assertThat(send(LIST + "/retry", Map.of("device", contoso.id().toString(), "feed", "alerts")))
                .hasRedirectedUrl(LIST + "?device=" + contoso.id() + "&feed=alerts");

        await().untilAsserted(() -> {
            var left = service.list(Scope.everything(), Filter.none(), 0, 10).rows();
            assertThat(left).hasSize(2).noneMatch(record -> record.tries().isDue());
            assertThat(left).extracting(record -> record.tries().count()).containsExactlyInAnyOrder(1, 2);
        });
    }

    @Test
    void isTheSameForPrograms() throws Exception {
        var contoso = device("Contoso");
        keep(contoso, Feed.INCIDENTS, NO_ID, "It has no id", 1);
        keep(contoso, Feed.ALERTS, Originals.dcSync("a/b", "Suspected DCSync attack", "high"), "Too new", 0);

        var listed = ask("GET", "?filter[feed]=incidents&filter[security_device][id]=" + contoso.id())
                .path("data");
        assertThat(listed).hasSize(1);
        var path = listed.get(0).path("links").path("self").asString().substring(API.length());
        var attributes = ask("GET", path).path("data").path("attributes");
        assertThat(attributes.path("cause").asString()).isEqualTo("It has no id");
        assertThat(attributes.path("request_id").asString()).isEqualTo("request-17");
        assertThat(attributes.path("text").asString()).isEqualTo(NO_ID);
        assertThat(ask("POST", path + "/retry")
                        .path("data")
                        .path("attributes")
                        .path("state")
                        .asString())
                .isEqualTo("unreadable");

        var alert = ask("GET", "?filter[feed]=alerts")
                .path("data")
                .get(0)
                .path("id")
                .asString();
        var read = ask("POST", "/" + alert + "/retry").path("data");
        assertThat(read.path("attributes").path("state").asString()).isEqualTo("read");
        assertThat(read.path("relationships")
                        .path("vendor_alert")
                        .path("links")
                        .path("related")
                        .asString())
                .endsWith(":~YS9i");
        assertThat(ask("GET", "/" + alert).path("errors").get(0).path("status").asString())
                .isEqualTo("404");
        assertThat(ask("POST", "/retry?filter[feed]=incidents")
                        .path("meta")
                        .path("records")
                        .asInt(0))
                .isEqualTo(1);
        assertThat(ask("GET", "?filter[cause]=x")
                        .path("errors")
                        .get(0)
                        .path("status")
                        .asString())
                .isEqualTo("400");
        assertThat(database.sql("select cause, request_id, text from report.unreadable_records")
                        .query()
                        .singleRow())
                .containsEntry("cause", "It has no id")
                .containsEntry("request_id", "request-17")
                .containsEntry("text", NO_ID);
    }

    private JsonNode ask(String method, String rest) throws IOException, InterruptedException {
        var token = Files.readString(data().resolve("api-token")).strip();
        var address =
                "http://127.0.0.1:" + port + API + rest.replace("[", "%5B").replace("]", "%5D");
        try (var http = HttpClient.newHttpClient()) {
            return JsonMapper.shared()
                    .readTree(http.send(
                                    HttpRequest.newBuilder(URI.create(address))
                                            .method(method, BodyPublishers.noBody())
                                            .header("Authorization", "Bearer " + token)
                                            .build(),
                                    BodyHandlers.ofString())
                            .body());
        }
    }

    private UnreadableRecord only() {
        return service.list(Scope.everything(), Filter.none(), 0, 2).rows().getFirst();
    }

    /** Lets a record come in that a parser of that version could not understand. */
    private void keep(SecurityDevice device, Feed feed, String text, String reason, int parserVersion) {
        var now = clock.instant();
        records.keep(new ReadPage(
                new Request(
                        device.directory(),
                        feed,
                        PollWindow.begin(Purpose.POLL, new Window(now.minus(Duration.ofHours(1)), now)),
                        now,
                        Duration.ofMillis(84),
                        12_000,
                        Optional.of("request-17"),
                        ""),
                List.of(),
                List.of(),
                List.of(new Delivery.Unreadable(Original.of(text), reason, parserVersion)),
                Optional.of(now),
                Optional.empty()));
    }
}
