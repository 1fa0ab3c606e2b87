package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.credentials.ApplicationCredentials;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.CredentialTerms;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.profile.ProviderProfile.ApplicationProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The client secret or certificate. {@link CredentialMaker} makes it and brings it to the security device. */
final class ClientCredential implements SetupPart {

    /** One that ends sooner than this is worth a note. */
    private static final Duration WARNING = Duration.ofDays(30);

    @Override
    public Part part() {
        return Part.SECRET;
    }

    /** The app registration has the list of them. */
    @Override
    public Optional<?> read(TenantReading reading) {
        return Optional.empty();
    }

    /** Whether a secret or certificate is of the kind that the profile asks for. */
    static boolean isOfWantedKind(ApplicationProfile profile, Application.Key key) {
        return !profile.usesCertificate() || key instanceof Application.Certificate;
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var profile = desired.profile().application();
        var all = present.application().stream()
                .flatMap(application -> application.keys().stream())
                .filter(key -> key.isValidAt(present.at()))
                .toList();
        var notes = new ArrayList<String>();
        all.forEach(key -> notes.add(describe(key)));
        var valid = all.stream().filter(key -> isOfWantedKind(profile, key)).toList();
        if (!valid.isEmpty() && valid.stream().allMatch(key -> endsBefore(key, present.at()))) {
            notes.add("It ends in less than %d days: rotate it.".formatted(WARNING.toDays()));
        }
        var differences = new Differences();
        if (valid.isEmpty() || desired.secretWanted()) {
            planNew(profile, present, differences, notes);
            if (!valid.isEmpty() && !profile.usesCertificate()) {
                notes.add(
                        "The Value of an existing secret cannot be read back, so that the device gets one of its own.");
            }
        }
        return new PartPlan(
                differences.all().isEmpty() ? Action.KEEP : Action.CREATE,
                profile.secretDescription(),
                differences.all(),
                notes);
    }

    private static void planNew(
            ApplicationProfile profile, Present present, Differences differences, List<String> notes) {
        var rules = CredentialTerms.rules(present);
        var terms = CredentialTerms.of(profile, rules);
        notes.addAll(terms.notes(profile, rules, present.policies().whyUnknown()));
        differences.missing("displayName", profile.secretDescription());
        if (profile.usesCertificate()) {
            differences.missing("type", "certificate");
            notes.add("The key pair is made here. The private key goes to the device and nowhere else.");
        }
        differences.missing("endDateTime", "in " + terms.words());
    }

    private static String describe(Application.Key key) {
        var what =
                switch (key) {
                    case Application.Password _ -> "Secret '%s' (Secret ID %s)";
                    case Application.Certificate _ -> "Certificate '%s' (%s)";
                };
        return (what + " is valid until %s.")
                .formatted(
                        key.displayName(),
                        key.keyId(),
                        key.end().map(ClientCredential::day).orElse("ever"));
    }

    private static boolean endsBefore(Application.Key key, Instant now) {
        return key.end().isPresent() && key.end().get().isBefore(now.plus(WARNING));
    }

    static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    @Override
    public boolean mayBeMadeByOwner() {
        return true;
    }

    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        return new CredentialMaker(run).make(this);
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        if (run.journal().application().isEmpty()) {
            return Optional.empty();
        }
        var app = run.directory()
                .applications()
                .object(run.journal().application().get());
        if (app.isEmpty() || !app.get().has(entry.id())) {
            return Optional.empty();
        }
        return Undo.delete(() -> new ApplicationCredentials(run.directory(), RetryPolicy.usual())
                .remove(app.get().id(), entry.id(), entry.isCertificate(), Optional.empty()));
    }
}
