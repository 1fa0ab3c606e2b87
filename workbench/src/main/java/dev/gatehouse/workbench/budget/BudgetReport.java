package dev.gatehouse.workbench.budget;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells people how the budgets of all devices are used. */
@Component
public class BudgetReport {

    private final Budgets budgets;
    private final SecurityDevices devices;
    private final Ledger ledger;
    private final InstantSource clock;

    private record Key(TenantId tenant, Lane lane) {}

    BudgetReport(Budgets budgets, SecurityDevices devices, Ledger ledger, InstantSource clock) {
        this.budgets = budgets;
        this.devices = devices;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Both lanes of every device, by the device's name. */
    public List<DeviceUsage> all(Scope scope) {
        return usages(scope, devices.all(scope), Optional.empty());
    }

    /**
     * A part of the devices with a text in their name, by name, and both lanes of each.
     *
     * @param devices the part
     * @param usages two for each of its devices
     */
    public record Part(Slice<SecurityDevice> devices, List<DeviceUsage> usages) {

        public Part {
            usages = List.copyOf(usages);
        }
    }

    /**
     * A part of the devices with a text in their name.
     *
     * @param text in any case; empty for all
     * @param offset how many devices to skip
     * @param limit how many devices to give at most
     */
    public Part part(Scope scope, String text, int offset, int limit) {
        var wanted = text.toLowerCase(Locale.ROOT);
        var fitting = devices.all(scope).stream()
                .filter(device -> device.name().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        var rows = fitting.stream().skip(offset).limit(limit).toList();
        return new Part(new Slice<>(rows, offset, fitting.size()), usages(scope, rows, Optional.empty()));
    }

    /** Both lanes of a device; none when there is no such device. */
    public List<DeviceUsage> of(Scope scope, UUID device) {
        return usages(
                scope,
                devices.find(scope, device).stream().toList(),
                devices.find(scope, device).map(SecurityDevice::directory));
    }

    private List<DeviceUsage> usages(Scope scope, Collection<SecurityDevice> wanted, Optional<TenantId> only) {
        Map<Key, Long> lastHour = new HashMap<>();
        ledger.requestsSince(scope, clock.instant().minus(Duration.ofHours(1)), only)
                .forEach(requests -> lastHour.merge(
                        new Key(requests.tenant(), Lane.of(requests.feed())), requests.count(), Long::sum));
        return wanted.stream()
                .flatMap(device -> budgets.usage(device.directory()).stream()
                        .map(usage -> new DeviceUsage(
                                device, usage, lastHour.getOrDefault(new Key(device.directory(), usage.lane()), 0L))))
                .toList();
    }
}
