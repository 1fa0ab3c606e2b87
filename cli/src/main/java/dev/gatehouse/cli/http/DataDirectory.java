package dev.gatehouse.cli.http;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.terminal.CommandContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a Workbench keeps its database, its key and the files that let its own user in.
 *
 * @param path may not exist yet
 */
public record DataDirectory(Path path) {

    /**
     * The one a Workbench of this user takes when nothing else was said: {@code GATEHOUSE_DATA_DIRECTORY}, for root
     * {@code /var/lib/gatehouse}, for others {@code gatehouse} below the XDG data directory.
     */
    public static DataDirectory usual(CommandContext context) {
        var chosen = context.variable("GATEHOUSE_DATA_DIRECTORY");
        if (chosen.isPresent()) {
            return new DataDirectory(Path.of(chosen.get()).toAbsolutePath());
        }
        if (context.user().equals("root")) {
            return new DataDirectory(Path.of("/var/lib/gatehouse"));
        }
        var shared = context.variable("XDG_DATA_HOME")
                .map(Path::of)
                .orElseGet(() -> context.home().resolve(".local").resolve("share"));
        return new DataDirectory(shared.resolve("gatehouse"));
    }

    /** The demo's: apart from real data, and yet easy to find. */
    public DataDirectory demo() {
        return new DataDirectory(path.resolve("demo"));
    }

    /** The token that a Workbench leaves for programs of its own user. */
    public Path tokenFile() {
        return path.resolve("api-token");
    }

    /** The sign-in of the first account, which a Workbench makes up when there is none. */
    public Path firstAdministratorFile() {
        return path.resolve("first-administrator");
    }

    /** The text of one of the files in here, without surrounding blanks; empty when it is missing or not readable. */
    public static Optional<String> textOf(Path file) {
        try {
            var text = Files.readString(file).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Makes it, closed to other users. */
    public void create(CommandContext context) {
        // As root the database server runs as another user, who has to get through to its own folder below.
        var permissions = context.user().equals("root") ? "rwx--x--x" : "rwx------";
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.NOT_STARTED,
                    "The data directory %s cannot be made (%s). Choose another with --data-directory."
                            .formatted(path, e),
                    e);
        }
    }
}
