package dev.gatehouse.cli.device;

import dev.gatehouse.cli.device.ImportResult.Outcome;
import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.ApiAnswer;
import dev.gatehouse.cli.http.Resource;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What the Workbench says of one device of an import.
 *
 * @param outcome how it ended
 * @param detail the id of the device, or why there is none
 */
record ImportOutcome(Outcome outcome, String detail) {

    /**
     * Reads a result of {@code security_device_imports}.
     *
     * @throws Failure when it is none
     */
    static ImportOutcome read(JsonNode result) {
        var word = Resource.text(result, "outcome");
        try {
            var outcome = Outcome.valueOf(word.toUpperCase(Locale.ROOT));
            return new ImportOutcome(
                    outcome,
                    outcome == Outcome.CREATED ? Resource.text(result, "device_id") : ApiAnswer.sentences(result));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ExitCode.SERVER_ERROR,
                    "The Workbench says '%s' of a device, which this version of gatehouse does not know."
                            .formatted(word),
                    e);
        }
    }

    ImportResult of(ImportRow row) {
        return new ImportResult(row, outcome, detail);
    }
}
