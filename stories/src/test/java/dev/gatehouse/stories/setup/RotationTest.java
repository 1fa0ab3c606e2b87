package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.GraphPoller;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import dev.gatehouse.setup.Proof;
import dev.gatehouse.setup.Rotate.Rotated;
import dev.gatehouse.simulator.directory.DirectoryRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client secret changes without a moment in which nothing works. */
class RotationTest {

    private final SetupStage stage = new SetupStage();

    @BeforeEach
    void applied() throws Exception {
        stage.signedInAs(DirectoryRole.GLOBAL_ADMINISTRATOR).apply();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void noPollFailsWhileTheSecretIsRotated() throws Exception {
        var old = stage.device.secretId();
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
            assertThat(done.secretId()).isEqualTo(stage.device.secretId()).isNotEqualTo(old);
        });
        assertThat(polls).hasSizeGreaterThan(4).allMatch(PollOutcome.Page.class::isInstance);
        assertThat(stage.app().path("passwordCredentials").size()).isEqualTo(1);
    }

    @Test
    void theOldSecretStaysInUseWhenTheNewOneDoesNotWork() throws Exception {
        var old = stage.device.secretId();
        // Nothing that is made now will be known in time.
        stage.customer.replication().delay(Duration.ofMinutes(30));

        var rotated = stage.rotating().run(List.of());

        assertThat(rotated).isInstanceOf(Rotated.Failed.class);
        assertThat(stage.device.secretId()).isEqualTo(old);
        assertThat(stage.proof().prove(stage.device.connection())).allMatch(Proof.Check::passed);
    }

    @Test
    void secretsOfOthersAreLeftAloneAndNamed() throws Exception {
        var byHand = stage.addSecretByHand();

        var rotated = stage.rotating().run(List.of());

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Done.class, done -> assertThat(done.left())
                .containsExactly(byHand));
    }

    private PollOutcome poll() {
        try {
            var now = stage.simulator.clock().instant();
            var signIn = new EntraSignIn(stage.http, stage.simulator.clock(), new Random(1));
            return new GraphPoller(stage.http, signIn, stage.simulator.clock())
                    .poll(
                            stage.device.connection(),
                            Feed.ALERTS,
                            Reading.of(new Window(now.minus(Duration.ofHours(1)), now), 10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
