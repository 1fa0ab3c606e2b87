package dev.gatehouse.workbench.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever Microsoft sends and the parser takes can be stored, listed, found and opened: as a page, by the API and in the
 * report's view. One record must not break a list that all share.
 */
class StrangeRecordsTest extends ScreenTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ALERT_LINK = Pattern.compile("href=\"(/vendor-alerts/[0-9a-f-]{36}/[^\"]+)\"");
    private static final Pattern INCIDENT_LINK = Pattern.compile("href=\"(/vendor-incidents/[0-9a-f-]{36}/[^\"]+)\"");
    private static final String LONG = "long ".repeat(20_001);

    /** Nothing that compresses: what goes into an index is compressed first. */
    private static final String LONG_CJK = new Random(7)
            .ints(60_000, 0x4e00, 0x9fff)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    private static final List<String> TEXTS = List.of(
            "title",
            "displayName",
            "description",
            "recommendedActions",
            "severity",
            "status",
            "classification",
            "determination",
            "category",
            "serviceSource",
            "detectionSource",
            "productName",
            "detectorId",
            "assignedTo",
            "alertWebUrl",
            "providerAlertId");

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    private static final List<String> IDS = List.of(
            "a/b",
            "a\\b",
            "a%b",
            "a%2Fb",
            "a;b=c",
            "a\"b",
            "<b>a</b>",
            "..",
            "../../settings",
            "a//b",
            "~a",
            " a b ",
            "a?b#c",
            "a:b",
            "a\nb",
            "a\u0000b",
            "a\u2400b",
            "a\ud800b",
            "\ud83d\ude00",
            "\u202eevil",
            "x".repeat(60_000),
            LONG_CJK);

    @Test
    void opensAlertsAndIncidentsWhateverTheirIds() throws Exception {
        var device = device("Contoso");
        for (var id : IDS) {
            receive(device, Feed.ALERTS, example(id).put("incidentId", id).toString());
            receive(device, Feed.INCIDENTS, example(id).toString());
        }

        assertThatEverythingOpens(IDS.size());
        for (var alert : links(ALERT_LINK, "/vendor-alerts")) {
            assertThat(open(alert)).bodyText().contains("Multi-stage incident");
        }
    }

    @Test
    void keepsIdsApartThatBeginAlike() {
        var device = device("Contoso");
        receive(
                device,
                Feed.ALERTS,
                example("x".repeat(600) + "1").toString(),
                example("x".repeat(600) + "2").toString());

        assertThat(links(ALERT_LINK, "/vendor-alerts")).hasSize(2);
    }

    @Test
    void listsAndOpensEachOfManyStrangeRecords() throws Exception {
        var device = device("Contoso");
        var records = strange();
        records.forEach((name, record) -> receive(device, Feed.ALERTS, record.toString()));
        records.forEach((name, record) -> receive(device, Feed.INCIDENTS, record.toString()));

        assertThatEverythingOpens(records.size());
    }

    @Test
    void findsASid() {
        var device = device("Contoso");
        receive(
                device,
                Feed.ALERTS,
                example("named").set("evidence", JSON.readTree("""
                [{"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{"accountName":"jdoe",
                  "domainName":"contoso","userSid":"S-1-5-21-1-2-3-1107"}}]""")).toString());
        receive(
                device,
                Feed.ALERTS,
                example("nameless").set("evidence", JSON.readTree("""
                [{"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{"accountName":null,
                  "domainName":"contoso","userSid":"S-1-5-21-1-2-3-1107"}}]""")).toString());

        assertThat(links(ALERT_LINK, "/vendor-alerts?text=S-1-5-21-1-2-3-1107")).hasSize(2);
        assertThat(open("/vendor-alerts/" + device.directory() + "/nameless"))
                .bodyText()
                .containsPattern("<a class=\"title break\"[^>]*>S-1-5-21-1-2-3-1107</a>")
                .doesNotContain("no name");
        assertThat(open("/vendor-alerts")).bodyText().containsOnlyOnce(">S-1-5-21-1-2-3-1107<");
    }

    /** The random ones are told by their seed. */
    private static Map<String, ObjectNode> strange() {
        var records = new LinkedHashMap<String, ObjectNode>();
        records.put(
                "a technique of 100 KiB", with("technique", "mitreTechniques", "[\"" + "T".repeat(102_400) + "\"]"));
        records.put("20,000 techniques", with("techniques", "mitreTechniques", many("\"T1003.006\"", 20_000)));
        for (var member : TEXTS) {
            record(records, "long texts").put(member, LONG);
            record(records, "CJK").put(member, LONG_CJK);
            record(records, "objects").set(member, JSON.readTree("{\"a\":[{\"b\":[]}],\"\":\"\"}"));
            record(records, "numbers").set(member, JSON.readTree("1e2147483647"));
        }
        records.put("a NUL", example("nul").put("title", "a\u0000b").put("category", "\u0000"));
        records.put("half a character", example("half").put("title", "\ud800").put("assignedTo", "\udc00\ud800"));
        records.put("a symbol for NUL", example("u2400").put("title", "\u2400").put("assignedTo", "\u2400"));
        records.put("4,000 pieces", with("pieces", "evidence", many("""
                {"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"10.1.4.7","roles":["source"]}""", 4_000)));
        records.put("2,000 accounts", with("accounts", "evidence", different(2_000)));
        records.put("4,000 properties", with("properties", "evidence", "[{" + members(4_000) + "}]"));
        records.put(
                "an account with a long name",
                example("account").set("evidence", JSON.readTree("[{\"@odata.type\":\"#x.userEvidence\"}]")));
        ((ObjectNode) records.get("an account with a long name").get("evidence").get(0))
                .putObject("userAccount")
                .put("accountName", LONG_CJK)
                .put("domainName", LONG_CJK)
                .put("userSid", LONG_CJK);
        records.put(
                "a long id and a long name",
                example(LONG_CJK)
                        .set(
                                "evidence",
                                records.get("an account with a long name").get("evidence")));
        records.put("deep", with("deep", "evidence", "[{\"x\":" + "[".repeat(400) + "1" + "]".repeat(400) + "}]"));
        records.put(
                "4,000 comments",
                with("comments", "comments", many("{\"comment\":\"c\",\"createdBy\":\"Jane\"}", 4_000)));
        records.put(
                "comments of other shapes",
                with("comment-shapes", "comments", "[null,1,[],{},\"x\",{\"comment\":{}}]"));
        records.put(
                "evidence of other shapes",
                with("shapes", "evidence", "[null,1,[],{},\"x\",{\"@odata.type\":7},[[{}]]]"));
        records.put(
                "a type of 100 KiB", with("type", "evidence", "[{\"@odata.type\":\"" + "t".repeat(102_400) + "\"}]"));
        records.put(
                "times at the edges",
                example("times")
                        .put("createdDateTime", "0001-01-01T00:00:00Z")
                        .put("firstActivityDateTime", "9999-12-31T23:59:59.9999999Z"));
        records.put("tags", with("tags", "customTags", "[\"" + "t".repeat(60_000) + "\",null,{}]"));
        for (var seed = 1; seed <= 12; seed++) {
            records.put("seed " + seed, random(seed));
        }
        return records;
    }

    private static ObjectNode record(Map<String, ObjectNode> records, String name) {
        return records.computeIfAbsent(name, StrangeRecordsTest::example);
    }

    private static ObjectNode random(int seed) {
        var random = new Random(seed);
        var record = example("seed-" + seed + "-" + text(random, 20));
        for (var member : List.of(
                "title",
                "category",
                "assignedTo",
                "incidentId",
                "severity",
                "mitreTechniques",
                "comments",
                "evidence",
                "tags")) {
            if (random.nextBoolean()) {
                record.set(member, value(random, 0));
            }
        }
        return record;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 7)) {
            case 0 -> JSON.getNodeFactory().stringNode(text(random, random.nextInt(2_000)));
            case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 2 -> JSON.getNodeFactory().nullNode();
            case 3 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 4 -> {
                var list = JSON.createArrayNode();
                for (var index = random.nextInt(5); index > 0; index--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                var object = JSON.createObjectNode();
                var names = List.of(
                        "@odata.type", "userAccount", "accountName", "ipAddress", "name", "url", text(random, 9));
                for (var index = random.nextInt(5); index > 0; index--) {
                    object.set(names.get(random.nextInt(names.size())), value(random, depth + 1));
                }
                yield object;
            }
        };
    }

    /** Of characters that somebody's code may take for something else. */
    private static String text(Random random, int length) {
        var odd =
                "/\\%;\"<>'&?#[]{}()|^`~$.,:=+@*!\u0000\u0001\n\r\t\u007f\u0085\u00a0\u2028\u2400\u202e\ufeff\uffff\ud800\udc00äß漢";
        var text = new StringBuilder();
        for (var index = 0; index < length; index++) {
            text.append(
                    random.nextInt(3) == 0
                            ? odd.charAt(random.nextInt(odd.length()))
                            : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static ObjectNode example(String id) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("title", "Suspected DCSync attack")
                .put("displayName", "Multi-stage incident")
                .put("severity", "high")
                .put("serviceSource", "microsoftDefenderForIdentity")
                .put("createdDateTime", "2026-11-23T08:00:00Z")
                .put("lastUpdateDateTime", "2026-11-23T08:30:00Z");
    }

    private static ObjectNode with(String id, String member, String value) {
        return example(id).set(member, JSON.readTree(value));
    }

    private static String many(String element, int count) {
        return "[" + (element + ",").repeat(count - 1) + element + "]";
    }

    private static String different(int count) {
        var list = JSON.createArrayNode();
        for (var index = 0; index < count; index++) {
            list.addObject()
                    .put("@odata.type", "#x.userEvidence")
                    .putObject("userAccount")
                    .put("accountName", "u" + index);
        }
        return list.toString();
    }

    private static String members(int count) {
        var members = new ArrayList<String>();
        for (var index = 0; index < count; index++) {
            members.add("\"member%d\":{\"x\":%d}".formatted(index, index));
        }
        return String.join(",", members);
    }

    private void assertThatEverythingOpens(int count) throws Exception {
        var opened = new HashSet<String>();
        for (var kind : Map.of("/vendor-alerts", ALERT_LINK, "/vendor-incidents", INCIDENT_LINK)
                .entrySet()) {
            opened.clear();
            for (var page = 1; page <= 1 + count / 50; page++) {
                opened.addAll(links(kind.getValue(), kind.getKey() + "?page=" + page).stream()
                        .filter(link -> link.startsWith(kind.getKey()))
                        .toList());
            }
            assertThat(opened).as("Links in %s", kind.getKey()).hasSize(count);
            for (var link : opened) {
                var page = open(link);
                assertThat(page).as(link).hasStatusOk();
                assertThat(textOf(page)).as("The page of %s", link).hasSizeLessThan(6_000_000);
                assertThat(open(link + "/original")).as(link).hasStatusOk();
                assertThat(throughTheServer(link).statusCode())
                        .as("Through the server: %s", link)
                        .isEqualTo(302);
            }
        }
        assertThat(open("/")).hasStatusOk();
        var seen = 0;
        for (var offset = 0; offset < count; offset += 50) {
            var answer = ask("/api/v2/vendor_alerts?page%5Blimit%5D=50&page%5Boffset%5D=" + offset);
            for (var alert : answer.path("data")) {
                var self = ask(alert.path("links").path("self").asString());
                assertThat(self.path("data").path("id")).isEqualTo(alert.path("id"));
                assertThat(self.path("data").path("attributes").path("original").isObject())
                        .isTrue();
                seen++;
            }
        }
        assertThat(seen).isEqualTo(count);
        assertThat(open("/vendor-alerts?text=" + URLEncoder.encode("\u0000/%_\\", StandardCharsets.UTF_8)))
                .hasStatusOk();
        for (var view : List.of("alerts", "alert_versions", "incidents", "incident_versions")) {
            assertThat(database.sql("select count(*) from (select * from report.%s offset 0) v".formatted(view))
                            .query(Integer.class)
                            .single())
                    .as(view)
                    .isEqualTo(count);
        }
    }

    private List<String> links(Pattern pattern, String list) {
        var result = open(list);
        assertThat(result).as(list).hasStatusOk();
        return pattern.matcher(textOf(result))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        var token = Files.readString(data().resolve("api-token")).strip();
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** Without a session, so that an address which the server takes ends at the sign-in, and any other in a refusal. */
    private HttpResponse<Void> throughTheServer(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.discarding());
    }
}
