package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import java.util.List;
import java.util.UUID;

/** What is written in the transaction that makes alerts, by whoever owns the table. */
@FunctionalInterface
public interface NewAlertPart {

    /** Alerts are being made that were not closed at once. */
    void made(TenantId tenant, List<UUID> alerts);
}
