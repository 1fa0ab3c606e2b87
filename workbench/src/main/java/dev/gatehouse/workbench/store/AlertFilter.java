package dev.gatehouse.workbench.store;

import dev.gatehouse.model.AlertStatus;
import dev.gatehouse.model.Severity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which alerts to list. Everything that is set has to hold.
 *
 * @param device of one device
 * @param severities of any of these; empty for all
 * @param statuses in any of these; empty for all
 * @param text found in title, id, detector or the name of an account, host or address, in any case; empty for all
 * @param since made by Microsoft at this instant or later
 */
public record AlertFilter(
        Optional<UUID> device,
        Set<Severity> severities,
        Set<AlertStatus> statuses,
        String text,
        Optional<Instant> since) {

    /** All alerts. */
    public static final AlertFilter ALL = new AlertFilter(Optional.empty(), Set.of(), Set.of(), "", Optional.empty());

    public AlertFilter {
        severities = Set.copyOf(severities);
        statuses = Set.copyOf(statuses);
        text = text.strip();
    }

    public AlertFilter ofDevice(UUID wanted) {
        return new AlertFilter(Optional.of(wanted), severities, statuses, text, since);
    }

    public AlertFilter withSeverities(Set<Severity> wanted) {
        return new AlertFilter(device, wanted, statuses, text, since);
    }

    public AlertFilter withStatuses(Set<AlertStatus> wanted) {
        return new AlertFilter(device, severities, wanted, text, since);
    }

    public AlertFilter withText(String wanted) {
        return new AlertFilter(device, severities, statuses, wanted, since);
    }

    public AlertFilter since(Instant wanted) {
        return new AlertFilter(device, severities, statuses, text, Optional.of(wanted));
    }
}
