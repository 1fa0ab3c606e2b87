package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import java.util.List;
import java.util.UUID;

/** What else is written in the transaction that changes alerts, because of what their history says. */
@FunctionalInterface
public interface AlertHistoryPart {

    /**
     * Alerts are being changed, or made. What came of reading history again is not among it.
     *
     * @param happened to each of them, oldest first
     */
    void happened(List<Happened> happened);

    /**
     * What happened to one alert.
     *
     * @param alert which one
     * @param tenant its directory
     * @param isNew whether it is being made
     * @param events what happened, oldest first
     */
    record Happened(UUID alert, TenantId tenant, boolean isNew, List<AlertEvent> events) {

        public Happened {
            events = List.copyOf(events);
        }
    }
}
