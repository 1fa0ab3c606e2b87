package dev.gatehouse.setup.credentials;

import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Credential;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Meaning;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.plan.CredentialTerms;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes what an app registration signs in with, a secret or a certificate, and takes it away again. */
public final class ApplicationCredentials {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final RetryPolicy retryPolicy;

    public ApplicationCredentials(Directory directory, RetryPolicy retryPolicy) {
        this.directory = directory;
        this.retryPolicy = retryPolicy;
    }

    /**
     * A key that was just made.
     *
     * @param credential what to sign in with
     * @param keyId Microsoft's id of it
     * @param end until when it works
     * @param isShortened whether the tenant's policy made that sooner than wanted
     */
    public record Made(Credential credential, String keyId, Instant end, boolean isShortened) {}

    /** The intention to make one, which notes what is there already. */
    public static Entry intention(
            Application app, String name, Journal.Effect effect, Instant now, boolean isCertificate) {
        var before = Entry.kind(isCertificate);
        var known = before.putArray("known");
        app.keys().forEach(key -> known.add(key.keyId()));
        if (isCertificate) {
            // The id of a certificate is its maker's choice, so that it can be noted before the order.
            before.put(Entry.KEY_ID, UUID.randomUUID().toString());
        }
        return new Entry(Part.SECRET, name, "", effect, now, before);
    }

    /**
     * Makes what was intended. Where the tenant's policy asks for a shorter life than the terms have, because nobody could
     * read it before, it is read now; where that is not possible either, shorter ones are tried.
     *
     * @param inUse the id of the certificate that the device uses, which has to stay meanwhile
     */
    public Made make(String applicationId, Entry intention, CredentialTerms begun, Optional<String> inUse)
            throws InterruptedException {
        var terms = begun;
        var isFirst = true;
        while (true) {
            try {
                return makeOnce(applicationId, intention, terms, inUse);
            } catch (Refusal refusal) {
                if (refusal.reason().meaning() != Meaning.LIVES_TOO_LONG) {
                    throw refusal;
                }
                var tooLong = terms;
                var known = isFirst
                        ? known(applicationId, intention, terms)
                                .filter(other -> other.isShortened() && !other.equals(tooLong))
                        : Optional.<CredentialTerms>empty();
                terms = known.or(tooLong::shorter).orElseThrow(() -> refusal);
                isFirst = false;
            }
        }
    }

    private Optional<CredentialTerms> known(String applicationId, Entry intention, CredentialTerms terms)
            throws InterruptedException {
        try {
            var policy = directory.policies().credentials(Optional.of(applicationId));
            var rules = policy.rules(intention.at(), intention.at());
            return Optional.of(CredentialTerms.under(rules, intention.isCertificate(), terms.wanted()));
        } catch (Refusal _) {
            return Optional.empty();
        }
    }

    private Made makeOnce(String applicationId, Entry intention, CredentialTerms terms, Optional<String> inUse)
            throws InterruptedException {
        var end = terms.end(intention.at());
        if (!intention.isCertificate()) {
            var fresh = directory.applications().addPassword(applicationId, intention.name(), end);
            return new Made(new ClientSecret(fresh.value()), fresh.keyId(), fresh.end(), terms.isShortened());
        }
        var fresh = SelfSignedCertificate.certificate(intention.name(), intention.at(), end);
        var keyId = intention.intendedKeyId().orElseGet(() -> UUID.randomUUID().toString());
        // One that is not to be seen after all this time was taken away by somebody: nothing is lost by going on.
        var all = new ArrayList<>(certificates(applicationId, inUse));
        all.add(JSON.createObjectNode()
                .put("keyId", keyId)
                .put("displayName", intention.name())
                .put("type", "AsymmetricX509Cert")
                .put("usage", "Verify")
                .put("endDateTime", fresh.expires().toString())
                .put("key", encoded(fresh)));
        directory.applications().replaceCertificates(applicationId, all);
        return new Made(fresh, keyId, fresh.expires(), terms.isShortened());
    }

    /**
     * Takes a key away; that it is gone already is as good.
     *
     * @param staying the id of the certificate that the device uses. As long as Microsoft's servers do not show it, no
     *     certificate is taken away, because they would forget that one too
     * @return false when it could not be done for that reason
     */
    public boolean remove(String applicationId, String keyId, boolean isCertificate, Optional<String> staying)
            throws InterruptedException {
        if (!isCertificate) {
            directory.applications().removePassword(applicationId, keyId);
            return true;
        }
        var all = certificates(applicationId, staying);
        if (!staying.stream().allMatch(id -> has(all, id))) {
            return false;
        }
        // Also when it is not seen: it may be too new for the server that answered.
        directory
                .applications()
                .replaceCertificates(
                        applicationId,
                        all.stream().filter(key -> !isOf(key, keyId)).toList());
        return true;
    }

    /** The list is sent back as a whole, so it had better be complete: waits until one that has to be there is seen. */
    private List<JsonNode> certificates(String applicationId, Optional<String> wanted) throws InterruptedException {
        var wait = retryPolicy.begin();
        while (true) {
            var all = directory.applications().certificates(applicationId);
            if (wanted.stream().allMatch(id -> has(all, id)) || !wait.again()) {
                return all;
            }
        }
    }

    /** What people call it. */
    public static String word(Credential credential) {
        return switch (credential) {
            case ClientSecret _ -> "secret";
            case ClientCertificate _ -> "certificate";
        };
    }

    private static boolean has(List<JsonNode> all, String keyId) {
        return all.stream().anyMatch(key -> isOf(key, keyId));
    }

    private static boolean isOf(JsonNode key, String keyId) {
        return key.path("keyId").asString("").equalsIgnoreCase(keyId);
    }

    private static String encoded(ClientCertificate fresh) {
        try {
            return Base64.getEncoder().encodeToString(fresh.certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was made can be written", e);
        }
    }
}
