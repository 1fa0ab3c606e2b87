package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.ToldEverywhere;
import java.util.UUID;

/** Somebody asked for hours to be compared; published once it is in the database. */
public record ReconciliationRequested(TenantId tenant) implements ToldEverywhere {

    @Override
    public UUID about() {
        return tenant.value();
    }
}
