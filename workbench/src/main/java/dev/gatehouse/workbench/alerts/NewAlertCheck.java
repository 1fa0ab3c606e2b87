package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.detections.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Asked about every alert before it is made, whether it is to be closed at once, and why. A bean of this type is asked first. */
public interface NewAlertCheck {

    /**
     * Whether an alert is to be closed at once; empty when it is not. Called inside the transaction that makes it.
     *
     * @param subject the vendor alert that it would be made from
     * @param decision what the rules make of it
     */
    Optional<Tuning.Tuned> check(Subject subject, Decision decision);

    /** Whether what a suppression has closed may stay closed although it is that severe by now. */
    boolean keepsClosed(UUID suppression, AlertSeverity severity);

    /**
     * Alerts are being made that suppressions close at once; a part of the transaction that makes them.
     *
     * @param alerts how many each suppression closes
     */
    void closing(TenantId tenant, Map<UUID, Integer> alerts, Instant now);
}
