package dev.gatehouse.workbench.onboard;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a run is. A page shows it; no token is in it. */
public sealed interface Phase {

    /** The word that a page chooses by. */
    String key();

    /** Whether the run is over. */
    default boolean isOver() {
        return this instanceof Ended;
    }

    /** Microsoft is asked for a code. */
    record Opening() implements Phase {
        @Override
        public String key() {
            return "opening";
        }
    }

    /**
     * An administrator has to sign in.
     *
     * @param address where to type the code
     * @param code what to type
     * @param expires until when it is taken
     * @param isAgain whether somebody signed in before and Microsoft wants to see them once more
     */
    record SigningIn(URI address, String code, Instant expires, boolean isAgain) implements Phase {
        @Override
        public String key() {
            return "signing-in";
        }
    }

    /**
     * The tenant is being read.
     *
     * @param admin who signed in
     */
    record Reading(String admin) implements Phase {
        @Override
        public String key() {
            return "reading";
        }
    }

    /**
     * Somebody has to say yes.
     *
     * @param plan to what
     * @param handover what would be left for a colleague
     * @param expires when the run gives up waiting
     */
    record Planned(PlanView plan, Optional<Handover> handover, Instant expires) implements Phase {
        @Override
        public String key() {
            return "planned";
        }
    }

    /**
     * The plan is being carried out.
     *
     * @param works part by part
     */
    record Working(List<Work> works) implements Phase {

        public Working {
            works = List.copyOf(works);
        }

        @Override
        public String key() {
            return "working";
        }
    }

    /**
     * It is over.
     *
     * @param result how it ended
     * @param sentence in words
     * @param works what was done, part by part; empty when it did not come to that
     * @param handover what is left for a colleague
     * @param at when
     */
    record Ended(Result result, String sentence, List<Work> works, Optional<Handover> handover, Instant at)
            implements Phase {

        public Ended {
            works = List.copyOf(works);
        }

        @Override
        public String key() {
            return "ended";
        }
    }

    /** How a run can end. */
    enum Result {
        DONE,
        /** Something is left. */
        PARTLY,
        FAILED,
        CANCELLED
    }
}
