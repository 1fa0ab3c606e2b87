package dev.gatehouse.workbench.hunt;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Original;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of a query. */
public sealed interface Hunt {

    /**
     * Rows.
     *
     * @param rows each row's JSON text, in the order received
     * @param isCut whether there may be more than were asked for
     * @param took how long Microsoft took
     * @param requestId Microsoft's name for the request, when it gave one
     */
    record Found(List<Original> rows, boolean isCut, Duration took, Optional<String> requestId) implements Hunt {}

    /** None, and why. */
    record Refused(Diagnosis diagnosis) implements Hunt {}
}
