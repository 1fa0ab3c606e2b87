package dev.gatehouse.setup.journal;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.plan.Part;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Journals as JSON that a person can read. */
public final class JournalText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JournalText() {}

    /** Writes a journal. */
    public static String write(Journal journal) {
        var written = JSON.createObjectNode().put("tenant", journal.tenant().toString());
        journal.application().ifPresent(id -> written.put("application", id));
        var done = written.putArray("done");
        journal.entries().forEach(entry -> done.add(node(entry)));
        var intended = written.putArray("intended");
        journal.intentions().forEach(entry -> intended.add(node(entry)));
        return written.toPrettyString() + "\n";
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws JacksonException when it is not JSON
     */
    public static Journal read(TenantId tenant, String text) {
        var written = JSON.readTree(text);
        return new Journal(
                tenant,
                Optional.of(written.path("application").asString("")).filter(id -> !id.isEmpty()),
                written.path("done").valueStream().map(JournalText::entry).toList(),
                written.path("intended").valueStream().map(JournalText::entry).toList());
    }

    private static Journal.Entry entry(JsonNode node) {
        return new Journal.Entry(
                Part.valueOf(node.path("part").asString().toUpperCase(Locale.ROOT)),
                node.path("name").asString(),
                node.path("id").asString(""),
                Journal.Effect.valueOf(node.path("deed").asString().toUpperCase(Locale.ROOT)),
                Instant.parse(node.path("at").asString()),
                node.path("before") instanceof ObjectNode before ? before : JSON.createObjectNode());
    }

    private static ObjectNode node(Journal.Entry entry) {
        var node = JSON.createObjectNode()
                .put("part", entry.part().key())
                .put("name", entry.name())
                .put("id", entry.id())
                .put("deed", entry.effect().name().toLowerCase(Locale.ROOT))
                .put("at", entry.at().toString());
        node.set("before", entry.before());
        return node;
    }
}
