package dev.gatehouse.simulator.graph;

import java.time.Duration;
import java.util.Optional;

/** Ends a call from wherever the fault was found; caught where the answer is written. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient Optional<Duration> retryAfter;

    private Refused(int status, String code, String message, Optional<Duration> retryAfter) {
        // Without a stack trace: it is an outcome, found again in the answer, and costs nothing this way.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    Refused(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    /** A request that cannot be served as it stands. */
    static Refused badRequest(String message) {
        return new Refused(400, "BadRequest", message);
    }

    static Refused badFilter(String message) {
        return badRequest("Invalid filter clause: " + message);
    }

    /** Microsoft sends these with an empty code (github.com/wazuh/wazuh, issue 28070). */
    static Refused invalidQuery(String message) {
        return new Refused(400, "", "The query specified in the URI is not valid. " + message);
    }

    static Refused badToken(String message) {
        return new Refused(401, "InvalidAuthenticationToken", message);
    }

    static Refused throttled(Duration retryAfter) {
        return new Refused(429, "TooManyRequests", "Please retry again later.", Optional.of(retryAfter));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** Present when the call was throttled. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
