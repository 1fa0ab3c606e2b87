package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.Journal.Deed;
import dev.gatehouse.setup.Journal.Entry;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes the client secret without a gap: add the new one, wait until it signs in and reads, switch, and only then
 * remove the old one. Whenever it is interrupted, a secret that works is in use.
 */
public final class Rotate {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final Cloud cloud;
    private final Desired desired;
    private final Journals journals;
    private final SecretKeeper keeper;
    private final Proof proof;
    private final Patience patience;

    /** Prepares a rotation; nothing happens yet. */
    public Rotate(
            Directory directory,
            Cloud cloud,
            Desired desired,
            Journals journals,
            SecretKeeper keeper,
            Proof proof,
            Patience patience) {
        this.directory = directory;
        this.cloud = cloud;
        this.desired = desired;
        this.journals = journals;
        this.keeper = keeper;
        this.proof = proof;
        this.patience = patience;
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
            return rotate(alsoRemove);
        } catch (Refusal refusal) {
            return new Rotated.Failed(refusal.reason().sentence());
        }
    }

    private Rotated rotate(List<String> alsoRemove) throws InterruptedException {
        var journal = journals.load(desired.tenant());
        var found = new TenantReader(directory, patience.clock()).application(desired, journal);
        if (found.isEmpty()) {
            return new Rotated.Failed("There is no app registration yet. Apply the plan first.");
        }
        var app = found.get();
        journal = journal.using(app.id()).notingStrays(app);
        var before = JSON.createObjectNode();
        var known = before.putArray("known");
        app.passwords().forEach(password -> known.add(password.keyId()));
        var now = patience.clock().instant();
        var profile = desired.profile().application();
        var intention = new Entry(Part.SECRET, profile.secretDescription(), "", Deed.CREATED, now, before);
        journals.save(journal.intending(intention));

        var fresh = directory.addPassword(app.id(), intention.name(), now.plus(profile.secretLifetime()));
        var created = intention.withId(fresh.keyId());
        journal = journal.done(created);
        journals.save(journal);
        var connection = new Connection(
                desired.tenant(), ApplicationId.parse(app.appId()), new ClientSecret(fresh.value()), cloud);

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
        return removeOld(app, journal, fresh, alsoRemove);
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

    private Rotated removeOld(Application app, Journal begun, Directory.NewPassword fresh, List<String> alsoRemove)
            throws InterruptedException {
        var journal = begun;
        var removed = new ArrayList<String>();
        var left = new ArrayList<String>();
        for (var password : app.passwords()) {
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
        return new Rotated.Done(fresh.keyId(), fresh.end(), removed, left);
    }
}
