package dev.gatehouse.setup.parts;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.credentials.ApplicationCredentials;
import dev.gatehouse.setup.credentials.CredentialProbe;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes a client secret or certificate, and brings it to the security device. */
final class CredentialMaker {

    private final SetupRun run;
    private final RetryPolicy retryPolicy;
    private final ApplicationCredentials credentials;
    private final CredentialProbe probe;
    /** What to say of the end of one that had to be shorter. */
    private Optional<String> end = Optional.empty();

    CredentialMaker(SetupRun run) {
        this.run = run;
        this.retryPolicy = run.target().retryPolicy();
        this.credentials = new ApplicationCredentials(run.directory(), retryPolicy);
        this.probe = new CredentialProbe(run.target().proof(), retryPolicy);
    }

    /** Makes one where one is needed, under the terms of the plan. */
    Outcome make(SetupPart part) throws InterruptedException {
        try {
            var outcome = run.provisioner().ensure(part, this::observe);
            removeSuperseded();
            return outcome instanceof Outcome.Made(Part made, Action action, String what) && end.isPresent()
                    ? new Outcome.Made(made, action, what + end.get())
                    : outcome;
        } catch (NoKeeper e) {
            return new Outcome.Refused(Part.SECRET, e.reason);
        }
    }

    /**
     * A secret that was made and perhaps not put away is as good as lost, because its Value stood in one answer only. It
     * is replaced, and removed after that: should it have been put away after all, nothing stops working meanwhile.
     */
    private ObservedState observe() throws InterruptedException {
        var app = currentApplication();
        run.provisioner().save(run.journal().notingStrays(app));
        removeSuperseded();
        var keeper = run.target().keeper();
        var lost = lostSecrets();
        var now = retryPolicy.clock().instant();
        var profile = run.desired().profile().application();
        var usable = app.keys().stream()
                .filter(key -> ClientCredential.isOfWantedKind(profile, key))
                .filter(key -> key.isValidAt(now))
                .filter(key -> lost.stream().noneMatch(entry -> entry.id().equals(key.keyId())))
                .toList();
        var mustReplace = !lost.isEmpty() && keeper.isPresent();
        if (!usable.isEmpty() && !run.desired().secretWanted() && !mustReplace) {
            return new AsDesired("", usable.getFirst().keyId());
        }
        if (keeper.isEmpty()) {
            throw new NoKeeper();
        }
        var intention = ApplicationCredentials.intention(
                app, profile.secretDescription(), Effect.STORED, now, profile.usesCertificate());
        return new Different(intention, false, () -> addAndKeep(app, intention, keeper.get()));
    }

    private Application currentApplication() throws InterruptedException {
        var known = run.known().neededApplication();
        return run.directory().applications().object(known.id()).orElse(known);
    }

    private List<Entry> lostSecrets() {
        return run.journal()
                .of(Part.SECRET)
                .filter(entry -> entry.effect() == Effect.CREATED)
                .toList();
    }

    private void removeSuperseded() throws InterruptedException {
        var latest = run.journal()
                .of(Part.SECRET)
                .filter(entry -> entry.effect() == Effect.STORED)
                .map(Entry::at)
                .max(Comparator.naturalOrder());
        var app = run.known().application();
        for (var entry : lostSecrets()) {
            if (app.isPresent() && latest.filter(at -> !at.isBefore(entry.at())).isPresent()) {
                remove(app.get(), entry);
            }
        }
    }

    /** Says whether it is gone. What is not, stands in the journal, and the next run takes it away. */
    private boolean remove(Application app, Entry entry) throws InterruptedException {
        try {
            if (!credentials.remove(
                    app.id(), entry.id(), entry.isCertificate(), run.journal().certificateInUse())) {
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
        run.provisioner().save(run.journal().without(entry::equals));
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
            var why = run.known().isConsented()
                    ? probe.signsInAndReads(connection)
                    : Optional.of("Nobody has consented to its permissions yet.");
            return why.map(reason ->
                    "%s The security device stays with application %s until then.".formatted(reason, until.get()));
        }
        var now = retryPolicy.clock().instant();
        return app.keys().stream().anyMatch(key -> key.isValidAt(now)) ? probe.signsIn(connection) : Optional.empty();
    }

    private String addAndKeep(Application app, Entry intention, SecretKeeper place) throws InterruptedException {
        var fresh = credentials.make(
                app.id(), intention, run.plan().credentialTerms(), run.journal().certificateInUse());
        var created = intention.as(Effect.CREATED).withId(fresh.keyId());
        run.provisioner().save(run.journal().done(created));
        var connection = new Connection(
                run.desired().tenant(),
                ApplicationId.parse(app.appId()),
                fresh.credential(),
                run.target().cloud());
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
                .map(made -> ", which ends on %s because of this tenant's policy"
                        .formatted(ClientCredential.day(made.end())));
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
