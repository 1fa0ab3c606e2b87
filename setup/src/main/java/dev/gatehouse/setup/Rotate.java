package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.credentials.ApplicationCredentials;
import dev.gatehouse.setup.credentials.CredentialProbe;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.parts.Search;
import dev.gatehouse.setup.plan.CredentialTerms;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.profile.ProviderProfile.ApplicationProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the client secret or the certificate without a gap: add the new one, wait until it signs in and reads, switch,
 * and only then remove the old one. Whenever it is interrupted, one that works is in use.
 */
public final class Rotate {

    private final Cloud cloud;
    private final TenantId tenant;
    private final ApplicationProfile profile;
    private final Finder finder;
    private final Journals journals;
    private final SecretKeeper keeper;
    private final CredentialProbe trial;
    private final RetryPolicy retryPolicy;
    private final ApplicationCredentials keys;

    /** Prepares a rotation in a tenant that was set up like this; nothing happens yet. */
    public Rotate(
            Directory directory,
            Cloud cloud,
            Desired desired,
            Journals journals,
            SecretKeeper keeper,
            Proof proof,
            RetryPolicy retryPolicy) {
        this(
                directory,
                cloud,
                desired.tenant(),
                desired.profile().application(),
                journal -> new Search(directory, desired).application(journal),
                journals,
                keeper,
                proof,
                retryPolicy);
    }

    private Rotate(
            Directory directory,
            Cloud cloud,
            TenantId tenant,
            ApplicationProfile profile,
            Finder finder,
            Journals journals,
            SecretKeeper keeper,
            Proof proof,
            RetryPolicy retryPolicy) {
        this.cloud = cloud;
        this.tenant = tenant;
        this.profile = profile;
        this.finder = finder;
        this.journals = journals;
        this.keeper = keeper;
        this.trial = new CredentialProbe(proof, retryPolicy);
        this.retryPolicy = retryPolicy;
        this.keys = new ApplicationCredentials(directory, retryPolicy);
    }

    /** Prepares a rotation of what signs in with this connection, whoever set that tenant up. */
    public static Rotate of(
            Directory directory,
            Connection connection,
            ApplicationProfile profile,
            Journals journals,
            SecretKeeper keeper,
            Proof proof,
            RetryPolicy retryPolicy) {
        return new Rotate(
                directory,
                connection.cloud(),
                connection.tenant(),
                profile,
                journal -> directory.applications().of(connection.application().value()),
                journals,
                keeper,
                proof,
                retryPolicy);
    }

    /** Finds the app registration. */
    private interface Finder {
        Optional<Application> find(Journal journal) throws InterruptedException;
    }

    /**
     * What the device uses now.
     *
     * @param keyId Microsoft's id of it, when it is known; of a secret, the Secret ID
     * @param credential the thing itself, by which it is found otherwise
     */
    public record InUse(Optional<String> keyId, Credential credential) {

        private Optional<String> in(Application app) {
            return keyId.filter(app::has).or(() -> app.keyOf(credential).map(Application.Key::keyId));
        }

        private boolean isCertificate() {
            return credential instanceof ClientCertificate;
        }
    }

    /** How a rotation can end. */
    public sealed interface Rotated {

        /**
         * The new one is in use.
         *
         * @param keyId Microsoft's id of the new one; of a secret, the Secret ID
         * @param end until when it works
         * @param removed the ids of the old ones that were removed
         * @param left the ids of other valid ones, which somebody else may be using
         */
        record Done(String keyId, Instant end, List<String> removed, List<String> left) implements Rotated {

            public Done {
                removed = List.copyOf(removed);
                left = List.copyOf(left);
            }
        }

        /** The old one is still in use. The new one was removed again, or will be by the next run. */
        record Failed(String reason) implements Rotated {}
    }

    /**
     * Rotates.
     *
     * @param alsoRemove ids of secrets and certificates that go too, because a person said that nobody else uses them
     */
    public Rotated run(List<String> alsoRemove) throws InterruptedException {
        try {
            return rotate(Optional.empty(), alsoRemove);
        } catch (Refusal refusal) {
            return new Rotated.Failed(refusal.reason().sentence());
        }
    }

    /**
     * Rotates, and takes away what the device uses now, whoever made it. A certificate is followed by a certificate.
     *
     * @param isResumed whether an earlier run was interrupted. When the device had got its new one by then, only what that
     *     run left is done
     */
    public Rotated run(InUse inUse, boolean isResumed) throws InterruptedException {
        try {
            var latest = latest(journals.load(tenant));
            return isResumed && latest.isPresent() && inUse.keyId().equals(latest)
                    ? finish(latest.get())
                    : rotate(Optional.of(inUse), List.of());
        } catch (Refusal refusal) {
            return new Rotated.Failed(refusal.reason().sentence());
        }
    }

    /** The one that was made last, unless another one may have been made since. */
    private static Optional<String> latest(Journal journal) {
        return journal.intentions().stream().anyMatch(open -> open.part() == Part.SECRET)
                ? Optional.empty()
                : journal.of(Part.SECRET).map(Entry::id).reduce((before, after) -> after);
    }

    /** The device has its new one, and the run ended before it could note that. */
    private Rotated finish(String keyId) throws InterruptedException {
        var journal = journals.load(tenant);
        var app = finder.find(journal)
                .orElseThrow(() -> new IllegalStateException("An app registration that signs in is there"));
        var created = journal.of(Part.SECRET)
                .filter(entry -> entry.id().equals(keyId))
                .findFirst()
                .orElseThrow();
        journal = journal.replacing(created, created.as(Effect.STORED));
        journals.save(journal);
        var end = app.keys().stream()
                .filter(key -> key.keyId().equals(keyId))
                .findFirst()
                .flatMap(Application.Key::end)
                .orElseGet(() -> created.at().plus(profile.secretLifetime()));
        return removeOld(app, journal, created, end, List.of());
    }

    private Rotated rotate(Optional<InUse> inUse, List<String> alsoRemove) throws InterruptedException {
        var journal = journals.load(tenant);
        var found = finder.find(journal);
        if (found.isEmpty()) {
            return new Rotated.Failed("There is no app registration yet. Apply the plan first.");
        }
        var app = found.get();
        var unknown = alsoRemove.stream().filter(id -> !app.has(id)).toList();
        if (!unknown.isEmpty()) {
            return new Rotated.Failed(
                    "Nothing was done: the app registration has no secret or certificate with the id %s."
                            .formatted(String.join(", ", unknown)));
        }
        journal = journal.using(app.id()).notingStrays(app);
        var now = retryPolicy.clock().instant();
        var old = inUse.flatMap(use -> use.in(app));
        if (old.isPresent()
                && journal.of(Part.SECRET).noneMatch(entry -> entry.id().equals(old.get()))) {
            // Noted before the switch, so that a run after an interruption still knows what to take away.
            journal = journal.done(new Entry(
                    Part.SECRET,
                    profile.secretDescription(),
                    old.get(),
                    Effect.STORED,
                    now,
                    Entry.kind(inUse.orElseThrow().isCertificate())));
        }
        var certificate = journal.certificateInUse();
        var isCertificate =
                inUse.map(InUse::isCertificate).orElseGet(() -> profile.usesCertificate() || certificate.isPresent());
        var intention =
                ApplicationCredentials.intention(app, profile.secretDescription(), Effect.CREATED, now, isCertificate);
        journals.save(journal.intending(intention));

        var fresh = keys.make(app.id(), intention, CredentialTerms.unlimited(profile.secretLifetime()), certificate);
        var created = intention.withId(fresh.keyId());
        journal = journal.done(created);
        journals.save(journal);
        var connection = new Connection(tenant, ApplicationId.parse(app.appId()), fresh.credential(), cloud);

        var trouble = trial.signsInAndReads(connection);
        if (trouble.isPresent()) {
            return undo(app, journal, created, trouble.get());
        }
        try {
            keeper.keep(connection, fresh.keyId(), fresh.end());
        } catch (SecretKeeper.NotKept e) {
            return undo(app, journal, created, e.reason());
        }
        journal = journal.replacing(created, created.as(Effect.STORED));
        journals.save(journal);
        return removeOld(app, journal, created, fresh.end(), alsoRemove);
    }

    private Rotated undo(Application app, Journal journal, Entry created, String why) throws InterruptedException {
        var isRemoved = isRemoved(app, journal, created);
        if (isRemoved) {
            journals.save(journal.without(created::equals));
        }
        return new Rotated.Failed("%s The old %s stays in use, and %s."
                .formatted(
                        why,
                        created.isCertificate() ? "certificate" : "secret",
                        isRemoved ? "the new one was removed again" : "the next run removes the new one"));
    }

    /** One that Microsoft's servers do not know in time cannot be removed in time either. It stands in the journal. */
    private boolean isRemoved(Application app, Journal journal, Entry created) throws InterruptedException {
        try {
            return keys.remove(app.id(), created.id(), created.isCertificate(), journal.certificateInUse());
        } catch (Refusal _) {
            return false;
        }
    }

    private Rotated removeOld(Application app, Journal begun, Entry inUse, Instant end, List<String> alsoRemove)
            throws InterruptedException {
        var staying = Optional.of(inUse).filter(Entry::isCertificate).map(Entry::id);
        var journal = begun;
        var removed = new ArrayList<String>();
        var left = new ArrayList<String>();
        for (var key : app.keys()) {
            var id = key.keyId();
            if (id.equals(inUse.id())) {
                continue;
            }
            var isOurs = journal.of(Part.SECRET).anyMatch(entry -> entry.id().equals(id));
            if (isOurs || alsoRemove.contains(id)) {
                if (keys.remove(app.id(), id, key instanceof Application.Certificate, staying)) {
                    removed.add(id);
                    journal = journal.without(
                            entry -> entry.part() == Part.SECRET && entry.id().equals(id));
                    journals.save(journal);
                }
            } else if (key.isValidAt(retryPolicy.clock().instant())) {
                left.add(id);
            }
        }
        return new Rotated.Done(inUse.id(), end, removed, left);
    }
}
