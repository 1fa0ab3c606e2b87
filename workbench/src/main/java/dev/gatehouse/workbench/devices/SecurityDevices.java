package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The security devices as they are and how they are doing. {@link DeviceEditing} adds and changes them, {@link DeviceImport}
 * adds many, {@link DeviceHistory} knows who did what.
 */
@Component
public class SecurityDevices {

    private final DeviceTable table;
    private final DeviceCredentials credentials;
    private final Feeds feeds;
    private final InstantSource clock;
    private final Settings settings;
    private final Instant startedAt;

    SecurityDevices(
            DeviceTable table, DeviceCredentials credentials, Feeds feeds, InstantSource clock, Settings settings) {
        this.table = table;
        this.credentials = credentials;
        this.feeds = feeds;
        this.clock = clock;
        this.settings = settings;
        this.startedAt = clock.instant();
    }

    /** All devices that were not removed, by name. */
    public List<SecurityDevice> all(Scope scope) {
        return table.all(scope);
    }

    /** The device with that id, unless it was removed. */
    public Optional<SecurityDevice> find(Scope scope, UUID id) {
        return table.find(scope, id);
    }

    /**
     * The device with that id.
     *
     * @throws NoSuchDevice when it was removed, or never was
     */
    public SecurityDevice require(Scope scope, UUID id) {
        return find(scope, id).orElseThrow(() -> new NoSuchDevice(id));
    }

    /** Whether a device reads that directory, and goes on doing so until the transaction of this thread ends. */
    public boolean keepsReading(UUID device, TenantId tenant) {
        return table.keepsReading(device, tenant);
    }

    /**
     * What a device connects with.
     *
     * @throws NoSuchDevice when it was removed
     */
    public Credentials credentials(UUID id) {
        return credentials.of(require(Scope.everything(), id));
    }

    /**
     * How a device is doing.
     *
     * @throws NoSuchDevice when it was removed
     */
    public DeviceHealth health(Scope scope, UUID id) {
        return judge(require(scope, id), feeds.of(id));
    }

    /** How all devices are doing, by device id, in the order of {@link #all}. */
    public Map<UUID, DeviceHealth> healths(Scope scope) {
        var states = feeds.all().stream().collect(Collectors.groupingBy(FeedState::device));
        var healths = new LinkedHashMap<UUID, DeviceHealth>();
        for (var device : all(scope)) {
            healths.put(device.id(), judge(device, states.getOrDefault(device.id(), List.of())));
        }
        return Collections.unmodifiableMap(healths);
    }

    private DeviceHealth judge(SecurityDevice device, List<FeedState> states) {
        return DeviceHealth.judge(
                device,
                states.stream().collect(Collectors.toMap(FeedState::feed, Function.identity())),
                settings.poll(),
                startedAt,
                clock.instant());
    }
}
