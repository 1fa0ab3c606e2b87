package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.SecurityDevices.Judged;
import dev.gatehouse.workbench.devices.Stage.Status;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.TenantWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notices when a device becomes healthy or unhealthy, in the process that reads its tenant, and tells it once. A device that goes up
 * and down tells little: unhealthy is told when it has lasted for {@link #UNHEALTHY_AFTER}, and healthy again when it has lasted for
 * {@link #HEALTHY_AFTER}. What is not known, as of a device that is switched off, changes nothing.
 *
 * <p>All devices are judged together, at most every {@link #PICTURE}, however many tenants this process reads.
 */
@Component
class DeviceHealthNews implements TenantWork {

    static final Duration UNHEALTHY_AFTER = Duration.ofMinutes(5);

    /** Longer than it takes until a feed that has stopped again is noticed. */
    static final Duration HEALTHY_AFTER = Duration.ofMinutes(30);

    private static final Duration PICTURE = Duration.ofSeconds(30);

    private final SecurityDevices devices;
    private final Contents contents;
    private final Outbox outbox;
    private final DeliverySignal signal;
    private final JdbcClient database;
    private final Fence fence;
    private final InstantSource clock;

    private @Nullable Picture picture;

    DeviceHealthNews(
            SecurityDevices devices,
            Contents contents,
            Outbox outbox,
            DeliverySignal signal,
            JdbcClient database,
            Fence fence,
            InstantSource clock) {
        this.devices = devices;
        this.contents = contents;
        this.outbox = outbox;
        this.signal = signal;
        this.database = database;
        this.fence = fence;
        this.clock = clock;
    }

    /**
     * What was told of a device, and what it has been since.
     *
     * @param wasHealthy whether it was ever told to be
     */
    private record Known(Optional<Status> told, boolean wasHealthy, Status seen, Instant since) {}

    /** How all devices are, at some moment. */
    private record Picture(Instant at, Map<TenantId, List<Judged>> judged, Map<UUID, Known> known) {}

    @Override
    public List<DeviceHealthLoop> loopsFor(TenantId tenant) {
        return List.of(new DeviceHealthLoop(tenant, this, RandomGenerator.getDefault()));
    }

    private static final String KNOWN = "select device_id, told, was_healthy, seen, seen_since from device_health_told";

    // One at a time, so that many loops that look at the same moment ask once.
    private synchronized Picture picture() {
        var now = clock.instant();
        var present = picture;
        if (present != null && now.isBefore(present.at().plus(PICTURE)) && !now.isBefore(present.at())) {
            return present;
        }
        var judged = devices.judged(Scope.everything()).stream()
                .collect(Collectors.groupingBy(one -> one.device().directory()));
        var known = database
                .sql(KNOWN)
                .query((row, number) -> Map.entry(row.getObject("device_id", UUID.class), known(row)))
                .list()
                .stream()
                .collect(Collectors.toConcurrentMap(Map.Entry::getKey, Map.Entry::getValue));
        var taken = new Picture(now, judged, known);
        picture = taken;
        return taken;
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                Optional.ofNullable(row.getString("told")).map(Status::valueOf),
                row.getBoolean("was_healthy"),
                Status.valueOf(row.getString("seen")),
                Columns.instant(row, "seen_since"));
    }

    /** Looks at the devices of a tenant, and tells what has become of them. */
    void look(TenantId tenant) {
        var present = picture();
        for (var one : present.judged().getOrDefault(tenant, List.of())) {
            var known = Optional.ofNullable(present.known().get(one.device().id()));
            var status = one.health().status();
            if (status != Status.UNKNOWN && isNews(known, status, clock.instant())) {
                note(present, one.device(), one.health());
            }
        }
    }

    /** Whether something is to be written down: that it has changed, or that the change has lasted. */
    private static boolean isNews(Optional<Known> known, Status status, Instant now) {
        return known.isEmpty() || known.get().seen() != status || isToBeTold(known.get(), status, now);
    }

    private static boolean isToBeTold(Known known, Status status, Instant now) {
        var lasting = status == Status.UNHEALTHY ? UNHEALTHY_AFTER : known.wasHealthy() ? HEALTHY_AFTER : Duration.ZERO;
        return known.seen() == status
                && known.told().filter(status::equals).isEmpty()
                && !now.isBefore(known.since().plus(lasting));
    }

    private static final String LOCK = KNOWN + " where device_id = :device for update";

    private void note(Picture present, SecurityDevice device, DeviceHealth health) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var status = health.status();
        var noted = fence.write(() -> {
            var known = database.sql(LOCK)
                    .param("device", device.id())
                    .query((row, number) -> known(row))
                    .optional();
            var since = known.filter(before -> before.seen() == status)
                    .map(Known::since)
                    .orElse(now);
            var seen = new Known(
                    known.flatMap(Known::told), known.filter(Known::wasHealthy).isPresent(), status, since);
            if (!isToBeTold(seen, status, now)) {
                put(device, seen, now);
                return new Noted(seen, false);
            }
            var told = new Known(Optional.of(status), seen.wasHealthy() || status == Status.HEALTHY, status, since);
            put(device, told, now);
            return new Noted(
                    told,
                    outbox.write(List.of(contents.of(
                            event(seen, status),
                            device,
                            health,
                            seen.told().map(Status::key).orElse(""),
                            now))));
        });
        present.known().put(device.id(), noted.known());
        if (noted.isTold()) {
            signal.wake();
        }
    }

    private record Noted(Known known, boolean isTold) {}

    private static EventName event(Known before, Status status) {
        if (status == Status.UNHEALTHY) {
            return EventName.SECURITY_DEVICE_UNHEALTHY;
        }
        return before.wasHealthy() ? EventName.SECURITY_DEVICE_HEALTHY : EventName.SECURITY_DEVICE_FIRST_HEALTHY;
    }

    private static final String PUT = """
            insert into device_health_told (device_id, tenant_id, told, was_healthy, told_at, seen, seen_since)
            values (:device, :tenant, :told, :wasHealthy, case when :told::text is not null then :now::timestamptz end, :seen, :since)
            on conflict (device_id) do update set
                told = excluded.told, was_healthy = excluded.was_healthy, seen = excluded.seen, seen_since = excluded.seen_since,
                told_at = case when excluded.told is distinct from device_health_told.told then :now
                               else device_health_told.told_at end
            """;

    private void put(SecurityDevice device, Known known, Instant now) {
        database.sql(PUT)
                .param("device", device.id())
                .param("tenant", device.directory().value())
                .param("told", known.told().map(Status::name).orElse(null), Types.VARCHAR)
                .param("wasHealthy", known.wasHealthy())
                .param("seen", known.seen().name())
                .param("since", Columns.timestamp(known.since()))
                .param("now", Columns.timestamp(now))
                .update();
    }
}
