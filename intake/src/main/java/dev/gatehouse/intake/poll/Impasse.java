package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a window cannot be read, although each answer was a good one. */
public enum Impasse {
    /** A link leads to a page that was read before. */
    CIRCLE("the links from page to page lead in a circle"),
    /** Links lead on and on. */
    ENDLESS("the links from page to page do not come to an end"),
    /** The same question brings other records each time. */
    NO_AGREEMENT("asked several times, the pages held other records each time"),
    /** The number in the answer is larger than the number of records that come. */
    FEWER_THAN_COUNTED("Microsoft counts more records than its pages hold");

    private final String what;

    Impasse(String what) {
        this.what = what;
    }

    /** What it means for the window. What came is good and may be stored; that it is all, is what is missing. */
    public PollOutcome.Failed failure(Feed feed, Receipt receipt) {
        return new PollOutcome.Failed(diagnosis(feed, receipt), receipt);
    }

    private Diagnosis diagnosis(Feed feed, Receipt receipt) {
        return new Diagnosis(
                Trouble.PAGING_FAILED,
                "Microsoft Graph's pages of %s cannot be read to their end: %s."
                        .formatted(feed.title().toLowerCase(Locale.ROOT), what),
                "What came is stored. Gatehouse asks afresh and for less, and passes over what stays so until it can be"
                        + " read. If it lasts, report it to Microsoft with the request id.",
                Optional.empty(),
                OptionalInt.empty(),
                receipt.requestId(),
                Optional.empty());
    }
}
