package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.terminal.CommandContext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One tenant of an import file, before anything was checked.
 *
 * @param place where it stands, e.g. {@code line 3} or {@code entry 3}
 * @param values by column, see {@link #COLUMNS}; absent and empty mean the same
 */
record ImportRow(String place, Map<String, String> values) {

    static final String NAME = "name";
    static final String LOCATION = "location";
    static final String DIRECTORY_ID = "directory_id";
    static final String APPLICATION_ID = "application_id";
    static final String SECRET_FILE = "secret_file";
    static final String SECRET_ENV = "secret_env";
    static final String CLIENT_SECRET = "client_secret";
    static final String EXPIRES = "client_secret_expires_at";
    static final String CLOUD = "cloud";

    /** What a file may say of a tenant. */
    static final Set<String> COLUMNS = Set.of(
            NAME, LOCATION, DIRECTORY_ID, APPLICATION_ID, SECRET_FILE, SECRET_ENV, CLIENT_SECRET, EXPIRES, CLOUD);

    ImportRow {
        values = Map.copyOf(values);
    }

    String value(String column) {
        return values.getOrDefault(column, "");
    }

    /** What tells one tenant from another. */
    String directoryKey() {
        return value(DIRECTORY_ID).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the secret and puts the request together.
     *
     * @param folder of the import file, which {@code secret_file} is relative to
     * @throws Failure when there is no secret, or more than one
     */
    DeviceRequest request(CommandContext context, Path folder) {
        return new DeviceRequest(
                value(NAME),
                value(LOCATION),
                value(DIRECTORY_ID),
                value(APPLICATION_ID),
                secret(context, folder),
                value(CLOUD).isEmpty() ? "global" : value(CLOUD),
                value(EXPIRES),
                "");
    }

    private String secret(CommandContext context, Path folder) {
        var given = Stream.of(SECRET_FILE, SECRET_ENV, CLIENT_SECRET)
                .filter(column -> !value(column).isEmpty())
                .toList();
        if (given.size() != 1) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    given.isEmpty()
                            ? "client_secret: give one of secret_file and secret_env."
                            : "client_secret: give only one of %s.".formatted(String.join(", ", given)));
        }
        return switch (given.getFirst()) {
            case SECRET_FILE -> SecretOptions.fromFile(folder.resolve(value(SECRET_FILE)));
            case SECRET_ENV -> SecretOptions.fromVariable(context, value(SECRET_ENV));
            default -> value(CLIENT_SECRET);
        };
    }
}
