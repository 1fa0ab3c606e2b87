package dev.gatehouse.workbench.people;

import dev.gatehouse.model.MonotonicClock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing, in two ways:
 *
 * <ul>
 *   <li>For one account from one network address five attempts are free; each further one has to wait, 30 seconds at first
 *       and twice as long every time, up to 15 minutes. A success, or an hour of silence, forgets.
 *   <li>From one network address 50 attempts are free, whichever accounts they are for; then one every 5 minutes. A success
 *       is not counted.
 * </ul>
 *
 * <p>Nothing is counted by account alone: a stranger could lock an analyst out from elsewhere. And whoever has signed in
 * from an address before is not kept waiting for what others do there.
 */
@Component
class GuessingGuard {

    static final int FREE_ATTEMPTS = 5;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofHours(1);

    static final int FREE_ATTEMPTS_OF_ADDRESS = 50;
    static final Duration NEXT_OF_ADDRESS = Duration.ofMinutes(5);
    private static final Duration ALL_OF_ADDRESS = NEXT_OF_ADDRESS.multipliedBy(FREE_ATTEMPTS_OF_ADDRESS);

    /** How much of an IPv6 address one customer has at least: whoever has it can use all that begin like that. */
    private static final int BYTES_OF_NETWORK = 8;

    private final MonotonicClock clock;
    private final Map<Who, Attempts> attempts = remembering();
    private final Map<Who, Boolean> welcome = remembering();

    /** When all attempts of an address are free again, in moments of the clock. */
    private final Map<String, Long> addresses = remembering();

    GuessingGuard(MonotonicClock clock) {
        this.clock = clock;
    }

    /**
     * Asks to try a password. The attempt is counted before it is made, so that many at the same time gain nothing.
     *
     * @return how long to wait instead; empty when the attempt may be made now
     */
    synchronized Optional<Duration> attempt(String email, String address) {
        var who = Who.of(email, address);
        var before = attempts.getOrDefault(who, Attempts.NONE);
        if (clock.since(before.last()).compareTo(MEMORY) > 0) {
            before = Attempts.NONE;
        }
        var left = before.count() == 0 ? Duration.ZERO : clock.until(before.blockedUntil());
        var leftOfAddress = welcome.containsKey(who) ? Duration.ZERO : attemptFrom(who.network(), left.isZero());
        if (!left.isZero() || !leftOfAddress.isZero()) {
            return Optional.of(left.compareTo(leftOfAddress) > 0 ? left : leftOfAddress);
        }
        var count = before.count() + 1;
        attempts.put(who, new Attempts(count, clock.nanos(), clock.after(pauseAfter(count))));
        return Optional.empty();
    }

    /** How long an address has to wait; when it has not to, and the attempt is made, counts it. */
    private Duration attemptFrom(String network, boolean isMade) {
        var used = used(network).plus(NEXT_OF_ADDRESS);
        if (used.compareTo(ALL_OF_ADDRESS) > 0) {
            return used.minus(ALL_OF_ADDRESS);
        }
        if (isMade) {
            addresses.put(network, clock.after(used));
        }
        return Duration.ZERO;
    }

    private Duration used(String network) {
        var freeAgain = addresses.get(network);
        return freeAgain == null ? Duration.ZERO : clock.until(freeAgain);
    }

    /** Forgets the attempts, because the right password was given. */
    synchronized void succeeded(String email, String address) {
        var who = Who.of(email, address);
        attempts.remove(who);
        if (welcome.put(who, true) == null) {
            addresses.put(who.network(), clock.after(used(who.network()).minus(NEXT_OF_ADDRESS)));
        }
    }

    private static Duration pauseAfter(int count) {
        if (count < FREE_ATTEMPTS) {
            return Duration.ZERO;
        }
        var doublings = Math.min(count - FREE_ATTEMPTS, 10);
        var pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Guessers can invent accounts without end; memory stays bounded, and the longest unseen is forgotten first. */
    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;
            private static final int REMEMBERED = 10_000;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    private record Who(String email, String network) {

        static Who of(String email, String address) {
            return new Who(email.strip().toLowerCase(Locale.ROOT), network(address));
        }

        private static String network(String address) {
            return TrustedProxies.canonical(address)
                    .map(InetAddress::ofLiteral)
                    .filter(Inet6Address.class::isInstance)
                    .map(six -> HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), BYTES_OF_NETWORK)))
                    .orElse(address);
        }
    }

    /** Moments are those of the clock that never steps: setting the computer's clock locks nobody out. */
    private record Attempts(int count, long last, long blockedUntil) {
        static final Attempts NONE = new Attempts(0, 0, 0);
    }
}
