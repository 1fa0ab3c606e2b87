package dev.gatehouse.setup.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
     * @param status the HTTP status; 0 when no answer came
     * @param code Microsoft's error code, empty when there was none
     * @param details the codes of the error's details, as in {@code "details":[{"code":"ObjectConflict"}]}
     * @param message Microsoft's words, or ours when no answer came
     */
    public record Said(int status, String code, List<String> details, String message) {

        public Said {
            details = List.copyOf(details);
        }

        /** No answer came; says what happened to the connection. */
        static Said nothing(String why) {
            return new Said(0, "", List.of(), why);
        }

        boolean hasCode(String wanted) {
            return code.equals(wanted) || details.contains(wanted);
        }
    }

    /**
     * What was asked, and what Microsoft said.
     *
     * @param order what kind of request it was
     * @param action what was tried, e.g. {@code invite a5@soc.expel.io}
     * @param said what Microsoft said
     * @param requestId Graph's {@code request-id}, when it sent one
     * @param retryAfter how long Microsoft asked to wait, when it did
     */
    public record Reason(
            GraphOperation order, String action, Said said, Optional<String> requestId, Optional<Duration> retryAfter) {

        private static final Pattern OBJECT_ID = Pattern.compile(
                "object ID:? '?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", Pattern.CASE_INSENSITIVE);

        /** The HTTP status; 0 when no answer came. */
        public int status() {
            return said.status();
        }

        /** What it means for the order, from the table of known answers. */
        public Meaning meaning() {
            return KnownAnswers.of(order, said).meaning();
        }

        /** Whether the order may have been carried out although no good answer came. */
        public boolean isUnclear() {
            return meaning() == Meaning.UNCLEAR;
        }

        /** Whether the same request later may do, without anybody changing anything. */
        public boolean isTransient() {
            return meaning() == Meaning.UNCLEAR || meaning() == Meaning.BUSY;
        }

        /** Whether whoever asked may not do it. */
        public boolean isForbidden() {
            return meaning() == Meaning.NOT_ALLOWED;
        }

        /** Whether the thing is not there, or not there yet at the server that answered. */
        public boolean isNotFound() {
            return meaning() == Meaning.NOT_THERE_YET;
        }

        /** The id of what is there already, when Microsoft names it, as for an address that belongs to a user. */
        public Optional<String> objectId() {
            var matcher = OBJECT_ID.matcher(said.message());
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        /** What was tried, what Microsoft said, and what helps where we know; for people. */
        public String sentence() {
            var because = said.status() == 0 ? "no answer came" : "Microsoft answered " + said.status();
            var cure = KnownAnswers.of(order, said).cure();
            return "Tried to %s, but %s%s%s%s.%s"
                    .formatted(
                            action,
                            because,
                            said.code().isEmpty() ? "" : " " + said.code(),
                            said.message().isEmpty()
                                    ? ""
                                    : ": " + said.message().strip().replaceAll("\\.$", ""),
                            requestId.map(id -> " (request-id " + id + ")").orElse(""),
                            cure.isEmpty() ? "" : " " + cure);
        }
    }

    public Refusal(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    /** What was asked, and what Microsoft said. */
    public Reason reason() {
        return reason;
    }
}
