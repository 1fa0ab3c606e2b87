package dev.gatehouse.workbench.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreshVendorAlertsTest {

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final SecurityDevice contoso =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
    private final TenantId tenant = contoso.directory();
    private final FreshVendorAlerts fresh = new FreshVendorAlerts();

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void handsEachOutOnceAndOnlyInTheVersionThatCame() {
        var alert = alert("a1");
        fresh.add(tenant, alert);

        assertThat(fresh.take(tenant, "a1", ContentHash.of(new byte[0]))).isEmpty();
        assertThat(fresh.take(new TenantId(new UUID(1, 1)), "a1", alert.version()))
                .isEmpty();
        assertThat(fresh.take(tenant, "a1", alert.version())).contains(alert);
        assertThat(fresh.take(tenant, "a1", alert.version())).isEmpty();
    }

    @Test
    void forgetsTheOldestWhenThereAreMany() {
        var first = alert("first");
        fresh.add(tenant, first);
        for (var number = 0; number < 1_000; number++) {
            fresh.add(tenant, alert("a" + number));
        }

        assertThat(fresh.take(tenant, "first", first.version())).isEmpty();
        assertThat(fresh.take(tenant, "a0", alert("a0").version())).isPresent();
    }

    private VendorAlert alert(String id) {
        return Examples.alert(contoso, id, Examples.NINE);
    }
}
