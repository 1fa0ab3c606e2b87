package dev.gatehouse.setup.directory;

import java.time.Duration;
import java.util.Optional;

/**
 * Graph did not do what was asked, or nobody knows whether it did. The loops of {@code Apply}, {@code Remove} and
 * {@code TenantReader} turn it into a value.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    /**
     * What Microsoft said.
     *
     * @param action what was tried, e.g. {@code invite a5@soc.expel.io}
     * @param status the HTTP status; 0 when no answer came
     * @param code Microsoft's error code, empty when there was none
     * @param message Microsoft's words, or ours when no answer came
     * @param requestId Graph's {@code request-id}, when it sent one
     * @param retryAfter how long Microsoft asked to wait, when it did
     */
    public record Reason(
            String action,
            int status,
            String code,
            String message,
            Optional<String> requestId,
            Optional<Duration> retryAfter) {

        /** Whether the order may have been carried out although no good answer came. */
        public boolean isUnclear() {
            return status == 0 || status >= 500;
        }

        /** Whether Microsoft is too busy for it now. */
        public boolean isThrottled() {
            return status == 429 || status == 509;
        }

        /** Whether the administrator may not do it. */
        public boolean isForbidden() {
            return status == 403;
        }

        /** Whether the thing is not there, or not there yet at the server that answered. */
        public boolean isNotFound() {
            return status == 404 || code.equals("Request_ResourceNotFound");
        }

        /**
         * Whether the thing is there already. Microsoft has no one answer for it: roles and app roles give 400 with a
         * text, service principals and grants 409 with a code, partners a text of their own.
         */
        public boolean isConflict() {
            return status == 409
                    || code.equals("Request_MultipleObjectsWithSameKeyValue")
                    || code.equals("RoleAssignmentExists")
                    || message.contains("conflicting object")
                    || message.contains("already exists");
        }

        /**
         * What helps where a tenant's app management policy forbids client secrets, or ones that live so long.
         *
         * @see <a href="https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy">app
         *     management policies</a>
         */
        private String advice() {
            if (!code.endsWith("AsPerAppPolicy")) {
                return "";
            }
            return code.contains("Lifetime")
                    ? " This tenant's policy allows only secrets that end sooner: enter fewer secretDays in the provider profile."
                    : " This tenant's policy forbids client secrets: choose a certificate in their place.";
        }

        /** What was tried, what Microsoft said, and what helps where we know; for people. */
        public String sentence() {
            var because = status == 0 ? "no answer came" : "Microsoft answered " + status;
            return "Tried to %s, but %s%s%s%s.%s"
                    .formatted(
                            action,
                            because,
                            code.isEmpty() ? "" : " " + code,
                            message.isEmpty() ? "" : ": " + message.strip().replaceAll("\\.$", ""),
                            requestId.map(id -> " (request-id " + id + ")").orElse(""),
                            advice());
        }
    }

    public Refusal(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    /** What Microsoft said. */
    public Reason reason() {
        return reason;
    }
}
