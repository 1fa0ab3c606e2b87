package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Severity;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlertStatus;
import java.time.Instant;
import java.util.List;
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
 * @param directory of one directory, whichever of its devices shows them
 * @param came when they came for the first time, by our clock
 */
public record VendorAlertFilter(
        Optional<UUID> device,
        Set<Severity> severities,
        Set<VendorAlertStatus> statuses,
        String text,
        Optional<Instant> since,
        Optional<TenantId> directory,
        Came came) {

    /**
     * When they came for the first time, by our clock.
     *
     * @param from then or later
     * @param to before
     */
    public record Came(Optional<Instant> from, Optional<Instant> to) {

        /** At any time. */
        public static final Came ANY = new Came(Optional.empty(), Optional.empty());
    }

    /** All alerts. */
    public static final VendorAlertFilter ALL =
            new VendorAlertFilter(Optional.empty(), Set.of(), Set.of(), "", Optional.empty());

    /** Of any directory, whenever they came. */
    public VendorAlertFilter(
            Optional<UUID> device,
            Set<Severity> severities,
            Set<VendorAlertStatus> statuses,
            String text,
            Optional<Instant> since) {
        this(device, severities, statuses, text, since, Optional.empty(), Came.ANY);
    }

    public VendorAlertFilter {
        severities = Set.copyOf(severities);
        statuses = Set.copyOf(statuses);
        text = text.strip();
    }

    public VendorAlertFilter ofDevice(UUID wanted) {
        return new VendorAlertFilter(Optional.of(wanted), severities, statuses, text, since, directory, came);
    }

    public VendorAlertFilter withSeverities(Set<Severity> wanted) {
        return new VendorAlertFilter(device, wanted, statuses, text, since, directory, came);
    }

    public VendorAlertFilter withStatuses(Set<VendorAlertStatus> wanted) {
        return new VendorAlertFilter(device, severities, wanted, text, since, directory, came);
    }

    public VendorAlertFilter withText(String wanted) {
        return new VendorAlertFilter(device, severities, statuses, wanted, since, directory, came);
    }

    public VendorAlertFilter since(Instant wanted) {
        return new VendorAlertFilter(device, severities, statuses, text, Optional.of(wanted), directory, came);
    }

    /** The same of one directory. */
    public VendorAlertFilter ofDirectory(TenantId wanted) {
        return new VendorAlertFilter(device, severities, statuses, text, since, Optional.of(wanted), came);
    }

    /** The same that came from one moment until before another. */
    public VendorAlertFilter came(Instant from, Instant to) {
        return new VendorAlertFilter(
                device, severities, statuses, text, since, directory, new Came(Optional.of(from), Optional.of(to)));
    }

    /** The statuses as they are compared: Microsoft writes inProgress in one place and IN_PROGRESS in another. */
    List<String> statusKeys() {
        return statuses.stream().map(status -> status.name().replace("_", "")).toList();
    }

    /** Whether only severity, status and scope matter, so that kept counters say how many there are. */
    boolean isCounted() {
        return device.isEmpty() && text.isEmpty() && since.isEmpty();
    }
}
