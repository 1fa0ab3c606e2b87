package dev.gatehouse.workbench.notifications;

import java.util.OptionalInt;

/** How an attempt to deliver something can end. */
sealed interface Receipt {

    /** The status of the answer; empty when there was none. */
    OptionalInt status();

    /** In words; empty when all is well. */
    String cause();

    /** The receiver has it. */
    record Taken(OptionalInt status) implements Receipt {

        @Override
        public String cause() {
            return "";
        }
    }

    /**
     * The receiver has it not, and may have it later.
     *
     * @param cause what happened and what to do about it
     */
    record Refused(OptionalInt status, String cause) implements Receipt {}

    /**
     * The receiver has it not, and trying again is of no use.
     *
     * @param cause what happened and what to do about it
     */
    record RefusedForGood(OptionalInt status, String cause) implements Receipt {}
}
