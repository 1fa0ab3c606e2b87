package dev.gatehouse.intake.poll;

/** What is asked for of a feed. */
public sealed interface Lookup {

    /** Records last changed in the window: how a feed is followed. A hunting row never changes. */
    record Changed() implements Lookup {}

    /** Alerts or incidents made in the window: how their number is compared with ours. */
    record Created() implements Lookup {}

    /**
     * One alert or incident, whenever it was made; an empty page when Microsoft does not have it.
     *
     * @param id Microsoft's id of it
     */
    record One(String id) implements Lookup {

        public One {
            if (id.isBlank()) {
                throw new IllegalArgumentException("A record is asked for by an id that is not blank");
            }
        }
    }

    /** Of a hunting table, a row for each hour of the window that has any: {@code Hour} and {@code Rows}. */
    record HourlyCounts() implements Lookup {}

    /**
     * Records last changed in the window, but for the first so many: to get at what lies
     * behind a record that spoils every answer it is part of. Counting is no proof, because records come and go between two
     * answers, so such a page says nothing about how far a window is read.
     *
     * @param skipped how many are left out at the start
     */
    record Behind(int skipped) implements Lookup {

        public Behind {
            if (skipped < 0) {
                throw new IllegalArgumentException("No less than nothing can be left out, not " + skipped);
            }
        }
    }
}
