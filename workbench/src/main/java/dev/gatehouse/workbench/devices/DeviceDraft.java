package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Pasted;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed about a device, field by field, unchecked but for invisible characters. It prints without secrets.
 * Blank, a secret means the one that the device has, and any other field what it is when nobody says.
 */
public final class DeviceDraft {

    /** What is known of an old secret says nothing about a new one. */
    private static final Set<DeviceField> OF_THE_SECRET =
            Set.of(DeviceField.CLIENT_SECRET_EXPIRES, DeviceField.CLIENT_SECRET_ID);

    private static final DeviceDraft EMPTY = new DeviceDraft(Map.of());

    private final Map<DeviceField, String> texts;

    private DeviceDraft(Map<DeviceField, String> texts) {
        this.texts = texts;
    }

    /** In which every field is blank. */
    public static DeviceDraft empty() {
        return EMPTY;
    }

    /** What was typed into a form, by {@linkplain DeviceField#key() key}; whatever else it holds is passed over. */
    public static DeviceDraft typed(Map<String, String> form) {
        return EMPTY.with(field -> Optional.ofNullable(form.get(field.key())));
    }

    /** What a device has, with its secret left blank. */
    public static DeviceDraft of(SecurityDevice device) {
        return EMPTY.with(field -> Optional.of(device.text(field)));
    }

    /**
     * What signs in at Microsoft.
     *
     * @param credentialId Microsoft's id of it; of a secret, the Secret ID
     * @param end until when it works, when that is known
     */
    public static DeviceDraft of(Connection connection, String credentialId, Optional<Instant> end) {
        var credential = connection.credential();
        var draft = EMPTY.with(DeviceField.DIRECTORY_ID, connection.tenant().toString())
                .with(DeviceField.APPLICATION_ID, connection.application().toString())
                .with(DeviceField.CLOUD, connection.cloud().name())
                .with(DeviceField.CLIENT_SECRET_ID, credentialId);
        return switch (credential) {
            case ClientCertificate _ -> draft.with(DeviceField.CLIENT_CERTIFICATE, credential.reveal());
            case ClientSecret _ ->
                draft.with(DeviceField.CLIENT_SECRET, credential.reveal())
                        .with(
                                DeviceField.CLIENT_SECRET_EXPIRES,
                                end.map(Instant::toString).orElse(""));
        };
    }

    /** The same with another text in one field. */
    public DeviceDraft with(DeviceField field, String text) {
        return with(each -> each == field ? Optional.of(text) : Optional.empty());
    }

    /** The same with the texts that there are in place of these. */
    public DeviceDraft with(Function<DeviceField, Optional<String>> typed) {
        var changed = new EnumMap<DeviceField, String>(DeviceField.class);
        for (var field : DeviceField.ALL) {
            var text = typed.apply(field).map(each -> clean(field, each)).orElse(text(field));
            if (!text.isEmpty()) {
                changed.put(field, text);
            }
        }
        return new DeviceDraft(Map.copyOf(changed));
    }

    /**
     * The change of a device that somebody asks for with some of its fields. With a new secret or certificate goes what is
     * known of the old one.
     */
    public DeviceDraft changedBy(Function<DeviceField, Optional<String>> sent) {
        var change = with(sent);
        return change.bringsCredential()
                ? with(field ->
                        sent.apply(field).or(() -> OF_THE_SECRET.contains(field) ? Optional.of("") : Optional.empty()))
                : change;
    }

    private static String clean(DeviceField field, String typed) {
        return switch (field.kind()) {
            case TEXT, CHOICE -> Pasted.text(typed);
            // What reads them cuts what the eye does not see; until then they stay as they were typed.
            case ID, SECRET, SECRET_LINES, DATE -> typed;
        };
    }

    /** The text of a field; empty when it was left blank. */
    public String text(DeviceField field) {
        return texts.getOrDefault(field, "");
    }

    /** What the device is; empty when that is no kind of device. */
    public Optional<DeviceKind> kind() {
        return isBlank(DeviceField.KIND) ? Optional.of(DeviceKind.USUAL) : DeviceKind.of(text(DeviceField.KIND));
    }

    /** Whether a field was left blank. */
    boolean isBlank(DeviceField field) {
        return Pasted.value(text(field)).isEmpty();
    }

    /** Whether something to sign in with was given, a secret or a certificate. */
    boolean bringsCredential() {
        return !isBlank(DeviceField.CLIENT_SECRET) || bringsCertificate();
    }

    boolean bringsCertificate() {
        return !text(DeviceField.CLIENT_CERTIFICATE).isBlank();
    }

    /**
     * What was given to sign in with.
     *
     * @throws IllegalArgumentException when it is not usable; the message says what to do
     */
    Credential credential() {
        return bringsCertificate()
                ? ClientCertificate.parse(text(DeviceField.CLIENT_CERTIFICATE))
                : new ClientSecret(text(DeviceField.CLIENT_SECRET));
    }

    /** Microsoft's id of what was given, as it is kept; null when nobody knows it. */
    @Nullable
    String credentialId() {
        var id = Pasted.value(text(DeviceField.CLIENT_SECRET_ID));
        return id.isEmpty() ? null : id.toLowerCase(Locale.ROOT);
    }

    /** When what was given ends: a certificate says so itself. */
    Optional<Instant> expires() {
        return bringsCertificate()
                ? Optional.of(ClientCertificate.parse(text(DeviceField.CLIENT_CERTIFICATE))
                        .expires())
                : ExpiryText.parse(text(DeviceField.CLIENT_SECRET_EXPIRES));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeviceDraft that && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return DeviceField.ALL.stream()
                .filter(field -> !field.kind().isSecret() && !text(field).isEmpty())
                .map(field -> "%s=%s".formatted(field.key(), text(field)))
                .collect(Collectors.joining(", ", "DeviceDraft[", "]"));
    }
}
