package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.Statements;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceImport.Order;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class DeviceImportTest {

    private static final String KEY = "6fa459ea-ee8a-4ca4-894e-db77e160355e";

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final DeviceImport devices = parts.get(DeviceImport.class);

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void addsManyWithTwoStatements() {
        var drafts = IntStream.range(0, 40)
                .mapToObj(each -> WorkbenchParts.draft("Tenant " + each))
                .toList();

        try (var statements = Statements.listen()) {
            assertThat(devices.add(new Order(Scope.everything(), drafts, false), "tester"))
                    .hasOnlyElementsOfType(DeviceImport.Result.Added.class);

            assertThat(statements.heard())
                    .satisfiesOnlyOnce(sql -> assertThat(sql).contains("insert into security_device ("))
                    .satisfiesOnlyOnce(sql -> assertThat(sql).contains("insert into security_device_history"));
        }
    }

    @Test
    void keepsNothingThatTheEyeDoesNotSee() {
        var secret = "Kx~8Q-not-a-real-secret";
        var pasted = DeviceDraft.empty()
                .with(DeviceField.NAME, "\u200BContoso\u00A0 West\uFEFF ")
                .with(DeviceField.LOCATION, "\u2060cloud\t")
                .with(DeviceField.DIRECTORY_ID, " \u200B" + UUID.randomUUID() + "\u00A0")
                .with(DeviceField.APPLICATION_ID, UUID.randomUUID() + "\u200E\n")
                .with(DeviceField.CLIENT_SECRET, "\uFEFF" + secret + "\u200B ")
                .with(DeviceField.CLIENT_SECRET_ID, "\u00A0" + KEY + "\u200B");

        var added = devices.add(new Order(Scope.everything(), List.of(pasted), false), "tester")
                .getFirst();

        assertThat(added).isInstanceOfSatisfying(DeviceImport.Result.Added.class, result -> {
            var device = parts.get(SecurityDevices.class)
                    .find(Scope.everything(), result.device())
                    .orElseThrow();
            assertThat(device.name()).isEqualTo("Contoso West");
            assertThat(device.location()).isEqualTo("cloud");
            assertThat(device.credential().id()).contains(KEY);
            assertThat(parts.get(SecurityDevices.class).credentials(result.device()))
                    .isInstanceOfSatisfying(Credentials.Usable.class, usable -> assertThat(
                                    usable.connection().credential().reveal())
                            .isEqualTo(secret));
        });
    }
}
