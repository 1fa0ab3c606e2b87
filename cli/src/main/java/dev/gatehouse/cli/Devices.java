package dev.gatehouse.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The security devices of a Workbench, as its API tells them. */
final class Devices {

    static final String PATH = "/api/v2/security_devices";
    static final String TYPE = "security_devices";

    private static final String IMPORTS = "security_device_imports";

    private final WorkbenchClient client;

    Devices(WorkbenchClient client) {
        this.client = client;
    }

    /** All of them, by name. */
    List<JsonNode> all() {
        return client.list(TYPE, Map.of("sort", "name"), Integer.MAX_VALUE);
    }

    /** The one with this id, Directory ID, or name in any case. */
    JsonNode find(String idOrName) {
        var matching =
                all().stream().filter(device -> isCalled(device, idOrName)).toList();
        if (matching.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "There is no device with the id or name '%s'. 'gatehouse device list' shows those there are."
                            .formatted(idOrName));
        }
        if (matching.size() > 1) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "%d devices are called '%s'. Use an id instead: %s."
                            .formatted(
                                    matching.size(),
                                    idOrName,
                                    matching.stream().map(Devices::id).collect(Collectors.joining(", "))));
        }
        return matching.getFirst();
    }

    Answer create(DeviceRequest request) {
        return client.post(PATH, request.document());
    }

    /**
     * Makes many with one request; what became of each, in their order.
     *
     * @param isDryRun whether to check only what can be checked without Microsoft, and to make nothing
     * @throws Failure when the request as a whole was not carried out
     */
    List<ImportOutcome> importAll(List<DeviceRequest> requests, boolean isDryRun) {
        var document = WorkbenchClient.JSON.createObjectNode();
        var attributes = document.putObject("data").put("type", IMPORTS).putObject("attributes");
        attributes.put("dry_run", isDryRun);
        var devices = attributes.putArray("devices");
        requests.forEach(request -> devices.add(request.attributes()));
        var results = client.post("/api/v2/" + IMPORTS, document)
                .dataOrFail()
                .at("/attributes/results")
                .valueStream()
                .map(ImportOutcome::read)
                .toList();
        if (results.size() != requests.size()) {
            throw new Failure(
                    ExitCode.SERVER_ERROR,
                    "The Workbench answered with %d results for %d devices. See with 'gatehouse device list' what was added."
                            .formatted(results.size(), requests.size()));
        }
        return results;
    }

    /** Gives a device another application and secret; everything else stays. */
    Answer changeSecret(String id, String applicationId, String clientSecret, String secretExpires, String secretId) {
        var document = WorkbenchClient.JSON.createObjectNode();
        var data = document.putObject("data");
        data.put("type", TYPE).put("id", id);
        var attributes = data.putObject("attributes").put("application_id", applicationId);
        DeviceRequest.putCredential(attributes, clientSecret);
        DeviceRequest.putSecretFacts(attributes, secretExpires, secretId);
        return client.patch(PATH + "/" + id, document);
    }

    /** Tries a connection that is not saved. */
    JsonNode test(DeviceRequest request) {
        return client.post(PATH + "/test", request.document()).dataOrFail();
    }

    /** Tries the connection of a saved device. */
    JsonNode test(String id) {
        return client.post(PATH + "/" + id + "/test", WorkbenchClient.JSON.createObjectNode())
                .dataOrFail();
    }

    void remove(String id) {
        var answer = client.delete(PATH + "/" + id);
        if (!answer.isSuccess()) {
            throw answer.failure();
        }
    }

    static String id(JsonNode device) {
        return device.path("id").asString("");
    }

    static String attribute(JsonNode device, String name) {
        return text(device.path("attributes"), name);
    }

    /** A text, or nothing where there is none or it is null. */
    static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }

    /** How far a device has come, in words: {@code receiving_data} as {@code receiving data}. */
    static String stage(JsonNode statusDetails) {
        return text(statusDetails, "stage").replace('_', ' ');
    }

    /** A resource for other programs: its attributes with the id among them. */
    static ObjectNode flat(JsonNode resource) {
        var flat = WorkbenchClient.JSON.createObjectNode();
        flat.put("id", id(resource));
        resource.path("attributes").forEachEntry(flat::set);
        return flat;
    }

    /** A time for people: to the second, and a dash when it has not happened. */
    static String time(JsonNode object, String name) {
        var text = text(object, name);
        return text.length() < 19 ? "–" : text.substring(0, 10) + " " + text.substring(11, 19);
    }

    private static boolean isCalled(JsonNode device, String idOrName) {
        return id(device).equalsIgnoreCase(idOrName)
                || attribute(device, "directory_id").equalsIgnoreCase(idOrName)
                || attribute(device, "name").equalsIgnoreCase(idOrName);
    }
}
