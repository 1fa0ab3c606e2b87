package dev.gatehouse.workbench.onboard;

import java.util.Locale;

/**
 * How far one part of a plan is while it is carried out.
 *
 * @param key the part's word, e.g. {@code guest}
 * @param title a few words
 * @param state how far
 * @param detail what was done, what is being waited for, or why not
 */
public record Work(String key, String title, State state, String detail) {

    /** How far a part can be. */
    public enum State {
        WAITING,
        NOW,
        DONE,
        /** Somebody else has to do it, or it needs something that is not there. */
        LEFT,
        FAILED;

        /** The word in pages, e.g. {@code waiting}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Work is(State newState, String newDetail) {
        return new Work(key, title, newState, newDetail);
    }
}
