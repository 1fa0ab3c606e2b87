package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.model.DeviceField;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One tenant of an import file, before anything was checked.
 *
 * @param place where it stands, e.g. {@code line 3} or {@code entry 3}
 * @param values by column, see {@link #COLUMNS}; absent and empty mean the same
 */
record ImportRow(String place, Map<String, String> values) {

    static final String SECRET_FILE = "secret_file";
    static final String SECRET_ENV = "secret_env";

    /** What a file may say of a tenant: the fields of a device, and where its secret is. */
    static final Set<String> COLUMNS = Stream.concat(
                    DeviceField.ALL.stream().map(DeviceField::key), Stream.of(SECRET_FILE, SECRET_ENV))
            .collect(Collectors.toUnmodifiableSet());

    ImportRow {
        values = Map.copyOf(values);
    }

    String value(String column) {
        return values.getOrDefault(column, "");
    }

    String value(DeviceField field) {
        return value(field.key());
    }

    /** Whether the file itself holds a secret of this tenant. */
    boolean holdsSecret() {
        return DeviceField.ALL.stream()
                .anyMatch(field -> field.kind().isSecret() && !value(field).isEmpty());
    }

    /** What tells one tenant from another. */
    String directoryKey() {
        return value(DeviceField.DIRECTORY_ID).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the secret and puts the request together.
     *
     * @param folder of the import file, which {@code secret_file} is relative to
     * @throws Failure when there is no secret, or more than one
     */
    DeviceRequest request(CommandContext context, Path folder) {
        var request = DeviceRequest.empty();
        for (var field : DeviceField.ALL) {
            if (!field.kind().isSecret()) {
                request = request.withKnown(field, value(field));
            }
        }
        return request.withCredential(secret(context, folder));
    }

    private String secret(CommandContext context, Path folder) {
        var given = Stream.of(
                        SECRET_FILE, SECRET_ENV, DeviceField.CLIENT_SECRET.key(), DeviceField.CLIENT_CERTIFICATE.key())
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
            default -> value(given.getFirst());
        };
    }
}
