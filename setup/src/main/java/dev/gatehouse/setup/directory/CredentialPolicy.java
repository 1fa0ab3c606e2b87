package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Requests.instant;
import static dev.gatehouse.setup.directory.Requests.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An app management policy: what applications may sign in with, and for how long.
 *
 * @param name as shown; empty when it has none
 * @param secrets restrictions of client secrets that are in force
 * @param certificates restrictions of certificates that are in force
 * @see <a href="https://learn.microsoft.com/graph/api/resources/tenantappmanagementpolicy">tenantAppManagementPolicy</a>
 */
public record CredentialPolicy(String name, List<Restriction> secrets, List<Restriction> certificates) {

    /** Nothing is restricted. */
    public static final CredentialPolicy NONE = new CredentialPolicy("", List.of(), List.of());

    public CredentialPolicy {
        secrets = List.copyOf(secrets);
        certificates = List.copyOf(certificates);
    }

    /**
     * One restriction.
     *
     * @param type Microsoft's word, e.g. {@code passwordLifetime}
     * @param longest the longest lifetime as Graph gives it, in ISO 8601, e.g. {@code P180D} or {@code P4DT12H30M5S}
     * @param since it holds for applications that were made then or later; empty for all
     */
    public record Restriction(String type, String longest, Optional<Instant> since) {

        private boolean holdsFor(Instant created) {
            return since.isEmpty() || !created.isBefore(since.get());
        }
    }

    /**
     * What follows for one application.
     *
     * @param policy the policy's name
     * @param areSecretsForbidden whether it may get no new client secret
     * @param longestSecret how long a new client secret may live, when that is limited
     * @param longestCertificate how long a new certificate may live, when that is limited
     * @param needsKnownAuthority whether only certificates of authorities that the tenant trusts are taken
     */
    public record Rules(
            String policy,
            boolean areSecretsForbidden,
            Optional<Duration> longestSecret,
            Optional<Duration> longestCertificate,
            boolean needsKnownAuthority) {}

    /**
     * Reads a policy.
     *
     * @param policy what Graph gives
     * @param restrictions the part of it that is about app registrations
     */
    static CredentialPolicy of(JsonNode policy, JsonNode restrictions) {
        return policy.path("isEnabled").asBoolean(false)
                ? new CredentialPolicy(
                        text(policy, "displayName"),
                        inForce(restrictions.path("passwordCredentials")),
                        inForce(restrictions.path("keyCredentials")))
                : NONE;
    }

    private static List<Restriction> inForce(JsonNode restrictions) {
        return restrictions
                .valueStream()
                .filter(one -> !text(one, "state").equals("disabled"))
                .map(one -> new Restriction(
                        text(one, "restrictionType"),
                        text(one, "maxLifetime"),
                        instant(one, "restrictForAppsCreatedAfterDateTime")))
                .toList();
    }

    /**
     * What follows for an application.
     *
     * @param created when it was made
     * @param now from when a new secret would live
     */
    public Rules rules(Instant created, Instant now) {
        return new Rules(
                name,
                of(secrets, "passwordAddition", created).findAny().isPresent(),
                shortest(of(secrets, "passwordLifetime", created), now),
                shortest(of(certificates, "asymmetricKeyLifetime", created), now),
                of(certificates, "trustedCertificateAuthority", created)
                        .findAny()
                        .isPresent());
    }

    private static Stream<Restriction> of(List<Restriction> all, String type, Instant created) {
        return all.stream().filter(one -> one.type().equals(type)).filter(one -> one.holdsFor(created));
    }

    private static Optional<Duration> shortest(Stream<Restriction> all, Instant now) {
        return all.flatMap(one -> lifetime(one.longest(), now).stream()).min(Duration::compareTo);
    }

    /** A duration of ISO 8601; Java splits it into days and more, and less than a day. Years and months count from now. */
    private static Optional<Duration> lifetime(String text, Instant now) {
        var parts = text.toUpperCase(Locale.ROOT).split("T", 2);
        try {
            var days = parts[0].equals("P") ? Period.ZERO : Period.parse(parts[0]);
            var rest = parts.length == 2 ? Duration.parse("PT" + parts[1]) : Duration.ZERO;
            var end = now.atOffset(ZoneOffset.UTC).plus(days).plus(rest).toInstant();
            return Optional.of(Duration.between(now, end)).filter(Duration::isPositive);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty(); // Nothing that can be read: Microsoft decides.
        }
    }
}
