package dev.gatehouse.cli.device;

import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.model.DeviceField;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options for the fields of a device, made from their description. There is none for a secret: those are never arguments,
 * see {@link SecretOptions}.
 */
final class FieldOptions {

    /** Names that options had before; scripts still use them. */
    private static final Map<DeviceField, String> OLDER_NAMES =
            Map.of(DeviceField.CLIENT_SECRET_EXPIRES, "--secret-expires");

    private final Map<DeviceField, OptionSpec> options = new EnumMap<>(DeviceField.class);

    private FieldOptions(boolean isNew) {
        for (var field : DeviceField.ALL) {
            field.option()
                    .ifPresent(name -> options.put(
                            field,
                            OptionSpec.builder(names(field, name))
                                    .type(String.class)
                                    .arity("1")
                                    .required(isNew && field.isRequired())
                                    .paramLabel(paramLabel(field))
                                    .description(field.help())
                                    .build()));
        }
    }

    /** For a new device: what it has to have is required. */
    static FieldOptions ofNew() {
        return new FieldOptions(true);
    }

    /** For a change of a device. */
    static FieldOptions ofChange() {
        return new FieldOptions(false);
    }

    private static String[] names(DeviceField field, String name) {
        return Stream.concat(Stream.of(name), Stream.ofNullable(OLDER_NAMES.get(field)))
                .toArray(String[]::new);
    }

    private static String paramLabel(DeviceField field) {
        return switch (field.kind()) {
            case ID -> "GUID";
            case DATE -> "DAY";
            case TEXT, CHOICE, SECRET, SECRET_LINES -> "<%s>".formatted(field.id());
        };
    }

    /** Makes a command take them. */
    void addTo(CommandSpec command) {
        List.copyOf(options.values()).forEach(command::addOption);
    }

    /** What was given; nothing of what was not. */
    DeviceRequest read() {
        var request = DeviceRequest.empty();
        for (var option : options.entrySet()) {
            String text = option.getValue().getValue();
            if (text != null) {
                request = request.with(option.getKey(), text);
            }
        }
        return request;
    }
}
