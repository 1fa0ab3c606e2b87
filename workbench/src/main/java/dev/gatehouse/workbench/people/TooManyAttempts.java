package dev.gatehouse.workbench.people;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** A sign-in that was not even tried, because too many before it were wrong. */
class TooManyAttempts extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    TooManyAttempts(Duration pause) {
        super("Too many wrong passwords. Wait %d seconds and try again.".formatted(seconds(pause)));
        this.pause = pause;
    }

    /** How long to wait, in seconds, rounded up. */
    long seconds() {
        return seconds(pause);
    }

    private static long seconds(Duration pause) {
        return pause.plusMillis(999).toSeconds();
    }
}
