package dev.gatehouse.workbench.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.workbench.Contents;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceCredentials;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.LeaseParts;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RotationsTest {

    private static final String PERSON = "dana@contoso.example";

    private final WorkbenchParts parts =
            new WorkbenchParts().with(Rotations.class).open();
    private final Rotations rotations = parts.get(Rotations.class);
    private final SecurityDevice device =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void aLoopThatLostItsDeviceNeitherJournalsNorSwitchesNorEndsNorIsAllowedAnotherOrder() {
        var former = LeaseParts.claim(parts, Duration.ZERO);
        var turn = rotations.begin(device.id(), Rotation.GATEHOUSE).orElseThrow();
        LeaseParts.claim(parts, Duration.ofHours(1));
        // The successor has not come to look after the replacement yet, so that the turn is the former one's still.

        assertThatEachIsRefused(work -> Fence.under(former, () -> Fence.under(turn, work)));
        assertThatThrownBy(() -> Fence.under(former, () -> rotations.begin(device.id(), Rotation.GATEHOUSE)))
                .isInstanceOf(LeaseLost.class);
    }

    @Test
    void whoeverTakesAReplacementUpTakesItFromWhoeverBeganIt() {
        var former = rotations.begin(device.id(), Rotation.GATEHOUSE).orElseThrow();
        var present = rotations.begin(device.id(), Rotation.GATEHOUSE).orElseThrow();

        assertThatEachIsRefused(work -> Fence.under(former, work));
        Fence.under(present, of(() -> rotations.done(device.id(), "A new secret is in use.")));
        assertThat(rotations.of(Scope.everything(), device.id()))
                .get()
                .extracting(Rotation::state)
                .isEqualTo(Rotation.State.DONE);
    }

    @Test
    void aPersonsReplacementThatWasThoughtDeadStoresNothingWhenItComesBack() {
        var persons = rotations.begin(device.id(), PERSON).orElseThrow();
        assertThat(rotations.begin(device.id(), Rotation.GATEHOUSE)).isEmpty();
        parts.clock().advance(Rotations.NO_PERSON_TAKES_LONGER.plusSeconds(1));

        assertThat(rotations.begin(device.id(), Rotation.GATEHOUSE)).isPresent();

        assertThatEachIsRefused(work -> Fence.under(persons, work));
    }

    @Test
    void aTurnDoesNotComeBackWithAReplacementThatWasForgotten() {
        var first = rotations.begin(device.id(), PERSON).orElseThrow();
        Fence.under(first, of(() -> rotations.forget(device.id())));

        assertThat(rotations.begin(device.id(), PERSON)).isPresent();

        assertThatEachIsRefused(work -> Fence.under(first, work));
    }

    private interface Turn {
        void run(ScopedValue.CallableOp<Boolean, RuntimeException> work);
    }

    private void assertThatEachIsRefused(Turn turn) {
        for (var write : writes().entrySet()) {
            var before = Contents.of(parts.database());

            assertThatThrownBy(() -> turn.run(of(write.getValue())))
                    .as(write.getKey())
                    .isInstanceOf(LeaseLost.class);

            assertThat(Contents.of(parts.database())).as(write.getKey()).isEqualTo(before);
        }
    }

    private Map<String, Runnable> writes() {
        var writes = new LinkedHashMap<String, Runnable>();
        writes.put("asking before an order", rotations::require);
        writes.put("the journal", () -> rotations.journals().save(Journal.empty(device.directory())));
        writes.put("the switch", () -> parts.get(DeviceCredentials.class)
                .replace(device.id(), fresh(), "key", WorkbenchParts.START, Rotation.GATEHOUSE));
        writes.put("success", () -> rotations.done(device.id(), "A new secret is in use."));
        writes.put("failure", () -> rotations.failed(device.id(), "It failed.", "Wait."));
        writes.put("forgetting", () -> rotations.forget(device.id()));
        return writes;
    }

    private static ScopedValue.CallableOp<Boolean, RuntimeException> of(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    private Connection fresh() {
        return new Connection(
                device.directory(), device.application(), new ClientSecret("Kx~8Q-of-the-former-holder"), Cloud.GLOBAL);
    }
}
