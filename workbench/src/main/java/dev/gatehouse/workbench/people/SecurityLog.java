package dev.gatehouse.workbench.people;

import dev.gatehouse.model.MonotonicClock;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Who came in, who was refused, and who changed what lets people in: one line each, under a name of its own, and counted.
 *
 * <pre>
 * sign-in succeeded account="ada@example.com" address="198.51.100.9"
 * sign-in failed account="ada@example.com" address="198.51.100.9"
 * refused status=403 method="POST" path="/settings/security-devices" by="ben@example.com" address="198.51.100.9"
 * </pre>
 *
 * <p>What somebody else has chosen is written so that it stays within its quotes and its line. No password and no token
 * comes here. Of what a flood could repeat at no cost, each kind gets only so many lines a minute; the rest is counted.
 */
@Component
class SecurityLog {

    static final int LINES_PER_MINUTE = 60;

    private static final Logger log = LoggerFactory.getLogger("gatehouse.security");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LONGEST_VALUE = 254;

    private final MonotonicClock clock;
    private final MeterRegistry registry;
    private final Map<String, Lines> lines = new HashMap<>();

    SecurityLog(MonotonicClock clock, MeterRegistry registry) {
        this.clock = clock;
        this.registry = registry;
        for (var outcome : new String[] {"succeeded", "failed", "paused"}) {
            registry.counter("gatehouse.sign.ins", "outcome", outcome);
        }
        for (var status : new int[] {401, 403, Refusals.MISDIRECTED}) {
            registry.counter("gatehouse.refused.requests", "status", Integer.toString(status));
        }
    }

    void signedIn(String account, String address) {
        countSignIn("succeeded");
        log.info("sign-in succeeded account={} address={}", quoted(account), quoted(address));
    }

    /** The password is right, and something is left to be done. */
    void passwordAccepted(String account, String address) {
        log.info("password accepted account={} address={}", quoted(account), quoted(address));
    }

    void codeWrong(String account, String address) {
        countSignIn("failed");
        log.warn("code wrong account={} address={}", quoted(account), quoted(address));
    }

    /** Comparing a password is slow, so that nobody can flood the log with these. */
    void signInFailed(String entered, String address) {
        countSignIn("failed");
        log.warn("sign-in failed account={} address={}", account(entered), quoted(address));
    }

    /** A sign-in that was not even tried. */
    void signInPaused(String entered, String address, Duration pause) {
        countSignIn("paused");
        writeSome(
                "paused sign-ins",
                "sign-in paused account=%s address=%s seconds=%d"
                        .formatted(account(entered), quoted(address), pause.toSeconds() + 1));
    }

    void signedOut(String account, String address) {
        log.info("sign-out account={} address={}", quoted(account), quoted(address));
    }

    /** A request that was turned away. The query is left out: forms of other programs may have put anything into it. */
    void refused(int status, HttpServletRequest request) {
        registry.counter("gatehouse.refused.requests", "status", Integer.toString(status))
                .increment();
        writeSome(
                "refusals with status " + status,
                "refused status=%d method=%s path=%s%s address=%s%s"
                        .formatted(
                                status,
                                quoted(request.getMethod()),
                                quoted(request.getRequestURI()),
                                who().map(who -> " by=" + quoted(who)).orElse(""),
                                quoted(request.getRemoteAddr()),
                                status == Refusals.MISDIRECTED
                                        ? " host=" + quoted(String.valueOf(request.getHeader("Host")))
                                        : ""));
    }

    /** A change of what lets people and programs in, e.g. {@code password changed} of an account. */
    void changed(String what, String of) {
        log.info("{} of={} by={}", what, quoted(of), quoted(who().orElse("Gatehouse")));
    }

    void passwordChangeFailed(String account, String address) {
        log.warn("password change failed account={} address={}", quoted(account), quoted(address));
    }

    private void countSignIn(String outcome) {
        registry.counter("gatehouse.sign.ins", "outcome", outcome).increment();
    }

    private synchronized void writeSome(String kind, String line) {
        var before = lines.get(kind);
        if (before == null || clock.since(before.begin()).compareTo(MINUTE) >= 0) {
            if (before != null && before.count() > LINES_PER_MINUTE) {
                log.warn("{} more {} were counted and not written", before.count() - LINES_PER_MINUTE, kind);
            }
            before = new Lines(clock.nanos(), 0);
        }
        lines.put(kind, new Lines(before.begin(), before.count() + 1));
        if (before.count() < LINES_PER_MINUTE) {
            log.warn("{}", line);
        }
    }

    private static Optional<String> who() {
        return Caller.of(SecurityContextHolder.getContext().getAuthentication()).map(caller -> switch (caller) {
            case SignedIn person -> person.account().email();
            case ApiToken token -> "token " + token.name();
        });
    }

    /** People type their password where the e-mail address belongs; what is no address is not written. */
    private static String account(String entered) {
        return entered.contains("@") ? quoted(entered) : "(no e-mail address)";
    }

    /** A value within quotes, on one line, and no longer than needed. */
    static String quoted(String value) {
        var text = new StringBuilder("\"");
        value.codePoints().limit(LONGEST_VALUE).forEach(character -> {
            if (character == '"' || character == '\\') {
                text.append('\\').appendCodePoint(character);
            } else if (isPlain(character)) {
                text.appendCodePoint(character);
            } else {
                text.append("\\u{%x}".formatted(character));
            }
        });
        return text.append(value.codePointCount(0, value.length()) > LONGEST_VALUE ? "…\"" : "\"")
                .toString();
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** How many lines of a kind were due since this minute began. */
    private record Lines(long begin, int count) {}
}
