package dev.gatehouse.workbench.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every published record in Graph's shape passes through parse and store, and comes back byte for byte. */
@TestInstance(Lifecycle.PER_CLASS)
class CorpusTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final SecurityDevice device =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Corpus"), "x");

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "alerts, cribl/graph-legacy-alert.jsonl, 1",
        "alerts, demisto/graph-alert-v2-automated-investigation.json, 1",
        "alerts, elastic/graph-alerts-throttle-mock.jsonl, 2",
        "alerts, ms-docs/graph-alerts-v2-list.json, 1",
        "alerts, opencti/graph-alert-incident-stubs.jsonl, 3",
        "alerts, panther/graph-alerts-v2.jsonl, 4",
        "alerts, stix-shifter/graph-legacy-alerts.jsonl, 2",
        "incidents, demisto/graph-incidents-list.json, 2",
        "incidents, elastic/graph-incidents.jsonl, 2",
        "incidents, ms-docs/graph-incidents-list.json, 2",
        "incidents, opencti/graph-alert-incident-stubs.jsonl, 3",
        "logon-events, elastic/advanced-hunting-identity.jsonl, 7",
        "directory-events, otrf/golden-saml-m365d-events.jsonl, 9",
    })
    void keepsEveryRecordByteForByte(String feedKey, String file, int count) throws IOException {
        var feed = Feed.of(feedKey);
        var records = new ArrayList<Collected>();
        for (var original : originalsIn(read(file))) {
            records.add(understood(feed, original));
        }
        assertThat(records).hasSize(count);

        parts.get(PageTransaction.class).keep(Examples.delivery(device, feed, Examples.NINE, records));

        for (var record : records) {
            assertThat(stored(feed, record).bytes()).isEqualTo(record.original().bytes());
        }
    }

    private Collected understood(Feed feed, Original original) {
        return switch (new Parser().parse(device.directory(), feed, original)) {
            case Parsed.Understood(var record) -> record;
            case Parsed.Unreadable(var text, var reason) -> throw new AssertionError(text + ": " + reason);
        };
    }

    private Original stored(Feed feed, Collected record) {
        var table =
                switch (feed) {
                    case ALERTS -> "vendor_alert_version";
                    case INCIDENTS -> "vendor_incident_version";
                    case LOGON_EVENTS, QUERY_EVENTS, DIRECTORY_EVENTS -> "hunting_row";
                };
        return Compressed.inflate(parts.database()
                .look()
                .sql("select original from %s where tenant_id = ? and version = ?".formatted(table))
                .param(device.directory().value())
                .param(record.version().bytes())
                .query(byte[].class)
                .single());
    }

    /** The records in a file as the very bytes that stand there, whatever its collector wrapped them in. */
    private static List<Original> originalsIn(byte[] text) {
        var originals = new ArrayList<Original>();
        try (var parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    var start = (int) parser.currentTokenLocation().getByteOffset();
                    var isRecord = isRecord(Arrays.copyOfRange(text, start, text.length));
                    if (isRecord) {
                        parser.skipChildren();
                        var end = (int) parser.currentLocation().getByteOffset();
                        originals.add(new Original(Arrays.copyOfRange(text, start, end)));
                    }
                }
            }
        }
        return originals;
    }

    private static boolean isRecord(byte[] fromHere) {
        try (var parser = JSON.createParser(fromHere)) {
            var object = parser.<JsonNode>readValueAsTree();
            return object.has("id") || object.has("Timestamp");
        }
    }

    private static byte[] read(String file) throws IOException {
        var path = Path.of(System.getProperty("gatehouse.reference", "no-reference"), "corpus", file);
        if (!Files.exists(path)) {
            if (Boolean.getBoolean("gatehouse.reference.required")) {
                throw new AssertionError("The reference material is required, but %s is missing".formatted(path));
            }
            abort("The reference material is not here: %s is missing".formatted(path));
        }
        return Files.readAllBytes(path);
    }
}
