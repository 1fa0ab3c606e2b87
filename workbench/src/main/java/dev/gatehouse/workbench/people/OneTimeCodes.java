package dev.gatehouse.workbench.people;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * The codes that an authenticator app shows: six digits, anew every 30 seconds, HMAC-SHA-1, which is what all apps can do
 * (<a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238</a>). One of the 30 seconds before or after is taken, too, because
 * clocks differ and people type slowly.
 */
final class OneTimeCodes {

    static final int DIGITS = 6;
    static final Duration STEP = Duration.ofSeconds(30);

    private static final int SECRET_BYTES = 20;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TimeBasedOneTimePasswordGenerator CODES = new TimeBasedOneTimePasswordGenerator(STEP, DIGITS);

    private OneTimeCodes() {}

    /** A new secret in Base32, as apps take it. */
    static String drawSecret() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new Base32().encodeToString(secret);
    }

    /** The code of a moment. */
    static String codeAt(String secret, Instant moment) {
        try {
            return CODES.generateOneTimePasswordString(
                    new SecretKeySpec(new Base32().decode(secret), CODES.getAlgorithm()), moment);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("Every key can be one of HMAC", e);
        }
    }

    /** Which 30 seconds a moment is in, counted from 1970. */
    static long stepOf(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), STEP.toSeconds());
    }

    /** Of which 30 seconds a code is, of those now, before and after; empty when it is of none. */
    static OptionalLong stepOf(String secret, String code, Instant now) {
        var present = stepOf(now);
        return LongStream.of(present, present - 1, present + 1)
                .filter(step -> equal(code, codeAt(secret, Instant.ofEpochSecond(step * STEP.toSeconds()))))
                .findFirst();
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
