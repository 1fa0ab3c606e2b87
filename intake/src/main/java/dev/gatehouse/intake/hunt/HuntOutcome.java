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

    /**
     * Nothing usable came. The diagnosis says why.
     *
     * @param isAboutSignIn whether no token was given, so that Graph was not even asked
     */
    record Failed(Diagnosis diagnosis, Duration took, boolean isAboutSignIn) implements HuntOutcome {

        /** A failure of Graph's. */
        public Failed(Diagnosis diagnosis, Duration took) {
            this(diagnosis, took, false);
        }
    }
}
