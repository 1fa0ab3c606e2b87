package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.Journal.Deed;
import dev.gatehouse.setup.Journal.Entry;
import dev.gatehouse.setup.ProviderProfile.ApplicationProfile;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes the client secret without a gap: add the new one, wait until it signs in and reads, switch, and only then
 * remove the old one. Whenever it is interrupted, a secret that works is in use.
 */
public final class Rotate {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final Cloud cloud;
    private final TenantId tenant;
    private final ApplicationProfile profile;
    private final Finder finder;
    private final Journals journals;
    private final SecretKeeper keeper;
    private final Proof proof;
    private final Patience patience;

    /** Prepares a rotation in a tenant that was set up like this; nothing happens yet. */
    public Rotate(
            Directory directory,
            Cloud cloud,
            Desired desired,
            Journals journals,
            SecretKeeper keeper,
            Proof proof,
            Patience patience) {
        this(
                directory,
                cloud,
                desired.tenant(),
                desired.profile().application(),
                journal -> new TenantReader(directory, patience.clock()).application(desired, journal),
                journals,
                keeper,
                proof,
                patience);
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
            Patience patience) {
        this.directory = directory;
        this.cloud = cloud;
        this.tenant = tenant;
        this.profile = profile;
        this.finder = finder;
        this.journals = journals;
        this.keeper = keeper;
        this.proof = proof;
        this.patience = patience;
    }

    /** Prepares a rotation of what signs in with this connection, whoever set that tenant up. */
    public static Rotate of(
            Directory directory,
            Connection connection,
            ApplicationProfile profile,
            Journals journals,
            SecretKeeper keeper,
            Proof proof,
            Patience patience) {
        return new Rotate(
                directory,
                connection.cloud(),
                connection.tenant(),
                profile,
                journal -> directory.application(connection.application().value()),
                journals,
                keeper,
                proof,
                patience);
    }

    /** Finds the app registration. */
    private interface Finder {
        Optional<Application> find(Journal journal) throws InterruptedException;
    }

    /**
     * Which secret the device uses now.
     *
     * @param secretId the Secret ID, when it is known
     * @param value the Value, by whose beginning it is found otherwise
     */
    public record InUse(Optional<String> secretId, ClientSecret value) {

        private Optional<String> in(Application app) {
            return secretId.filter(id -> app.passwords().stream()
                            .anyMatch(password -> password.keyId().equalsIgnoreCase(id)))
                    .or(() -> app.secretOf(value).map(Application.Password::keyId));
        }
    }

    /** How a rotation can end. */
    public sealed interface Rotated {

        /**
         * The new secret is in use.
         *
         * @param secretId the Secret ID of the new one
         * @param end until when it works
         * @param removed the Secret IDs of the old ones that were removed
         * @param left the Secret IDs of other valid secrets, which somebody else may be using
         */
        record Done(String secretId, Instant end, List<String> removed, List<String> left) implements Rotated {

            public Done {
                removed = List.copyOf(removed);
                left = List.copyOf(left);
            }
        }

        /** The old secret is still in use. The new one was removed again, or will be by the next run. */
        record Failed(String reason) implements Rotated {}
    }

    /**
     * Rotates.
     *
     * @param alsoRemove Secret IDs that go too, because a person said that nobody else uses them
     */
    public Rotated run(List<String> alsoRemove) throws InterruptedException {
        try {
            return rotate(Optional.empty(), alsoRemove);
        } catch (Refusal refusal) {
            return new Rotated.Failed(refusal.reason().sentence());
        }
    }

    /**
     * Rotates, and takes the secret away that the device uses now, whoever made it.
     *
     * @param isResumed whether an earlier run was interrupted. When the device had got its new secret by then, only what
     *     that run left is done
     */
    public Rotated run(InUse inUse, boolean isResumed) throws InterruptedException {
        try {
            var latest = latest(journals.load(tenant));
            return isResumed && latest.isPresent() && inUse.secretId().equals(latest)
                    ? finish(latest.get())
                    : rotate(Optional.of(inUse), List.of());
        } catch (Refusal refusal) {
            return new Rotated.Failed(refusal.reason().sentence());
        }
    }

    /** The secret that was made last, unless another one may have been made since. */
    private static Optional<String> latest(Journal journal) {
        return journal.intentions().stream().anyMatch(open -> open.part() == Part.SECRET)
                ? Optional.empty()
                : journal.of(Part.SECRET).map(Entry::id).reduce((before, after) -> after);
    }

    /** The device has its new secret, and the run ended before it could note that. */
    private Rotated finish(String secretId) throws InterruptedException {
        var journal = journals.load(tenant);
        var app = finder.find(journal)
                .orElseThrow(() -> new IllegalStateException("An app registration that signs in is there"));
        var created = journal.of(Part.SECRET)
                .filter(entry -> entry.id().equals(secretId))
                .findFirst()
                .orElseThrow();
        journal = journal.replacing(created, created.as(Deed.STORED));
        journals.save(journal);
        var end = app.passwords().stream()
                .filter(password -> password.keyId().equals(secretId))
                .findFirst()
                .flatMap(Application.Password::end)
                .orElseGet(() -> created.at().plus(profile.secretLifetime()));
        return removeOld(app, journal, secretId, end, List.of());
    }

    private Rotated rotate(Optional<InUse> inUse, List<String> alsoRemove) throws InterruptedException {
        var journal = journals.load(tenant);
        var found = finder.find(journal);
        if (found.isEmpty()) {
            return new Rotated.Failed("There is no app registration yet. Apply the plan first.");
        }
        var app = found.get();
        journal = journal.using(app.id()).notingStrays(app);
        var now = patience.clock().instant();
        var old = inUse.flatMap(use -> use.in(app));
        if (old.isPresent()
                && journal.of(Part.SECRET).noneMatch(entry -> entry.id().equals(old.get()))) {
            // Noted before the switch, so that a run after an interruption still knows what to take away.
            journal = journal.done(new Entry(
                    Part.SECRET, profile.secretDescription(), old.get(), Deed.STORED, now, JSON.createObjectNode()));
        }
        var before = JSON.createObjectNode();
        var known = before.putArray("known");
        app.passwords().forEach(password -> known.add(password.keyId()));
        var intention = new Entry(Part.SECRET, profile.secretDescription(), "", Deed.CREATED, now, before);
        journals.save(journal.intending(intention));

        var fresh = directory.addPassword(app.id(), intention.name(), now.plus(profile.secretLifetime()));
        var created = intention.withId(fresh.keyId());
        journal = journal.done(created);
        journals.save(journal);
        var connection =
                new Connection(tenant, ApplicationId.parse(app.appId()), new ClientSecret(fresh.value()), cloud);

        var trouble = trouble(connection);
        if (!trouble.isEmpty()) {
            return undo(app, journal, created, trouble);
        }
        try {
            keeper.keep(connection, fresh.keyId(), fresh.end());
        } catch (SecretKeeper.NotKept e) {
            return undo(app, journal, created, e.reason());
        }
        journal = journal.replacing(created, created.as(Deed.STORED));
        journals.save(journal);
        return removeOld(app, journal, fresh.keyId(), fresh.end(), alsoRemove);
    }

    /** Waits until the new secret signs in and reads; says what is wrong when it does not in time. */
    private String trouble(Connection connection) throws InterruptedException {
        var wait = patience.begin();
        while (true) {
            var failed = proof.prove(connection).stream()
                    .filter(check -> !check.passed())
                    .toList();
            if (failed.isEmpty()) {
                return "";
            }
            var mayPass = failed.stream().allMatch(Proof.Check::isPassing);
            if (!mayPass || !wait.again()) {
                var first = failed.getFirst();
                return "The new secret did not pass '%s': %s".formatted(first.title(), first.detail());
            }
        }
    }

    private Rotated undo(Application app, Journal journal, Entry created, String why) throws InterruptedException {
        directory.removePassword(app.id(), created.id());
        journals.save(journal.without(created::equals));
        return new Rotated.Failed(why + " The old secret stays in use, and the new one was removed again.");
    }

    private Rotated removeOld(Application app, Journal begun, String inUse, Instant end, List<String> alsoRemove)
            throws InterruptedException {
        var journal = begun;
        var removed = new ArrayList<String>();
        var left = new ArrayList<String>();
        for (var password : app.passwords()) {
            if (password.keyId().equals(inUse)) {
                continue;
            }
            var isOurs = journal.of(Part.SECRET).anyMatch(entry -> entry.id().equals(password.keyId()));
            if (isOurs || alsoRemove.contains(password.keyId())) {
                directory.removePassword(app.id(), password.keyId());
                removed.add(password.keyId());
                journal = journal.without(
                        entry -> entry.part() == Part.SECRET && entry.id().equals(password.keyId()));
                journals.save(journal);
            } else if (password.isValidAt(patience.clock().instant())) {
                left.add(password.keyId());
            }
        }
        return new Rotated.Done(inUse, end, removed, left);
    }
}
