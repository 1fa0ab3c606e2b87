package dev.gatehouse.cli.http;

import dev.gatehouse.model.DeviceField;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the Workbench is asked to put into the fields of a device. Checking is its task: it knows what there is already. It
 * prints without secrets.
 */
public final class DeviceRequest {

    private static final DeviceRequest EMPTY = new DeviceRequest(Map.of());

    private final Map<DeviceField, String> texts;

    private DeviceRequest(Map<DeviceField, String> texts) {
        this.texts = texts;
    }

    /** A request that says nothing of any field. */
    public static DeviceRequest empty() {
        return EMPTY;
    }

    /** The same with one more field. */
    public DeviceRequest with(DeviceField field, String text) {
        var more = new EnumMap<DeviceField, String>(DeviceField.class);
        more.putAll(texts);
        more.put(field, text);
        return new DeviceRequest(Map.copyOf(more));
    }

    /** The same; nothing is said of a field of which nobody knows anything. */
    public DeviceRequest withKnown(DeviceField field, String text) {
        return text.isEmpty() ? this : with(field, text);
    }

    /** The same with something to sign in with: what is PEM is a certificate with its key, everything else a secret. */
    public DeviceRequest withCredential(String credential) {
        return with(
                credential.contains("-----BEGIN ") ? DeviceField.CLIENT_CERTIFICATE : DeviceField.CLIENT_SECRET,
                credential);
    }

    /** Whether nothing is asked for. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** What it says of a field; empty when that is nothing. */
    public String text(DeviceField field) {
        return texts.getOrDefault(field, "");
    }

    /** The JSON:API document that asks for it. */
    public ObjectNode document() {
        var document = WorkbenchClient.JSON.createObjectNode();
        var data = document.putObject("data");
        data.put("type", Devices.TYPE);
        data.set("attributes", attributes());
        return document;
    }

    /** What the document says of it. */
    public ObjectNode attributes() {
        var attributes = WorkbenchClient.JSON.createObjectNode();
        for (var field : DeviceField.ALL) {
            var text = texts.get(field);
            if (text != null) {
                attributes.put(field.key(), text);
            }
        }
        return attributes;
    }

    @Override
    public String toString() {
        return "DeviceRequest[%s, %s]".formatted(text(DeviceField.NAME), text(DeviceField.DIRECTORY_ID));
    }
}
