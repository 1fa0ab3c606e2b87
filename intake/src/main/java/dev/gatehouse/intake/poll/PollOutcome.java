package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How asking for one page can end. */
public sealed interface PollOutcome {

    /** What the request cost, whatever came of it. */
    Receipt receipt();

    /**
     * A page came, whole and well-formed. It may be empty and still have a link.
     *
     * @param records each record's text, in the order received
     * @param next where Graph says it goes on; a hunting table has no links, see {@code isFull}
     * @param isFull whether a hunting table gave as many rows as were asked for, so that there may be more
     * @param count how many records Graph says the question has in all, when it says so
     * @param receipt what the request cost
     */
    record Page(List<Original> records, Optional<NextLink> next, boolean isFull, OptionalLong count, Receipt receipt)
            implements PollOutcome {

        public Page {
            records = List.copyOf(records);
        }
    }

    /**
     * Records came, but something says that there may be more in the window than page and link tell: they are true and
     * kept, and the checkpoint has to wait.
     *
     * @param page what came; that it has no link proves nothing
     * @param failure why that is not all
     */
    record Partial(Page page, Failed failure) implements PollOutcome {

        @Override
        public Receipt receipt() {
            return failure.receipt();
        }
    }

    /**
     * Nothing usable came. The diagnosis says why, and whether and when to try again.
     *
     * @param isAboutSignIn whether no token was given, so that Graph was not even asked
     */
    record Failed(Diagnosis diagnosis, Receipt receipt, boolean isAboutSignIn) implements PollOutcome {

        /** A failure of Graph's. */
        public Failed(Diagnosis diagnosis, Receipt receipt) {
            this(diagnosis, receipt, false);
        }

        /**
         * Whether the answer itself may be at fault, its size or something in it, so that asking for less may get through:
         * Microsoft, or the way to it, gave up on the answer, or spoilt it.
         *
         * @param feed what was asked for: of hunting, Microsoft says with the same status that a query is wrong and that
         *     it is too heavy, in words that change
         */
        public boolean isEasedByAskingForLess(Feed feed) {
            if (isAboutSignIn) {
                return false;
            }
            var status = diagnosis.httpStatus().orElse(0);
            return switch (diagnosis.trouble()) {
                case TIMED_OUT, TOO_BIG, TOO_HEAVY, BROKEN_OFF, PAGING_FAILED -> true;
                // A redirection is a proxy's sign-in page or a wrong address; a smaller page would be redirected too.
                case UNREADABLE_ANSWER -> status < 300 || status >= 400;
                case TABLE_MISSING, LICENSE_MISSING, PERMISSION_MISSING, CONSENT_MISSING, THROTTLED, WRONG_CLOUD ->
                    false;
                default -> status == 500 || status == 502 || status == 504 || (status == 400 && feed.isHuntingTable());
            };
        }

        /**
         * Whether it is how much Microsoft has to look through that is too much, or may be, so that a shorter window helps
         * and fewer records at once do not.
         */
        public boolean isAboutTheWindow(Feed feed) {
            return isEasedByAskingForLess(feed)
                    && feed.isHuntingTable()
                    && switch (diagnosis.trouble()) {
                        case TOO_HEAVY -> true;
                        // Without a status it was we who did not wait for the end of a long answer.
                        case TIMED_OUT -> diagnosis.httpStatus().isPresent();
                        case TOO_BIG -> false;
                        default -> diagnosis.httpStatus().orElse(0) == 400;
                    };
        }
    }
}
