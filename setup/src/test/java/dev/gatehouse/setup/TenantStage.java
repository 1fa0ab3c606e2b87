package dev.gatehouse.setup;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.PretendGraph;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A tenant in memory, its journal, a device that takes secrets, and a clock that goes on only while somebody waits. */
final class TenantStage {

    static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    static final String GUEST = "a123bc45-aa12-123b@soc.expel.io";

    private final TenantId tenant = TenantId.parse(PretendGraph.TENANT);
    private Instant now = NINE;
    private Duration waited = Duration.ZERO;
    private Journal journal = Journal.empty(tenant);

    final PretendGraph graph = new PretendGraph(() -> now);
    final List<Connection> kept = new ArrayList<>();
    final List<String> waits = new ArrayList<>();
    ProviderProfile profile = ProviderProfile.expel();
    boolean isSecretWanted = true;
    Optional<SecretKeeper.NotKept> refusalOfTheDevice = Optional.empty();

    private final Journals journals = new Journals() {
        @Override
        public Journal load(TenantId which) {
            return journal;
        }

        @Override
        public void save(Journal changed) {
            journal = changed;
        }
    };

    private final SecretKeeper device = (connection, keyId, end) -> {
        if (refusalOfTheDevice.isPresent()) {
            throw refusalOfTheDevice.get();
        }
        kept.add(connection);
    };

    Journal journal() {
        return journal;
    }

    void journal(Journal other) {
        journal = other;
    }

    void loseJournal() {
        journal = Journal.empty(tenant);
    }

    void note(Entry entry) {
        journal = journal.done(entry);
    }

    Entry entry(Part part, String name, String id, Journal.Effect effect) {
        return new Entry(part, name, id, effect, now, PretendGraph.object("{}"));
    }

    void advance(Duration howLong) {
        now = now.plus(howLong);
    }

    Instant now() {
        return now;
    }

    /** How long the runs have waited so far. */
    Duration waited() {
        return waited;
    }

    RetryPolicy retryPolicy() {
        return new RetryPolicy(
                () -> now,
                pause -> {
                    now = now.plus(pause);
                    waited = waited.plus(pause);
                },
                Duration.ofMinutes(2));
    }

    Directory directory() {
        return new Directory(graph);
    }

    Desired desired() {
        return new Desired(
                tenant, new OrganizationGuid("a123bc45-aa12-123b"), profile, Optional.empty(), isSecretWanted);
    }

    Plan plan() throws InterruptedException {
        var reader = new TenantReader(directory(), () -> now);
        return Planner.plan(desired(), reader.read(desired(), journal), Admin.unknown());
    }

    Applied apply() throws InterruptedException {
        return apply(plan());
    }

    Applied apply(Plan plan) throws InterruptedException {
        var progress = new Progress() {
            @Override
            public void begins(Part part) {}

            @Override
            public void waits(Part part, String why) {
                waits.add(why);
            }

            @Override
            public void ends(Outcome outcome) {}
        };
        return new Apply(
                        directory(),
                        Cloud.GLOBAL,
                        desired(),
                        journals,
                        Optional.of(device),
                        connection -> List.of(),
                        retryPolicy(),
                        progress)
                .run(plan);
    }

    Rotate.Rotated rotate() throws InterruptedException {
        return new Rotate(
                        directory(), Cloud.GLOBAL, desired(), journals, device, connection -> List.of(), retryPolicy())
                .run(List.of());
    }

    List<Outcome> remove() throws InterruptedException {
        return new Remove(directory(), desired(), journals, Progress.SILENT).run(Admin.unknown());
    }

    ObjectNode application() {
        return graph.applications.getFirst();
    }

    List<String> secrets() {
        return application()
                .path("passwordCredentials")
                .valueStream()
                .map(secret -> secret.path("keyId").asString())
                .toList();
    }
}
