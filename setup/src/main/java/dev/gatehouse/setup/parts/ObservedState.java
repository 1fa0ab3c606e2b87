package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.journal.Journal.Entry;

/** The state in which a part was found right before it would be made. */
sealed interface ObservedState {

    /** Looks at a part. */
    interface Observer {
        ObservedState observe() throws InterruptedException;
    }

    /** Something that Microsoft is asked to do. */
    interface Request {
        /** Returns Microsoft's id of the thing. */
        String send() throws InterruptedException;
    }

    /**
     * As it should be.
     *
     * @param name what the journal calls the thing
     * @param id Microsoft's id of it
     */
    record AsDesired(String name, String id) implements ObservedState {}

    /**
     * Not as it should be.
     *
     * @param intention what the request will do, for the journal
     * @param isSafeToRepeat whether sending the request twice makes nothing twice and bothers nobody twice
     * @param request what to do
     */
    record Different(Entry intention, boolean isSafeToRepeat, Request request) implements ObservedState {}
}
