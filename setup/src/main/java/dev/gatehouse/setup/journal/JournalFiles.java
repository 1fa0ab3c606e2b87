package dev.gatehouse.setup.journal;

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
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * Journals as files in a folder, one JSON document for each tenant, which a person can read. Each is replaced as a whole,
 * after it has reached the disk.
 */
public final class JournalFiles implements Journals {

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
        try {
            return JournalText.read(tenant, Files.readString(file(tenant)));
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
    }

    @Override
    public void save(Journal journal) {
        try {
            write(file(journal.tenant()), JournalText.write(journal));
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
}
