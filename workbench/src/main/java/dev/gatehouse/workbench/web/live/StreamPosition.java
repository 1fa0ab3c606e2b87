package dev.gatehouse.workbench.web.live;

/**
 * How far a page has heard. Beats of different processes cannot be compared: to a page that has heard another process, or
 * this one before it was started anew, everything may have changed.
 *
 * @param process the process whose beats are counted, by a name that it has until it ends
 * @param beat the last beat that told of a change
 */
record StreamPosition(String process, long beat) {

    /** As pages and events carry it, e.g. {@code 5f0c21aa-17}. */
    String text() {
        return process + "-" + beat;
    }

    /** Reads {@link #text()}; a text that nobody here has written is a position of no process. */
    static StreamPosition of(String text) {
        var dash = text.lastIndexOf('-');
        try {
            return new StreamPosition(text.substring(0, Math.max(dash, 0)), Long.parseLong(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            return new StreamPosition("", 0);
        }
    }
}
