package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<TenantId, Open> opened = new ConcurrentHashMap<>();
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

    /**
     * Devices that were not removed with a text in their name or location, or with exactly that id, Directory ID or Application
     * ID; the shortest name first.
     */
    public List<SecurityDevice> search(Scope scope, String text, int limit) {
        return table.search(scope, text.strip(), limit);
    }

    /**
     * What a device is called.
     *
     * @param id of it
     * @param name as it is called now
     */
    public record Named(UUID id, String name) {}

    /**
     * Devices that were not removed, by name.
     *
     * @param part of the name, in any case; empty for all
     * @param limit how many to give at most
     */
    public List<Named> named(Scope scope, String part, int limit) {
        return table.named(scope, part, limit);
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

    /** The devices of a directory that were not removed, the first one first. */
    public List<SecurityDevice> of(Scope scope, TenantId tenant) {
        return table.of(scope, tenant);
    }

    /** The kinds of the devices of a tenant, disabled ones included. */
    public Set<DeviceKind> kindsOf(TenantId tenant) {
        return table.of(Scope.everything(), tenant).stream()
                .map(SecurityDevice::kind)
                .collect(Collectors.toSet());
    }

    /** How a tenant is to be read now; empty when none of its devices is enabled. */
    public Optional<ReadAccess> accessTo(TenantId tenant) {
        return accessTo(List.of(tenant)).getOrDefault(tenant, Optional.empty());
    }

    /**
     * The same for some tenants. What was opened stays open until a device of the tenant
     * or the key of the secrets is changed, whoever does that.
     */
    public Map<TenantId, Optional<ReadAccess>> accessTo(Collection<TenantId> tenants) {
        var editions = table.editions(tenants);
        var ofKey = credentials.edition();
        editions.replaceAll((tenant, edition) -> edition + " " + ofKey);
        opened.keySet().removeIf(tenant -> tenants.contains(tenant) && !editions.containsKey(tenant));
        var accesses = new HashMap<TenantId, Optional<ReadAccess>>();
        editions.forEach((tenant, edition) -> {
            var known = opened.get(tenant);
            if (known == null || !known.edition().equals(edition)) {
                known = new Open(edition, open(tenant));
                opened.put(tenant, known);
            }
            accesses.put(tenant, known.access());
        });
        return accesses;
    }

    /** How a tenant was to be read when its devices were of that edition. */
    private record Open(String edition, Optional<ReadAccess> access) {}

    private Optional<ReadAccess> open(TenantId tenant) {
        return Reader.among(table.of(Scope.everything(), tenant))
                .map(reader -> switch (credentials.of(reader.device())) {
                    case Credentials.Usable(var connection) -> new ReadAccess.Usable(connection, reader.kinds());
                    case Credentials.Unusable(var diagnosis) -> new ReadAccess.Unusable(diagnosis);
                });
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
        var device = require(scope, id);
        return judge(device, feeds.of(device.directory()));
    }

    /**
     * A device and how it is doing.
     *
     * @param device which one
     * @param health how it is
     */
    public record Judged(SecurityDevice device, DeviceHealth health) {}

    /** All devices that were not removed and how they are doing, by name. */
    public List<Judged> judged(Scope scope) {
        var devices = all(scope);
        var read = scope instanceof Scope.Everything
                ? feeds.all()
                : feeds.of(devices.stream().map(SecurityDevice::directory).collect(Collectors.toSet()));
        var states = read.stream().collect(Collectors.groupingBy(FeedState::tenant));
        return devices.stream()
                .map(device -> new Judged(device, judge(device, states.getOrDefault(device.directory(), List.of()))))
                .toList();
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
