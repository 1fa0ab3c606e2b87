package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tenant's app management policies: what applications may sign in with, and for how long. Nothing is restricted unless a
 * test says so. A policy of an application's own takes the place of the tenant's.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy">app management
 *     policies</a>
 */
public final class AppManagement {

    private static final String TENANTS = "00000000-0000-0000-0000-000000000000";

    private final Map<String, Rules> ofApplications = new HashMap<>();
    private Rules tenants = Rules.NONE;

    /**
     * What one policy says.
     *
     * @param areSecretsForbidden whether new client secrets are refused
     * @param longestSecret the longest life of a new client secret
     * @param longestCertificate the longest life of a new certificate
     */
    public record Rules(
            boolean areSecretsForbidden, Optional<Duration> longestSecret, Optional<Duration> longestCertificate) {

        static final Rules NONE = new Rules(false, Optional.empty(), Optional.empty());

        /** New client secrets are refused. */
        public static Rules noSecrets() {
            return new Rules(true, Optional.empty(), Optional.empty());
        }

        /** Client secrets and certificates may live that long. */
        public static Rules atMost(Duration longest) {
            return new Rules(false, Optional.of(longest), Optional.of(longest));
        }

        private ObjectNode restrictions() {
            var restrictions = Json.object();
            var secrets = restrictions.putArray("passwordCredentials");
            var certificates = restrictions.putArray("keyCredentials");
            if (areSecretsForbidden) {
                secrets.add(restriction("passwordAddition", Optional.empty()));
            }
            if (longestSecret.isPresent()) {
                secrets.add(restriction("passwordLifetime", longestSecret));
            }
            if (longestCertificate.isPresent()) {
                certificates.add(restriction("asymmetricKeyLifetime", longestCertificate));
            }
            return restrictions;
        }

        private static ObjectNode restriction(String type, Optional<Duration> longest) {
            var restriction = Json.object()
                    .put("restrictionType", type)
                    .put("state", "enabled")
                    .put("restrictForAppsCreatedAfterDateTime", "2019-01-01T00:00:00Z");
            longest.ifPresentOrElse(
                    limit -> restriction.put("maxLifetime", "P%dD".formatted(limit.toDays())),
                    () -> restriction.putNull("maxLifetime"));
            return restriction;
        }
    }

    /** Restricts every application. */
    public synchronized void restrict(Rules rules) {
        tenants = rules;
    }

    /** Restricts one app registration, by its object id, in place of the tenant's policy. */
    public synchronized void restrict(String applicationObjectId, Rules rules) {
        ofApplications.put(applicationObjectId.toLowerCase(Locale.ROOT), rules);
    }

    /** The tenant's policy, as Graph shows it. */
    synchronized ObjectNode tenantsPolicy() {
        var policy = Json.object()
                .put("id", TENANTS)
                .put("displayName", "Default app management tenant policy")
                .put(
                        "description",
                        "Default tenant policy that enforces app management restrictions on applications and service principals.")
                .put("isEnabled", !tenants.equals(Rules.NONE));
        policy.set("applicationRestrictions", tenants.restrictions());
        policy.set("servicePrincipalRestrictions", Rules.NONE.restrictions());
        return policy;
    }

    /** An app registration's own policy, as Graph shows it. */
    synchronized Optional<ObjectNode> policyOf(String applicationObjectId) {
        return Optional.ofNullable(ofApplications.get(applicationObjectId.toLowerCase(Locale.ROOT)))
                .map(rules -> {
                    var policy = Json.object()
                            .put("id", applicationObjectId)
                            .put("displayName", "Exception for one application")
                            .put("description", "")
                            .put("isEnabled", true);
                    policy.set("restrictions", rules.restrictions());
                    return policy;
                });
    }

    private Rules rules(String applicationObjectId) {
        return ofApplications.getOrDefault(applicationObjectId.toLowerCase(Locale.ROOT), tenants);
    }

    /** Ends the request when a new client secret may not be. */
    synchronized void checkSecret(String applicationObjectId, Instant start, Instant end) {
        var rules = rules(applicationObjectId);
        if (rules.areSecretsForbidden()) {
            throw DirectoryError.againstPolicy();
        }
        checkLifetime(rules.longestSecret(), start, end);
    }

    /** Ends the request when a new certificate may not be. */
    synchronized void checkCertificate(String applicationObjectId, Instant start, Instant end) {
        checkLifetime(rules(applicationObjectId).longestCertificate(), start, end);
    }

    private static void checkLifetime(Optional<Duration> longest, Instant start, Instant end) {
        if (longest.filter(limit -> Duration.between(start, end).compareTo(limit) > 0)
                .isPresent()) {
            throw DirectoryError.livesTooLong(TENANTS);
        }
    }
}
