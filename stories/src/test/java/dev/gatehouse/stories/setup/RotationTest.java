package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.GraphPoller;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.intake.signin.SignInOutcome;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.Window;
import dev.gatehouse.setup.Rotate;
import dev.gatehouse.setup.Rotate.Rotated;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.GraphOverHttp;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.directory.Interruptions;
import dev.gatehouse.stories.setup.SetupStage.SignsInWith;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device signs in with changes without a moment in which nothing works. */
@ParameterizedClass
@EnumSource
class RotationTest {

    private final SetupStage stage;
    private final int callsOfARotation;

    RotationTest(SignsInWith signsInWith) {
        stage = new SetupStage(signsInWith);
        callsOfARotation = switch (signsInWith) {
            // Find the registration, add, remove.
            case SECRET -> 3;
            // The same, but the list of certificates is read before each change of it.
            case CERTIFICATE -> 5;
        };
    }

    @BeforeEach
    void applied() throws Exception {
        stage.signedInAs(DirectoryRole.GLOBAL_ADMINISTRATOR).apply();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void noPollFailsMeanwhile() throws Exception {
        var old = stage.device.keyId();
        stage.customer.replication().delay(Duration.ofSeconds(40));
        var polls = new ArrayList<PollOutcome>();
        // Polls at every pause of the rotation with whatever the device holds, and never with a token from memory.
        var patience = stage.polling(() -> polls.add(poll()));

        polls.add(poll());
        var rotated = stage.rotating(patience).run(List.of());
        polls.add(poll());
        stage.simulator.clock().advance(Duration.ofMinutes(2));
        polls.add(poll());

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Done.class, done -> {
            assertThat(done.removed()).containsExactly(old);
            assertThat(done.left()).isEmpty();
            assertThat(done.keyId()).isEqualTo(stage.device.keyId()).isNotEqualTo(old);
        });
        assertThat(polls).hasSizeGreaterThan(4).allMatch(PollOutcome.Page.class::isInstance);
        assertThat(stage.keys()).containsExactly(stage.device.keyId());
    }

    @Test
    void theOldOneStaysInUseWhenTheNewOneDoesNotWork() throws Exception {
        var old = stage.device.keyId();
        // Nothing that is made now will be known in time. A signed sign-in holds for ten minutes by the real clock.
        stage.customer.replication().delay(Duration.ofMinutes(3));

        var rotated = stage.rotating().run(List.of());
        stage.simulator.clock().advance(Duration.ofMinutes(4));

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Failed.class, failed -> assertThat(failed.reason())
                .contains("did not pass 'Sign in to the directory'", "stays in use"));
        assertThat(stage.device.keyId()).isEqualTo(old);
        assertThat(stage.proof().prove(stage.device.connection())).allMatch(Proof.Check::passed);

        stage.customer.replication().delay(Duration.ZERO);
        assertThat(stage.rotating().run(List.of())).isInstanceOf(Rotated.Done.class);
        assertThat(stage.keys()).containsExactly(stage.device.keyId());
    }

    @Test
    void thoseOfOthersAreLeftAloneAndNamed() throws Exception {
        var byHand = stage.addByHand().keyId();

        var rotated = stage.rotating().run(List.of());

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Done.class, done -> assertThat(done.left())
                .containsExactly(byHand));
    }

    @Test
    void theOneInUseGoesWhoeverMadeItAndIsKnownByWhatItIs() throws Exception {
        var byHand = stage.addByHand();

        var rotated = stage.rotatingWhatIsInUse().run(new Rotate.InUse(Optional.empty(), byHand.credential()), false);

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Done.class, done -> assertThat(done.removed())
                .contains(byHand.keyId()));
        assertThat(stage.keys()).doesNotContain(byHand.keyId());
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER"})
    void aRotationThatIsCutOffAtAnyCallIsFinishedByTheNextAndTheDeviceAlwaysWorks(Interruptions.When moment)
            throws Exception {
        for (int call = 1; call <= callsOfARotation; call++) {
            var cutting = new CutGraph(stage, call, moment);
            try {
                stage.rotatingWhatIsInUse(new Directory(cutting)).run(inUse(), false);
            } catch (CutGraph.PowerCut expected) {
                assertThat(cutting.calls()).isEqualTo(call);
            }
            assertThat(stage.proof().prove(stage.device.connection()))
                    .as("the device after a cut %s call %d", moment, call)
                    .allMatch(Proof.Check::passed);

            assertThat(stage.rotatingWhatIsInUse().run(inUse(), true)).isInstanceOf(Rotated.Done.class);

            assertThat(stage.keys())
                    .as("what is left after a cut %s call %d", moment, call)
                    .containsExactly(stage.device.keyId());
        }
        // One more, which is not cut off, has no call that was not tried.
        var counting = new CutGraph(stage, Integer.MAX_VALUE, moment);
        stage.rotatingWhatIsInUse(new Directory(counting)).run(inUse(), false);
        assertThat(counting.calls()).isEqualTo(callsOfARotation);
    }

    @Test
    void whatWasInterruptedAfterTheSwitchIsFinishedWithoutAnotherOne() throws Exception {
        var old = stage.device.keyId();
        stage.device.dieAfterKeeping();
        assertThatThrownBy(() -> stage.rotatingWhatIsInUse().run(inUse(), false))
                .isInstanceOf(InterruptedException.class);
        var switched = stage.device.keyId();
        assertThat(switched).isNotEqualTo(old);

        var finished = stage.rotatingWhatIsInUse().run(inUse(), true);

        assertThat(finished).isInstanceOfSatisfying(Rotated.Done.class, done -> {
            assertThat(done.keyId()).isEqualTo(switched);
            assertThat(done.removed()).containsExactly(old);
        });
    }

    @Test
    void theApplicationItselfMayDoItWhenItWasAllowedTo() throws Exception {
        stage.allowRotation();
        var signIn = new EntraSignIn(stage.http, MonotonicClock.SYSTEM, new Random(1));
        var token = ((SignInOutcome.Granted) signIn.signIn(stage.device.connection())).token();
        assertThat(token.roles().orElseThrow()).contains(ProviderProfile.ROTATION_PERMISSION);
        var itself = new Directory(new GraphOverHttp(stage.http, stage.cloud, token::value));

        assertThat(stage.rotatingWhatIsInUse(itself).run(inUse(), false)).isInstanceOf(Rotated.Done.class);
    }

    @Test
    void thatRightIsGivenAndTakenDeliberately() throws Exception {
        assertThat(stage.consented()).doesNotContain(ProviderProfile.ROTATION_PERMISSION);

        stage.allowRotation();
        assertThat(stage.consented()).contains(ProviderProfile.ROTATION_PERMISSION);
        assertThat(stage.plan(stage.desiredWithRotation()).isEmpty()).isTrue();

        // Whoever takes the ownership away takes the right away, and the plan names it.
        stage.customer.letNobodyOwn(stage.app().path("appId").asString());
        assertThat(stage.plan(stage.desiredWithRotation()).steps())
                .filteredOn(step -> step.action() != Action.KEEP)
                .extracting(Step::part)
                .containsExactly(Part.OWNER);

        stage.removing().run(Admin.unknown());
        assertThat(stage.apps()).isEmpty();
    }

    private Rotate.InUse inUse() {
        return new Rotate.InUse(
                Optional.of(stage.device.keyId()), stage.device.connection().credential());
    }

    private PollOutcome poll() {
        try (var room = PageMemory.ofHeap().open()) {
            var now = stage.simulator.clock().instant();
            var signIn = new EntraSignIn(stage.http, MonotonicClock.SYSTEM, new Random(1));
            return new GraphPoller(stage.http, signIn, stage.simulator.clock())
                    .poll(
                            stage.device.connection(),
                            Feed.ALERTS,
                            Reading.of(new Window(now.minus(Duration.ofHours(1)), now), 10),
                            room);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
