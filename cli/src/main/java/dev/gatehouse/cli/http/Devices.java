package dev.gatehouse.cli.http;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The security devices of a Workbench, as its API tells them. */
public final class Devices {

    public static final String PATH = "/api/v2/security_devices";
    public static final String TYPE = "security_devices";

    private final WorkbenchClient client;

    public Devices(WorkbenchClient client) {
        this.client = client;
    }

    /** All of them, by name. */
    public List<JsonNode> all() {
        return client.list(TYPE, Map.of("sort", "name"), Integer.MAX_VALUE);
    }

    /** The one with this id, Directory ID, or name in any case. */
    public JsonNode find(String idOrName) {
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
                                    matching.stream().map(Resource::id).collect(Collectors.joining(", "))));
        }
        return matching.getFirst();
    }

    public ApiAnswer create(DeviceRequest request) {
        return client.post(PATH, request.document());
    }

    /** Changes a device; what the request says nothing of stays. */
    public ApiAnswer change(String id, DeviceRequest request) {
        var document = request.document();
        ((ObjectNode) document.path("data")).put("id", id);
        return client.patch(PATH + "/" + id, document);
    }

    /** Tries a connection that is not saved. */
    public JsonNode test(DeviceRequest request) {
        return client.post(PATH + "/test", request.document()).dataOrFail();
    }

    /** Tries the connection of a saved device. */
    public JsonNode test(String id) {
        return client.post(PATH + "/" + id + "/test", WorkbenchClient.JSON.createObjectNode())
                .dataOrFail();
    }

    public void remove(String id) {
        var answer = client.delete(PATH + "/" + id);
        if (!answer.isSuccess()) {
            throw answer.failure();
        }
    }

    private static boolean isCalled(JsonNode device, String idOrName) {
        return Resource.id(device).equalsIgnoreCase(idOrName)
                || Resource.attribute(device, "directory_id").equalsIgnoreCase(idOrName)
                || Resource.attribute(device, "name").equalsIgnoreCase(idOrName);
    }
}
