package dev.gatehouse.cli.device;

import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.model.DeviceField;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of one row.
 *
 * @param row the row
 * @param outcome how it ended
 * @param detail the id of the device, or why there is none
 */
record ImportResult(ImportRow row, Outcome outcome, String detail) {

    /** How a row can end. */
    enum Outcome {
        CREATED,
        /** In a dry run: everything that can be known beforehand is in order. */
        READY,
        /** The tenant was connected before; its device was left as it is. */
        EXISTS,
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ObjectNode json() {
        return WorkbenchClient.JSON
                .createObjectNode()
                .put("place", row.place())
                .put("name", row.value(DeviceField.NAME))
                .put("directory_id", row.value(DeviceField.DIRECTORY_ID))
                .put("outcome", outcome.word())
                .put("detail", detail);
    }
}
