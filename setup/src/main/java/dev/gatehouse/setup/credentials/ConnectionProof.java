package dev.gatehouse.setup.credentials;

import dev.gatehouse.intake.probe.ConnectionTest;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Proves a connection with the same test that the Workbench makes before it saves a device. */
public final class ConnectionProof implements Proof {

    /**
     * What may pass by itself right after something was made: Microsoft's servers do not know the new secret (7000215) or
     * certificate (700027), application (700016), service principal (7000229) or consent (403) yet.
     */
    private static final Set<Trouble> FRESH = EnumSet.of(
            Trouble.BAD_SECRET,
            Trouble.BAD_CERTIFICATE,
            Trouble.BAD_APPLICATION,
            Trouble.APPLICATION_DISABLED,
            Trouble.CONSENT_MISSING,
            Trouble.PERMISSION_MISSING);

    private final Attempt attempt;

    public ConnectionProof(ConnectionTest test) {
        this(test::run);
    }

    /** The same with another way to make that test. */
    public ConnectionProof(Attempt attempt) {
        this.attempt = attempt;
    }

    /** Tries a connection step by step. */
    public interface Attempt {
        List<dev.gatehouse.intake.probe.Check> run(Connection connection) throws InterruptedException;
    }

    @Override
    public List<Check> prove(Connection connection) throws InterruptedException {
        return attempt.run(connection).stream()
                .map(check -> new Check(
                        check.title(),
                        // UNKNOWN passes: it means that the token cannot be read, and not that something is missing.
                        check.result() == dev.gatehouse.intake.probe.Check.Result.PASSED
                                || check.result() == dev.gatehouse.intake.probe.Check.Result.UNKNOWN,
                        check.diagnosis().map(ConnectionProof::sentence).orElseGet(() -> note(check)),
                        mayPass(check)))
                .toList();
    }

    private static String note(dev.gatehouse.intake.probe.Check check) {
        return switch (check.result()) {
            case PASSED, FAILED -> "";
            case SKIPPED -> "Not tried, because an earlier step failed.";
            case UNKNOWN -> "Cannot be told from the token.";
        };
    }

    private static boolean mayPass(dev.gatehouse.intake.probe.Check check) {
        return check.diagnosis()
                .map(diagnosis -> diagnosis.trouble().isPassing() || FRESH.contains(diagnosis.trouble()))
                .orElse(true);
    }

    private static String sentence(Diagnosis diagnosis) {
        return "%s %s".formatted(diagnosis.cause(), diagnosis.cure());
    }
}
