package dev.gatehouse.cli.http;

import tools.jackson.databind.node.ObjectNode;

/**
 * A device to be made, as somebody typed it. Checking is the Workbench's task, which knows what there is already.
 *
 * @param clientSecret the secret's Value, or a certificate and its private key as PEM; never printed
 * @param secretExpires the day, or the time, on which the secret ends; empty when nobody knows
 * @param secretId the Secret ID, when whoever made the secret knows; empty otherwise
 */
public record DeviceRequest(
        String name,
        String location,
        String directoryId,
        String applicationId,
        String clientSecret,
        String cloud,
        String secretExpires,
        String secretId) {

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
        var attributes = WorkbenchClient.JSON
                .createObjectNode()
                .put("name", name)
                .put("location", location)
                .put("directory_id", directoryId)
                .put("application_id", applicationId)
                .put("cloud", cloud);
        putCredential(attributes, clientSecret);
        putSecretFacts(attributes, secretExpires, secretId);
        return attributes;
    }

    /** What is PEM goes to the Workbench as a certificate with its key, everything else as a client secret. */
    public static void putCredential(ObjectNode attributes, String credential) {
        attributes.put(credential.contains("-----BEGIN ") ? "client_certificate" : "client_secret", credential);
    }

    /** Nothing is said of what nobody knows. */
    public static void putSecretFacts(ObjectNode attributes, String secretExpires, String secretId) {
        if (!secretExpires.isEmpty()) {
            attributes.put("client_secret_expires_at", secretExpires);
        }
        if (!secretId.isEmpty()) {
            attributes.put("client_secret_id", secretId);
        }
    }

    @Override
    public String toString() {
        return "DeviceRequest[%s, %s]".formatted(name, directoryId);
    }
}
