package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Original;
import java.util.List;
import java.util.Optional;

/** How asking for one page can end. */
public sealed interface PollOutcome {

    /**
     * A page came, whole and well-formed. It may be empty and still have a link.
     *
     * @param records each record's text, in the order received
     * @param next where Graph says it goes on; a hunting table has no links, see {@code isFull}
     * @param isFull whether a hunting table gave as many rows as were asked for, so that there may be more
     * @param receipt what the request cost
     */
    record Page(List<Original> records, Optional<NextLink> next, boolean isFull, Receipt receipt)
            implements PollOutcome {

        public Page {
            records = List.copyOf(records);
        }

        /** Whether the window may hold records that are not on this page. */
        public boolean hasMore() {
            return next.isPresent() || isFull;
        }
    }

    /** Nothing usable came. The diagnosis says why, and whether and when to try again. */
    record Failed(Diagnosis diagnosis, Receipt receipt) implements PollOutcome {}
}
