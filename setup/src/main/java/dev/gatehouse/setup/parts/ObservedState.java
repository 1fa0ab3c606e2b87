package dev.gatehouse.setup;

import dev.gatehouse.setup.journal.Journal.Entry;

/** What a look at a part can show. */
sealed interface Sight {

    /** Looks at a part. */
    interface Look {
        Sight look() throws InterruptedException;
    }

    /** Something that Microsoft is asked to do. */
    interface Command {
        /** Returns Microsoft's id of the thing. */
        String give() throws InterruptedException;
    }

    /**
     * As it should be.
     *
     * @param name what the journal calls the thing
     * @param id Microsoft's id of it
     */
    record Good(String name, String id) implements Sight {}

    /**
     * Not as it should be.
     *
     * @param intention what the order will do, for the journal
     * @param isSafeToRepeat whether giving the order twice makes nothing twice and bothers nobody twice
     * @param command what to do
     */
    record Bad(Entry intention, boolean isSafeToRepeat, Command command) implements Sight {}
}
