package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.directory.CredentialPolicy.Rules;
import dev.gatehouse.setup.profile.ProviderProfile.ApplicationProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a new secret or certificate may live: as long as the provider wants, or the shorter time that the tenant's
 * policy allows.
 *
 * @param wanted what the provider wants
 * @param allowed what the tenant's policy allows, when that is less
 */
public record CredentialTerms(Duration wanted, Optional<Duration> allowed) {

    /** Clocks differ, a certificate begins an hour before it is made, and a policy refuses what is a second too long. */
    private static final Duration CLOCKS = Duration.ofHours(2);

    /** What to ask for when a policy refuses a lifetime and may not be read: those that policies are made with. */
    private static final List<Duration> USUAL = List.of(
            Duration.ofDays(365),
            Duration.ofDays(180),
            Duration.ofDays(90),
            Duration.ofDays(60),
            Duration.ofDays(30),
            Duration.ofDays(14),
            Duration.ofDays(7));

    public static CredentialTerms unlimited(Duration wanted) {
        return new CredentialTerms(wanted, Optional.empty());
    }

    /** The terms under which a kind of key may be made. */
    public static CredentialTerms under(Rules rules, boolean isCertificate, Duration wanted) {
        var longest = isCertificate ? rules.longestCertificate() : rules.longestSecret();
        return new CredentialTerms(wanted, longest.filter(limit -> limit.compareTo(wanted) < 0));
    }

    public static CredentialTerms of(ApplicationProfile profile, Optional<Rules> rules) {
        return rules.map(known -> under(known, profile.usesCertificate(), profile.secretLifetime()))
                .orElseGet(() -> unlimited(profile.secretLifetime()));
    }

    /** What holds for the app registration of a tenant, when it is known; for one that does not exist, as from now. */
    public static Optional<Rules> rules(Present present) {
        var created = present.application()
                .flatMap(application -> application.created())
                .orElse(present.at());
        return present.policies().credentials().map(policy -> policy.rules(created, present.at()));
    }

    /** The next shorter ones to try after these were refused; empty when there is nothing shorter that makes sense. */
    public Optional<CredentialTerms> shorter() {
        var refused = allowed.orElse(wanted);
        return USUAL.stream()
                .filter(usual -> usual.compareTo(refused) < 0)
                .findFirst()
                .map(usual -> new CredentialTerms(wanted, Optional.of(usual)));
    }

    public boolean isShortened() {
        return allowed.isPresent();
    }

    /** When one that begins at an instant ends. */
    public Instant end(Instant start) {
        return start.plus(allowed.map(limit -> limit.minus(CLOCKS)).orElse(wanted));
    }

    /** How long, for people. */
    public String words() {
        return words(allowed.orElse(wanted));
    }

    private static String words(Duration duration) {
        return duration.toDays() > 0
                ? "%d days".formatted(duration.toDays())
                : "%d hours".formatted(duration.toHours());
    }

    /**
     * What the plan has to say about them.
     *
     * @param rules what holds here; empty when it is not known
     * @param whyUnknown why not
     */
    public List<String> notes(ApplicationProfile profile, Optional<Rules> rules, String whyUnknown) {
        if (rules.isEmpty()) {
            return List.of(
                    "This tenant's policy for secrets and certificates is not known. Should it refuse %s, shorter ones are tried. %s"
                            .formatted(words(), whyUnknown)
                            .strip());
        }
        var notes = new ArrayList<String>();
        var policy = rules.get().policy().isEmpty() ? "" : " '" + rules.get().policy() + "'";
        if (!profile.usesCertificate() && rules.get().areSecretsForbidden()) {
            notes.add(
                    "This tenant's policy%s forbids client secrets. Choose a certificate in their place: --certificate, or 'Use a certificate in place of a secret' in the Workbench."
                            .formatted(policy));
        }
        if (profile.usesCertificate() && rules.get().needsKnownAuthority()) {
            notes.add(
                    "This tenant's policy%s takes only certificates of authorities that it trusts. One that is made here signs itself: upload one of yours and enter it in the device."
                            .formatted(policy));
        }
        if (isShortened()) {
            notes.add("This tenant's policy%s allows %s of at most %s: that is what a new one gets, not %s."
                    .formatted(
                            policy,
                            profile.usesCertificate() ? "certificates" : "client secrets",
                            words(),
                            words(wanted)));
        }
        return notes;
    }
}
