package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What else is written in the transaction that changes investigations, because of what their history says. */
@FunctionalInterface
public interface InvestigationHistoryPart {

    /**
     * Something happened to an investigation, or to something in it or at an alert. The rows that it is about may not be written
     * yet; they are when the transaction ends.
     *
     * @param events what happened, oldest first
     */
    void happened(Where where, List<InvestigationEvent> events);

    /**
     * Where something happened: in an investigation, or at an alert that may be in none.
     *
     * @param organization of the investigation; empty at an alert
     * @param investigation empty at an alert
     * @param tenant of the alert; empty in an investigation
     * @param alert empty in an investigation
     * @param isIncident whether the investigation is an incident
     */
    record Where(
            Optional<UUID> organization,
            Optional<UUID> investigation,
            Optional<TenantId> tenant,
            Optional<UUID> alert,
            boolean isIncident) {}
}
