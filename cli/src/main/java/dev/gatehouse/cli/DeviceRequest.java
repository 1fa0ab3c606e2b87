package dev.gatehouse.cli;

import tools.jackson.databind.node.ObjectNode;

/**
 * A device to be made, as somebody typed it. Checking is the Workbench's task, which knows what there is already.
 *
 * @param clientSecret the secret's Value; never printed
 */
record DeviceRequest(
        String name, String location, String directoryId, String applicationId, String clientSecret, String cloud) {

    /** The JSON:API document that asks for it. */
    ObjectNode document() {
        var document = WorkbenchClient.JSON.createObjectNode();
        var data = document.putObject("data");
        data.put("type", Devices.TYPE);
        data.putObject("attributes")
                .put("name", name)
                .put("location", location)
                .put("directory_id", directoryId)
                .put("application_id", applicationId)
                .put("client_secret", clientSecret)
                .put("cloud", cloud);
        return document;
    }

    @Override
    public String toString() {
        return "DeviceRequest[%s, %s]".formatted(name, directoryId);
    }
}
