package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.ToldEverywhere;
import java.util.UUID;

/** Somebody asked for a replay; published once it is in the database. */
public record ReplayRequested(TenantId tenant) implements ToldEverywhere {

    @Override
    public UUID about() {
        return tenant.value();
    }
}
