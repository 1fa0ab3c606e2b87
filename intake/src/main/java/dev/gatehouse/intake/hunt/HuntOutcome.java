package dev.gatehouse.intake.hunt;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Original;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How running a query can end. */
public sealed interface HuntOutcome {

    /** How long Microsoft took. */
    Duration took();

    /**
     * Rows came; perhaps none.
     *
     * @param rows each row's JSON text, in the order received
     * @param isCut whether there may be more than were asked for
     * @param took how long Microsoft took
     * @param requestId Microsoft's name for the request, when it gave one
     */
    record Rows(List<Original> rows, boolean isCut, Duration took, Optional<String> requestId) implements HuntOutcome {

        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /** Nothing usable came. The diagnosis says why. */
    record Failed(Diagnosis diagnosis, Duration took) implements HuntOutcome {}
}
