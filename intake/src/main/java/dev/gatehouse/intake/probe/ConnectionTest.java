package dev.gatehouse.intake.probe;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.signin.AccessToken;
import dev.gatehouse.intake.signin.SignIn;
import dev.gatehouse.intake.signin.SignInOutcome;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tries a connection as the setup guide has it: sign in, look for each of its four permissions, read a little of each of
 * its three endpoints. Every step is its own check, so that whoever has to act sees all that is missing at once.
 */
public final class ConnectionTest {

    /** The guide's permissions. SecurityEvents.Read.All serves an older API; the guide asks for it all the same. */
    private static final List<String> PERMISSIONS = List.of(
            "SecurityAlert.Read.All", "SecurityEvents.Read.All", "ThreatHunting.Read.All", "SecurityIncident.Read.All");

    /** One feed for each of the guide's endpoints; the hunting tables share theirs. */
    private static final List<Feed> ENDPOINTS = List.of(Feed.ALERTS, Feed.INCIDENTS, Feed.LOGON_EVENTS);

    private static final Duration LOOK_BACK = Duration.ofHours(1);
    private static final String SIGN_IN = "Sign in to the directory";
    private static final String PERMISSION = "Permission ";
    private static final String CLOCK = "Clock agrees with Microsoft's";

    private final SignIn signIn;
    private final Poller poller;
    private final PageMemory memory;
    private final InstantSource clock;

    /**
     * A test over the wire.
     *
     * @param memory what all answers share
     */
    public ConnectionTest(SignIn signIn, Poller poller, PageMemory memory, InstantSource clock) {
        this.signIn = signIn;
        this.poller = poller;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * Tries a connection with a new token. It asks Microsoft four times, and changes nothing.
     *
     * @return the checks in the order made; all of them, also those that could not be tried
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public List<Check> run(Connection connection) throws InterruptedException {
        // Consent that was given a minute ago stands in new tokens only.
        signIn.forget(connection);
        return switch (signIn.signIn(connection)) {
            case SignInOutcome.Refused(Diagnosis diagnosis) -> refused(diagnosis);
            case SignInOutcome.Granted(AccessToken token) -> granted(connection, token);
        };
    }

    /** Whether a check says that the directory, the application and its secret go together. */
    public static boolean isAboutSignIn(Check check) {
        return check.title().equals(SIGN_IN);
    }

    /** Whether a check says that a permission was granted. */
    public static boolean isAboutPermission(Check check) {
        return check.title().startsWith(PERMISSION);
    }

    private static List<Check> refused(Diagnosis diagnosis) {
        var checks = new ArrayList<Check>();
        checks.add(Check.failed(SIGN_IN, diagnosis));
        PERMISSIONS.forEach(permission -> checks.add(Check.skipped(titleOf(permission))));
        ENDPOINTS.forEach(feed -> checks.add(Check.skipped(titleOf(feed))));
        checks.add(Check.skipped(CLOCK));
        return checks;
    }

    private List<Check> granted(Connection connection, AccessToken token) throws InterruptedException {
        var reads = new ArrayList<Check>();
        var clockTrouble = Optional.<Diagnosis>empty();
        for (var feed : ENDPOINTS) {
            var outcome = recentRecord(connection, feed);
            reads.add(checkOf(feed, outcome));
            clockTrouble = clockTrouble.or(() -> outcome.receipt().clockTrouble());
        }
        var checks = new ArrayList<Check>();
        checks.add(Check.passed(SIGN_IN));
        PERMISSIONS.forEach(permission -> checks.add(permissionIn(token, permission, reads)));
        checks.addAll(reads);
        checks.add(clockTrouble.map(trouble -> Check.failed(CLOCK, trouble)).orElseGet(() -> Check.passed(CLOCK)));
        return checks;
    }

    /** What the token says; where it cannot be read, what reading shows: what was given out must have been allowed. */
    private static Check permissionIn(AccessToken token, String permission, List<Check> reads) {
        if (token.lacks(permission)) {
            return Check.failed(titleOf(permission), missing(permission, token));
        }
        var isShown = ENDPOINTS.stream()
                .filter(feed -> feed.permission().equals(permission))
                .anyMatch(feed -> reads.contains(Check.passed(titleOf(feed))));
        return token.roles().isPresent() || isShown
                ? Check.passed(titleOf(permission))
                : Check.unknown(titleOf(permission));
    }

    private PollOutcome recentRecord(Connection connection, Feed feed) throws InterruptedException {
        var now = clock.instant();
        try (var room = memory.open()) {
            return poller.poll(connection, feed, Reading.of(new Window(now.minus(LOOK_BACK), now), 1), room);
        }
    }

    private static Check checkOf(Feed feed, PollOutcome outcome) {
        return switch (outcome) {
            case PollOutcome.Page page -> Check.passed(titleOf(feed));
            case PollOutcome.Partial partial ->
                Check.failed(titleOf(feed), partial.failure().diagnosis());
            // The endpoint answered and understood the query; one absent table does not make a connection bad.
            case PollOutcome.Failed failed
            when failed.diagnosis().trouble() == Trouble.TABLE_MISSING -> Check.passed(titleOf(feed));
            case PollOutcome.Failed failed -> Check.failed(titleOf(feed), failed.diagnosis());
        };
    }

    private static Diagnosis missing(String permission, AccessToken token) {
        if (token.roles().filter(Set::isEmpty).isPresent()) {
            return Diagnosis.of(
                    Trouble.CONSENT_MISSING,
                    "The token carries no application permission at all.",
                    "Add the four permissions of the setup guide as application permissions in Entra admin center > App registrations > the application > API permissions, and select Grant admin consent.");
        }
        return Diagnosis.of(
                Trouble.PERMISSION_MISSING,
                "The token does not carry %s.".formatted(permission),
                "Add %s as an application permission of Microsoft Graph in Entra admin center > App registrations > the application > API permissions, and select Grant admin consent."
                        .formatted(permission));
    }

    private static String titleOf(String permission) {
        return PERMISSION + permission;
    }

    private static String titleOf(Feed feed) {
        return "Read " + feed.path();
    }
}
