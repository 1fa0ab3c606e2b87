package dev.gatehouse.simulator;

import dev.gatehouse.simulator.entra.Application;
import dev.gatehouse.simulator.entra.ApplicationSecret;
import dev.gatehouse.simulator.entra.ClientCertificate;
import dev.gatehouse.simulator.entra.TenantDirectory;
import dev.gatehouse.simulator.world.Defender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A tenant of the pretend cloud with one application that may read all that Gatehouse reads, and the values that a
 * customer would type into the Workbench.
 */
public final class SimulatedTenant {

    /** What an administrator consents to when following the set-up guide. */
    public static final Set<String> CONSENTED = Set.of(
            "SecurityAlert.Read.All", "SecurityEvents.Read.All", "SecurityIncident.Read.All", "ThreatHunting.Read.All");

    private static final Duration SECRET_LIFETIME = Duration.ofDays(730);
    private static final String SECRET_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-~";

    private final TenantDirectory directory;
    private final Application application;
    private final ApplicationSecret secret;
    private final Defender defender;
    private final InstantSource clock;

    private SimulatedTenant(
            TenantDirectory directory,
            Application application,
            ApplicationSecret secret,
            Defender defender,
            InstantSource clock) {
        this.directory = directory;
        this.application = application;
        this.secret = secret;
        this.defender = defender;
        this.clock = clock;
    }

    /** A tenant whose ids and secret follow from name and seed. */
    static SimulatedTenant create(String name, long seed, DefenderSource source, InstantSource clock) {
        var now = clock.instant();
        // Random, not something secret: the same seed has to give the same tenant.
        var random = new Random(seed * 1_000_003 + name.hashCode());
        var directory = new TenantDirectory(Guids.random(random), name, initialDomain(name));
        var application = new Application(Guids.random(random), Guids.random(random), "Gatehouse collector");
        var secret = new ApplicationSecret(Guids.random(random), secretValue(random), now.plus(SECRET_LIFETIME));
        application.add(secret);
        application.grant(CONSENTED);
        directory.add(application);
        return new SimulatedTenant(directory, application, secret, source.defenderOf(directory, seed, now), clock);
    }

    /** The domain that every tenant of Microsoft's has from its first day. */
    private static String initialDomain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") + ".onmicrosoft.com";
    }

    /** Forty characters with the {@code 8Q~} in fourth place that real values have. */
    private static String secretValue(Random random) {
        var value = new StringBuilder();
        random.ints(40, 0, SECRET_LETTERS.length())
                .mapToObj(SECRET_LETTERS::charAt)
                .forEach(value::append);
        return value.replace(3, 6, "8Q~").toString();
    }

    public String name() {
        return directory.name();
    }

    /** The directory (tenant) id. */
    public UUID tenantId() {
        return directory.id();
    }

    /** The application (client) id. */
    public UUID applicationId() {
        return application.id();
    }

    /** The secret's Value. */
    public String clientSecret() {
        return secret.value();
    }

    /** The secret's Secret ID, which is not a credential. */
    public UUID secretId() {
        return secret.keyId();
    }

    /** When the secret ends. */
    public Instant secretEnds() {
        return secret.expiresAt();
    }

    /** The tenant in Entra ID, to be broken and cured. */
    public TenantDirectory directory() {
        return directory;
    }

    /** The application in Entra ID, to be broken and cured. */
    public Application application() {
        return application;
    }

    /** What happens in the tenant. */
    public Defender defender() {
        return defender;
    }

    /** Registers a new certificate for the application and gives it out with its key. Takes a moment. */
    public ClientCertificate newCertificate() {
        Instant now = clock.instant();
        var certificate = ClientCertificate.selfSigned("gatehouse-collector", now, SECRET_LIFETIME);
        application.add(certificate.certificate());
        return certificate;
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
