package dev.gatehouse.workbench.onboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.profile.EntraRole;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.ConsoleAccess;
import dev.gatehouse.workbench.devices.ConsoleAccesses;
import dev.gatehouse.workbench.devices.Credentials;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.DeviceHistory;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;

class RunsTest {

    private static final TenantId DIRECTORY = TenantId.parse("1b4e28ba-2fa1-41d2-883f-0016d3cca427");
    private static final String ADA = "ada@gatehouse.local";
    private static final String BO = "bo@gatehouse.local";

    private final PretendTenant tenant = new PretendTenant();
    private final WorkbenchParts parts = new WorkbenchParts();
    private final Changes changes = new Changes();

    private SetUps setUps;
    private Runs runs;
    private UUID id;

    /** Hears of every change, so that a test can wait for one. */
    static final class Changes {
        private final BlockingQueue<UUID> heard = new LinkedBlockingQueue<>();

        @EventListener
        void hear(SetUpChanged change) {
            heard.add(change.setUpId());
        }
    }

    @BeforeEach
    void writeContosoDown() {
        parts.with(SetUps.class)
                .with(Background.class, Runs.class)
                .with(Changes.class, () -> changes)
                .with(TenantAccess.class, () -> tenant)
                .with(ProviderProfile.class, ProviderProfile::expel)
                .with(
                        RetryPolicy.class,
                        () -> new RetryPolicy(
                                parts.clock(), pause -> parts.clock().advance(pause), Duration.ofMinutes(2)))
                .open();
        setUps = parts.get(SetUps.class);
        runs = parts.get(Runs.class);
        id = setUps.add(
                        Scope.everything(),
                        new SetUpDraft(
                                "Contoso", DIRECTORY.toString(), "a123bc45-aa12-123b", "", "", "", "", false, false),
                        ADA)
                .id();
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void touchesNothingBeforeSomebodySaysYesAndThenDoesAllOfIt() throws InterruptedException {
        runs.start(id, Purpose.APPLY, ADA);
        assertThat(((Phase.SigningIn) await(Phase.SigningIn.class)).code()).isEqualTo("ABCD1234");
        tenant.approve();

        var planned = (Phase.Planned) await(Phase.Planned.class);
        assertThat(planned.plan().allowed()).isEqualTo(8);
        assertThat(devices().all(Scope.everything())).isEmpty();
        runs.confirm(id, BO);

        var ended = (Phase.Ended) await(Phase.Ended.class);
        assertThat(ended.result()).as(ended.sentence()).isEqualTo(Phase.Result.DONE);
        assertThat(ended.works()).extracting(Work::state).containsOnly(Work.State.DONE);
        assertThat(setUps.ticks(Scope.everything(), id).values())
                .allMatch(tick -> tick.finding().isConfirmed());
        assertThat(parts.get(ConsoleAccesses.class).of(DIRECTORY).state()).isEqualTo(ConsoleAccess.State.INVITED);
    }

    @Test
    void putsTheSecretIntoANewDeviceAndNowhereElse() throws InterruptedException {
        apply();

        var device = devices().all(Scope.everything()).getFirst();
        assertThat(device.name()).isEqualTo("Contoso Microsoft Defender for Identity");
        assertThat(devices().credentials(device.id()))
                .isInstanceOfSatisfying(Credentials.Usable.class, usable -> assertThat(
                                usable.connection().credential().reveal())
                        .isEqualTo(PretendTenant.SECRET));
        assertThat(runs.phase(id).toString()
                        + setUps.history(Scope.everything(), id)
                        + setUps.ticks(Scope.everything(), id)
                        + parts.get(DeviceHistory.class).of(Scope.everything(), device.id()))
                .doesNotContain(PretendTenant.SECRET);
    }

    @Test
    void givesTheDeviceOfTheSameDirectoryItsNewSecret() throws InterruptedException {
        var draft = WorkbenchParts.draft("Older name");
        parts.get(DeviceEditing.class)
                .add(Scope.everything(), draft.with(DeviceField.DIRECTORY_ID, DIRECTORY.toString()), "test");

        apply();

        assertThat(devices().all(Scope.everything())).singleElement().satisfies(device -> {
            assertThat(device.name()).isEqualTo("Older name");
            assertThat(device.application()).hasToString(PretendTenant.APPLICATION);
        });
    }

    @Test
    void doesWhatTheAdministratorMayAndHandsOverTheRest() throws InterruptedException {
        tenant.asAdminWith(EntraRole.USER_ADMINISTRATOR, EntraRole.CLOUD_APPLICATION_ADMINISTRATOR);

        apply();

        var ended = (Phase.Ended) await(Phase.Ended.class);
        assertThat(ended.result()).isEqualTo(Phase.Result.PARTLY);
        var handover = ended.handover().orElseThrow();
        assertThat(handover.roles()).contains("Privileged Role Administrator");
        assertThat(handover.parts()).isEqualTo("role,partner,consent");
        assertThat(handover.consentPage().orElseThrow())
                .endsWith("/%s/adminconsent?client_id=%s".formatted(DIRECTORY, PretendTenant.APPLICATION));
        assertThat(setUps.ticks(Scope.everything(), id).get(GuideStep.GUEST)).isNotNull();
        assertThat(runs.phase(id)).contains(ended);
    }

    @Test
    void checksWhatWasDoneByHandWithoutAskingToChangeAnything() throws InterruptedException {
        tenant.complete().without(Part.PARTNER);
        runs.start(id, Purpose.CHECK, ADA);
        tenant.approve();

        var ended = (Phase.Ended) await(Phase.Ended.class);

        assertThat(ended.sentence()).startsWith("Checked. 1 of steps 1 and 2 is left");
        assertThat(ended.works()).isEmpty();
        assertThat(setUps.ticks(Scope.everything(), id)).hasSize(7);
        assertThat(setUps.require(Scope.everything(), id).application().orElseThrow())
                .hasToString(PretendTenant.APPLICATION);
    }

    @Test
    void refusesASecondRunInTheSameTenantAndNamesWhoIsAtWork() throws InterruptedException {
        runs.start(id, Purpose.CHECK, ADA);
        await(Phase.SigningIn.class);

        assertThatThrownBy(() -> runs.start(id, Purpose.APPLY, BO))
                .isInstanceOf(AlreadyRunning.class)
                .hasMessageStartingWith("ada@gatehouse.local is at work in the tenant of Contoso already.");

        runs.cancel(id, BO);
        assertThat(((Phase.Ended) await(Phase.Ended.class)).result()).isEqualTo(Phase.Result.CANCELLED);
        runs.start(id, Purpose.CHECK, BO);
    }

    @Test
    void takesATenantBackFromAProcessThatGivesNoSignOfLife() {
        setUps.begin(setUps.require(Scope.everything(), id), ADA);
        parts.database()
                .look()
                .sql("update tenant_setup set running_until = clock_timestamp() - interval '1 second'")
                .update();

        runs.start(id, Purpose.CHECK, BO);

        assertThat(setUps.history(Scope.everything(), id)).anySatisfy(deed -> {
            assertThat(deed.action()).isEqualTo("RUN_INTERRUPTED");
            assertThat(deed.actor()).isEqualTo(ADA);
        });
    }

    @Test
    void remembersWhoStartedAndWhoSaidYes() throws InterruptedException {
        apply();

        assertThat(setUps.history(Scope.everything(), id).reversed())
                .extracting(HistoryEntry::action, HistoryEntry::actor)
                .containsExactly(
                        tuple("CREATED", ADA),
                        tuple("SIGN_IN_STARTED", ADA),
                        tuple("SIGNED_IN", ADA),
                        tuple("APPLY_STARTED", BO),
                        tuple("RUN_" + result(), ADA));
        assertThat(setUps.history(Scope.everything(), id))
                .anyMatch(deed -> deed.detail().equals("At Microsoft as " + PretendTenant.ADMIN));
    }

    @Test
    void forgetsWhatWasConfirmedWhenTheValuesChange() throws InterruptedException {
        apply();
        assertThat(setUps.ticks(Scope.everything(), id)).isNotEmpty();

        setUps.change(
                Scope.everything(),
                id,
                new SetUpDraft("Contoso", DIRECTORY.toString(), "b234cd56-bb23-234c", "", "", "", "", false, false),
                ADA);

        assertThat(setUps.ticks(Scope.everything(), id)).isEmpty();
    }

    @Test
    void hasOneSetUpForADirectory() {
        assertThatThrownBy(() -> setUps.add(
                        Scope.everything(),
                        new SetUpDraft(
                                "Again", DIRECTORY.toString(), "b234cd56-bb23-234c", "", "", "", "", false, false),
                        ADA))
                .isInstanceOf(InvalidSetUp.class)
                .hasMessageContaining("is that of 'Contoso' already");
    }

    private String result() {
        return ((Phase.Ended) runs.phase(id).orElseThrow()).result().name();
    }

    private void apply() throws InterruptedException {
        runs.start(id, Purpose.APPLY, ADA);
        tenant.approve();
        await(Phase.Planned.class);
        runs.confirm(id, BO);
        await(Phase.Ended.class);
    }

    private Phase await(Class<? extends Phase> kind) throws InterruptedException {
        while (true) {
            var phase = runs.phase(id).orElseThrow();
            if (kind.isInstance(phase)) {
                return phase;
            }
            if (phase.isOver() || changes.heard.poll(1, TimeUnit.MINUTES) == null) {
                throw new AssertionError("Waited for %s, but it is %s".formatted(kind.getSimpleName(), phase));
            }
        }
    }

    private SecurityDevices devices() {
        return parts.get(SecurityDevices.class);
    }
}
