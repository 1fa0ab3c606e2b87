package dev.gatehouse.workbench.devices;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How far analysts' access to Microsoft's consoles of one tenant has got.
 *
 * @param state how far
 * @param reason what is missing, or why it failed; empty when nothing is
 * @param checkedAt when Microsoft was asked; empty when nobody has asked yet
 */
public record ConsoleAccess(State state, String reason, Optional<Instant> checkedAt) {

    /** The states, in the order in which they are usually gone through. */
    public enum State {
        SET_UP_LATER("Set up later"),
        INVITED("Invited"),
        REDEEMED("Redeemed"),
        ACTIVE("Active"),
        FAILED("Failed");

        private final String title;

        State(String title) {
            this.title = title;
        }

        /** The words on the screen. */
        public String title() {
            return title;
        }

        /** The word in the database and the API, e.g. {@code set_up_later}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** As it is before anybody has looked. */
    public static ConsoleAccess unchecked() {
        return new ConsoleAccess(State.SET_UP_LATER, "", Optional.empty());
    }
}
