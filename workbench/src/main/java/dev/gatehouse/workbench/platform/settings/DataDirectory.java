package dev.gatehouse.workbench.platform.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one folder that a Gatehouse keeps everything in. Whoever holds an object of this class is the only process that
 * works in that folder, until it is closed.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** The folder that is meant when nobody names one: {@code /var/lib/gatehouse} for root, otherwise below home. */
    public static Path usual(Map<String, String> environment, String user, Path home) {
        if (user.equals("root")) {
            return Path.of("/var/lib/gatehouse");
        }
        var shared = environment.getOrDefault("XDG_DATA_HOME", "");
        return (shared.isBlank() ? home.resolve(".local/share") : Path.of(shared)).resolve("gatehouse");
    }

    /** The folder that a setting names; the usual one of this process's user when it names none. */
    public static Path locate(@Nullable String setting) {
        return setting == null || setting.isBlank()
                ? usual(System.getenv(), System.getProperty("user.name"), Path.of(System.getProperty("user.home")))
                : Path.of(setting.strip()).toAbsolutePath().normalize();
    }

    /**
     * Makes the folder if need be, closes it to others, and takes it into possession.
     *
     * @throws InvalidSetting when it cannot be written to, or another process works in it
     */
    public static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            // As root the database server runs as another user, who has to get through to its own folder below. Nobody
            // but root can list this one, and what is secret in it is closed by itself.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(isRoot() ? "rwx--x--x" : "rwx------"));
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new InvalidSetting(
                        "Another Gatehouse is running on %s. Stop it first, or choose another folder with --data-directory."
                                .formatted(path));
            }
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            throw new InvalidSetting(
                    "Cannot use the data directory %s (%s). Make it writable for user %s, or choose another with --data-directory."
                            .formatted(path, e, System.getProperty("user.name")),
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Whether this process runs as root, which the database server refuses to do. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Gives the folder free. The lock file stays: taking it away could take it from under the next process. */
    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
