package dev.gatehouse.cli;

import tools.jackson.databind.node.ObjectNode;

/**
 * A device to be made, as somebody typed it. Checking is the Workbench's task, which knows what there is already.
 *
 * @param clientSecret the secret's Value; never printed
 * @param secretExpires the day, or the time, on which the secret ends; empty when nobody knows
 * @param secretId the Secret ID, when whoever made the secret knows; empty otherwise
 */
record DeviceRequest(
        String name,
        String location,
        String directoryId,
        String applicationId,
        String clientSecret,
        String cloud,
        String secretExpires,
        String secretId) {

    /** The JSON:API document that asks for it. */
    ObjectNode document() {
        var document = WorkbenchClient.JSON.createObjectNode();
        var data = document.putObject("data");
        data.put("type", Devices.TYPE);
        var attributes = data.putObject("attributes")
                .put("name", name)
                .put("location", location)
                .put("directory_id", directoryId)
                .put("application_id", applicationId)
                .put("client_secret", clientSecret)
                .put("cloud", cloud);
        putSecretFacts(attributes, secretExpires, secretId);
        return document;
    }

    /** Nothing is said of what nobody knows. */
    static void putSecretFacts(ObjectNode attributes, String secretExpires, String secretId) {
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
