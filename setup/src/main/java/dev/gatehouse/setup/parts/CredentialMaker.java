package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.Sight.Bad;
import dev.gatehouse.setup.Sight.Good;
import dev.gatehouse.setup.credentials.ApplicationCredentials;
import dev.gatehouse.setup.credentials.CredentialProbe;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal.Deed;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.CredentialTerms;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The client secret or certificate of step 2, and its way into the security device. */
final class KeyStep {

    private final Directory directory;
    private final Cloud cloud;
    private final Desired desired;
    private final Optional<SecretKeeper> keeper;
    private final RetryPolicy retryPolicy;
    private final Making making;
    private final Found found;
    private final ApplicationCredentials keys;
    private final CredentialProbe trial;
    /** What to say of the end of one that had to be shorter. */
    private Optional<String> end = Optional.empty();

    /**
     * Prepares it.
     *
     * @param keeper who takes a new one; without anybody none is made, because nobody could ever read it
     */
    KeyStep(
            Directory directory,
            Cloud cloud,
            Desired desired,
            Optional<SecretKeeper> keeper,
            Proof proof,
            RetryPolicy retryPolicy,
            Making making,
            Found found) {
        this.directory = directory;
        this.cloud = cloud;
        this.desired = desired;
        this.keeper = keeper;
        this.retryPolicy = retryPolicy;
        this.making = making;
        this.found = found;
        this.keys = new ApplicationCredentials(directory, retryPolicy);
        this.trial = new CredentialProbe(proof, retryPolicy);
    }

    /** Makes one where one is needed, under the terms of the plan. */
    Outcome make(CredentialTerms terms) throws InterruptedException {
        try {
            var outcome = making.make(Part.SECRET, () -> look(terms));
            removeSuperseded();
            return outcome instanceof Outcome.Made(Part part, Action action, String what) && end.isPresent()
                    ? new Outcome.Made(part, action, what + end.get())
                    : outcome;
        } catch (NoKeeper e) {
            return new Outcome.Refused(Part.SECRET, e.reason);
        }
    }

    /**
     * A secret that was made and perhaps not put away is as good as lost, because its Value stood in one answer only. It
     * is replaced, and removed after that: should it have been put away after all, nothing stops working meanwhile.
     */
    private Sight look(CredentialTerms terms) throws InterruptedException {
        var app = currentApplication();
        making.save(making.journal().notingStrays(app));
        removeSuperseded();
        var lost = lostSecrets();
        var now = retryPolicy.clock().instant();
        var profile = desired.profile().application();
        var usable = app.keys().stream()
                .filter(profile::accepts)
                .filter(key -> key.isValidAt(now))
                .filter(key -> lost.stream().noneMatch(entry -> entry.id().equals(key.keyId())))
                .toList();
        var mustReplace = !lost.isEmpty() && keeper.isPresent();
        if (!usable.isEmpty() && !desired.secretWanted() && !mustReplace) {
            return new Good("", usable.getFirst().keyId());
        }
        if (keeper.isEmpty()) {
            throw new NoKeeper();
        }
        var intention = ApplicationCredentials.intention(
                app, profile.secretDescription(), Deed.STORED, now, profile.usesCertificate());
        return new Bad(intention, false, () -> addAndKeep(app, intention, terms, keeper.get()));
    }

    private Application currentApplication() throws InterruptedException {
        var known = found.neededApplication();
        return directory.applications().object(known.id()).orElse(known);
    }

    private List<Entry> lostSecrets() {
        return making.journal()
                .of(Part.SECRET)
                .filter(entry -> entry.deed() == Deed.CREATED)
                .toList();
    }

    private void removeSuperseded() throws InterruptedException {
        var latest = making.journal()
                .of(Part.SECRET)
                .filter(entry -> entry.deed() == Deed.STORED)
                .map(Entry::at)
                .max(Comparator.naturalOrder());
        var app = found.application();
        for (var entry : lostSecrets()) {
            if (app.isPresent() && latest.filter(at -> !at.isBefore(entry.at())).isPresent()) {
                remove(app.get(), entry);
            }
        }
    }

    /** Says whether it is gone. What is not, stands in the journal, and the next run takes it away. */
    private boolean remove(Application app, Entry entry) throws InterruptedException {
        try {
            if (!keys.remove(
                    app.id(),
                    entry.id(),
                    entry.isCertificate(),
                    making.journal().certificateInUse())) {
                return false;
            }
        } catch (Refusal refusal) {
            if (!refusal.reason().isNotFound()) {
                throw refusal;
            }
            var known = entry.at().plus(retryPolicy.limit());
            if (retryPolicy.clock().instant().isBefore(known)) {
                return false; // Too new for the server that answered.
            }
        }
        making.save(making.journal().without(entry::equals));
        return true;
    }

    /**
     * Why the device had better keep what it has. One that reads with another application goes over when this one reads;
     * one that may have another secret of this application, when Microsoft's servers know the new one.
     */
    private Optional<String> trouble(Application app, Connection connection, SecretKeeper place)
            throws InterruptedException {
        var until = place.application(connection.tenant());
        if (until.isPresent() && !until.get().equals(connection.application())) {
            var why = found.isConsented()
                    ? trial.signsInAndReads(connection)
                    : Optional.of("Nobody has consented to its permissions yet.");
            return why.map(reason ->
                    "%s The security device stays with application %s until then.".formatted(reason, until.get()));
        }
        var now = retryPolicy.clock().instant();
        return app.keys().stream().anyMatch(key -> key.isValidAt(now)) ? trial.signsIn(connection) : Optional.empty();
    }

    private String addAndKeep(Application app, Entry intention, CredentialTerms terms, SecretKeeper place)
            throws InterruptedException {
        var fresh = keys.make(app.id(), intention, terms, making.journal().certificateInUse());
        var created = intention.as(Deed.CREATED).withId(fresh.keyId());
        making.save(making.journal().done(created));
        var connection = new Connection(desired.tenant(), ApplicationId.parse(app.appId()), fresh.credential(), cloud);
        try {
            var trouble = trouble(app, connection, place);
            if (trouble.isPresent()) {
                throw new SecretKeeper.NotKept(trouble.get());
            }
            place.keep(connection, fresh.keyId(), fresh.end());
        } catch (SecretKeeper.NotKept e) {
            throw new NoKeeper("%s The new %s %s."
                    .formatted(
                            e.reason(),
                            ApplicationCredentials.word(fresh.credential()),
                            remove(app, created) ? "was removed again" : "is removed by the next run"));
        }
        end = Optional.of(fresh)
                .filter(ApplicationCredentials.Made::isShortened)
                .map(made -> ", which ends on %s because of this tenant's policy".formatted(Planner.day(made.end())));
        return fresh.keyId();
    }

    /** A new one cannot be put away. It never leaves this class. */
    private static final class NoKeeper extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        NoKeeper() {
            this(
                    "A client secret or certificate is needed, but nobody is there to keep it. Name a Workbench, or ask for it to be printed.");
        }

        NoKeeper(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
