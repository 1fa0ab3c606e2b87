package dev.gatehouse.workbench.onboard;

import java.util.Locale;

/**
 * What a look at Microsoft has shown about one point of the guide.
 *
 * @param point which
 * @param state whether it is as the guide has it
 * @param reason why it is not confirmed and what to do; empty when it is
 */
public record Finding(GuideStep point, State state, String reason) {

    /** What can be said of a point. */
    public enum State {
        CONFIRMED,
        OPEN,
        /** It could not be looked at. */
        UNKNOWN;

        /** The word in the database, e.g. {@code confirmed}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    static Finding confirmed(GuideStep point) {
        return new Finding(point, State.CONFIRMED, "");
    }

    static Finding open(GuideStep point, String reason) {
        return new Finding(point, State.OPEN, reason);
    }

    static Finding unknown(GuideStep point, String reason) {
        return new Finding(point, State.UNKNOWN, reason);
    }

    public boolean isConfirmed() {
        return state == State.CONFIRMED;
    }
}
