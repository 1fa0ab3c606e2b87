package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.WorkbenchClient;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The replays of a Workbench, as its API tells them. */
final class Replays {

    static final String TYPE = "replays";
    private static final String PATH = "/api/v2/" + TYPE;

    private final WorkbenchClient client;

    Replays(WorkbenchClient client) {
        this.client = client;
    }

    /**
     * Asks for a range to be read again.
     *
     * @param to its end; now when empty
     */
    JsonNode start(String deviceId, String feed, String from, Optional<String> to) {
        var document = WorkbenchClient.JSON.createObjectNode();
        var attributes = document.putObject("data").put("type", TYPE).putObject("attributes");
        attributes.put("device_id", deviceId).put("feed", feed).put("from", from);
        to.ifPresent(end -> attributes.put("to", end));
        return client.post(PATH, document).dataOrFail();
    }

    JsonNode find(String id) {
        return client.get(PATH + "/" + segment(id)).dataOrFail();
    }

    JsonNode cancel(String id) {
        return client.post(PATH + "/" + segment(id) + "/cancel", WorkbenchClient.JSON.createObjectNode())
                .dataOrFail();
    }

    /** An id as a part of an address. What has other characters is no id. */
    private static String segment(String id) {
        if (!id.matches("[0-9A-Za-z-]+")) {
            throw new Failure(ExitCode.NOT_FOUND, "There is no replay with the id '%s'.".formatted(id));
        }
        return id;
    }
}
