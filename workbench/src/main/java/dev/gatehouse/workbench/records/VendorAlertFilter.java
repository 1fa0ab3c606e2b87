package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlertStatus;
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
public record VendorAlertFilter(
        Optional<UUID> device,
        Set<Severity> severities,
        Set<VendorAlertStatus> statuses,
        String text,
        Optional<Instant> since) {

    /** All alerts. */
    public static final VendorAlertFilter ALL =
            new VendorAlertFilter(Optional.empty(), Set.of(), Set.of(), "", Optional.empty());

    public VendorAlertFilter {
        severities = Set.copyOf(severities);
        statuses = Set.copyOf(statuses);
        text = text.strip();
    }

    public VendorAlertFilter ofDevice(UUID wanted) {
        return new VendorAlertFilter(Optional.of(wanted), severities, statuses, text, since);
    }

    public VendorAlertFilter withSeverities(Set<Severity> wanted) {
        return new VendorAlertFilter(device, wanted, statuses, text, since);
    }

    public VendorAlertFilter withStatuses(Set<VendorAlertStatus> wanted) {
        return new VendorAlertFilter(device, severities, wanted, text, since);
    }

    public VendorAlertFilter withText(String wanted) {
        return new VendorAlertFilter(device, severities, statuses, wanted, since);
    }

    public VendorAlertFilter since(Instant wanted) {
        return new VendorAlertFilter(device, severities, statuses, text, Optional.of(wanted));
    }
}
