package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.TenantId;
import java.util.UUID;

/** Somebody does not want to wait for a tenant's next poll. */
public record PollRequested(TenantId tenant) implements ToldEverywhere {

    @Override
    public UUID about() {
        return tenant.value();
    }
}
