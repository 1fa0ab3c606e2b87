package dev.gatehouse.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Journals as files in a folder, one JSON document for each tenant, which a person can read. Each is replaced as a whole,
 * after it has reached the disk.
 */
public final class JournalFiles implements Journals {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    /**
     * Keeps journals in a folder, which is made when it is needed.
     *
     * @param folder readable by its owner only
     */
    public JournalFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Journal load(TenantId tenant) {
        JsonNode written;
        try {
            written = JSON.readTree(Files.readString(file(tenant)));
        } catch (NoSuchFileException e) {
            return Journal.empty(tenant);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the set-up journal " + file(tenant), e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(
                    "The set-up journal %s is damaged. Move it away to start afresh; objects made earlier are then treated as the customer's own."
                            .formatted(file(tenant)),
                    new IOException(e));
        }
        return new Journal(
                tenant,
                Optional.of(written.path("application").asString("")).filter(id -> !id.isEmpty()),
                written.path("done").valueStream().map(JournalFiles::entry).toList(),
                written.path("intended").valueStream().map(JournalFiles::entry).toList());
    }

    @Override
    public void save(Journal journal) {
        var written = JSON.createObjectNode().put("tenant", journal.tenant().toString());
        journal.application().ifPresent(id -> written.put("application", id));
        var done = written.putArray("done");
        journal.entries().forEach(entry -> done.add(node(entry)));
        var intended = written.putArray("intended");
        journal.intentions().forEach(entry -> intended.add(node(entry)));
        try {
            write(file(journal.tenant()), written.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the set-up journal " + file(journal.tenant()), e);
        }
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var fresh = folder.resolve(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            // The new name itself must reach the disk too.
            directory.force(true);
        }
    }

    private Path file(TenantId tenant) {
        return folder.resolve(tenant + ".json");
    }

    private static Journal.Entry entry(JsonNode node) {
        return new Journal.Entry(
                Part.valueOf(node.path("part").asString().toUpperCase(Locale.ROOT)),
                node.path("name").asString(),
                node.path("id").asString(""),
                Journal.Deed.valueOf(node.path("deed").asString().toUpperCase(Locale.ROOT)),
                Instant.parse(node.path("at").asString()),
                node.path("before") instanceof ObjectNode before ? before : JSON.createObjectNode());
    }

    private static ObjectNode node(Journal.Entry entry) {
        var node = JSON.createObjectNode()
                .put("part", entry.part().key())
                .put("name", entry.name())
                .put("id", entry.id())
                .put("deed", entry.deed().name().toLowerCase(Locale.ROOT))
                .put("at", entry.at().toString());
        node.set("before", entry.before());
        return node;
    }
}
