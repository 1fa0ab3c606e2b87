package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.directory.Interruptions.When;
import dev.gatehouse.stories.setup.SetupStage.SignsInWith;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever call a run is interrupted at, and on whichever side of it, a second run finishes and duplicates nothing. */
class InterruptedRunTest {

    @ParameterizedTest
    @CsvSource({
        "BEFORE, 0, SECRET",
        "AFTER, 0, SECRET",
        "AFTER, 20, SECRET",
        "BEFORE, 0, CERTIFICATE",
        "AFTER, 0, CERTIFICATE"
    })
    void aRunThatDiesAtAnyCallIsFinishedByTheNext(When moment, int replicationSeconds, SignsInWith signsInWith)
            throws Exception {
        Map<String, Object> well;
        int calls;
        try (var stage = stage(signsInWith, replicationSeconds)) {
            var counting = new CutGraph(stage, Integer.MAX_VALUE, moment);
            run(counting, stage, Integer.MAX_VALUE);
            calls = counting.calls();
            letServersAgree(stage, replicationSeconds);
            well = stage.picture();
        }
        assertThat(calls).isGreaterThan(20);

        // One cloud for all: making its keys anew for each call would take minutes.
        try (var stage = stage(signsInWith, replicationSeconds)) {
            for (int call = 1; call <= calls; call++) {
                run(new CutGraph(stage, call, moment), stage, call);

                var applied = stage.apply();

                letServersAgree(stage, replicationSeconds);
                assertThat(applied.isComplete())
                        .as("after dying %s call %d: %s", moment, call, applied.outcomes())
                        .isTrue();
                assertThat(stage.picture())
                        .as("after dying %s call %d", moment, call)
                        .isEqualTo(well);
                assertThat(stage.proof().prove(stage.device.connection()))
                        .as("the device after dying %s call %d", moment, call)
                        .allMatch(Proof.Check::passed);
                assertThat(stage.plan().isEmpty()).isTrue();
                takeEverythingAway(stage, call, replicationSeconds);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER"})
    void aConnectionThatBreaksAtAnyCallIsSurvivedInTheSameRunOrTheNext(When moment) throws Exception {
        try (var stage = stage(SignsInWith.SECRET, 0)) {
            var interruptions = stage.simulator.directoryInterruptions();
            interruptions.cut(Integer.MAX_VALUE, When.NEVER);
            stage.apply();
            var calls = interruptions.stop();
            var well = stage.picture();
            takeEverythingAway(stage, 0, 0);
            for (int call = 1; call <= calls; call++) {
                interruptions.cut(call, moment);
                try {
                    stage.apply();
                } catch (Refusal whileReading) {
                    assertThat(whileReading.reason().isUnclear()).isTrue();
                }
                interruptions.stop();

                assertThat(stage.apply().isComplete()).isTrue();

                assertThat(stage.picture())
                        .as("after a break %s call %d", moment, call)
                        .isEqualTo(well);
                takeEverythingAway(stage, call, 0);
            }
        }
    }

    @Test
    void whatAnInterruptedRunMadeIsRemovedToo() throws Exception {
        try (var stage = stage(SignsInWith.SECRET, 0)) {
            var before = stage.picture();
            run(new CutGraph(stage, 24, When.AFTER), stage, 24);

            stage.apply();
            stage.removing().run(Admin.unknown());

            assertThat(stage.picture()).isEqualTo(before);
        }
    }

    private static SetupStage stage(SignsInWith signsInWith, int replicationSeconds) throws Exception {
        var stage = new SetupStage(signsInWith).signedInAs(DirectoryRole.GLOBAL_ADMINISTRATOR);
        stage.customer.replication().delay(Duration.ofSeconds(replicationSeconds));
        return stage;
    }

    /** Back to a clean tenant, which also shows that a removal works from wherever a set-up came. */
    private static void takeEverythingAway(SetupStage stage, int call, int replicationSeconds) throws Exception {
        assertThat(stage.removing().run(Admin.unknown()))
                .as("taking away after call %d", call)
                .allMatch(outcome -> outcome.isGood());
        letServersAgree(stage, replicationSeconds);
        assertThat(stage.apps()).as("applications after call %d", call).isEmpty();
        assertThat(stage.customer.partners()).isEmpty();
        assertThat(stage.customer.delegatedGrants()).isEmpty();
        assertThat(stage.customer.users()).hasSize(1);
        stage.device.forget();
        stage.signedInAgain();
    }

    private static void letServersAgree(SetupStage stage, int replicationSeconds) {
        stage.simulator.clock().advance(Duration.ofSeconds(replicationSeconds));
    }

    private static void run(CutGraph graph, SetupStage stage, int last) throws InterruptedException {
        try {
            stage.apply(new Directory(graph));
        } catch (CutGraph.PowerCut cut) {
            assertThat(graph.calls()).isEqualTo(last);
        }
    }
}
