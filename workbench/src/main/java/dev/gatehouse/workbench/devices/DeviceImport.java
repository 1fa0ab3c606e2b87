package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.secrets.Vault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds many devices with two statements. What is wrong with one keeps no other from being added. */
@Component
public class DeviceImport {

    private final SecurityDevices devices;
    private final DeviceChecks checks;
    private final Clouds clouds;
    private final Organizations organizations;
    private final Vault vault;
    private final JdbcClient database;
    private final Fence fence;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    DeviceImport(
            SecurityDevices devices,
            DeviceChecks checks,
            Clouds clouds,
            Organizations organizations,
            Vault vault,
            JdbcClient database,
            Fence fence,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.devices = devices;
        this.checks = checks;
        this.clouds = clouds;
        this.organizations = organizations;
        this.vault = vault;
        this.database = database;
        this.fence = fence;
        this.events = events;
        this.clock = clock;
    }

    /** What becomes of one draft. */
    public sealed interface Result {

        /** What was noticed about the draft: errors and warnings. */
        List<FieldProblem> problems();

        /** It was added. */
        record Added(UUID device, List<FieldProblem> problems) implements Result {}

        /** It would be added. */
        record Ready(List<FieldProblem> problems) implements Result {}

        /** Nothing is wrong with it but that a device with its directory is there already. */
        record Exists(List<FieldProblem> problems) implements Result {}

        /** It is not added until its errors are mended. */
        record Refused(List<FieldProblem> problems) implements Result {}
    }

    /** Checks drafts without adding any; a result for each, in their order. */
    public List<Result> check(List<DeviceDraft> drafts) {
        var known = ConnectedIds.of(devices.all(), Optional.empty());
        return drafts.stream().map(draft -> check(draft, known)).toList();
    }

    private Result check(DeviceDraft draft, ConnectedIds known) {
        var problems = checks.check(draft, Optional.empty(), known);
        var errors = problems.stream().filter(FieldProblem::isError).toList();
        if (errors.isEmpty()) {
            known.add(
                    TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)),
                    ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID)),
                    draft.text(DeviceField.NAME));
            return new Result.Ready(problems);
        }
        var isConnected = errors.stream().allMatch(error -> error.field().equals(DeviceField.DIRECTORY_ID.key()))
                && directory(draft).flatMap(known::deviceOf).isPresent();
        return isConnected ? new Result.Exists(problems) : new Result.Refused(problems);
    }

    private static Optional<TenantId> directory(DeviceDraft draft) {
        try {
            return Optional.of(TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Adds all drafts that nothing is wrong with, and starts polling them; a result for each draft, in their order.
     *
     * @param actor who does it, for the history
     */
    public List<Result> add(List<DeviceDraft> drafts, String actor) {
        var results = new ArrayList<>(check(drafts));
        var rows = new ArrayList<Row>();
        for (var index = 0; index < results.size(); index++) {
            if (results.get(index) instanceof Result.Ready) {
                rows.add(row(index, drafts.get(index)));
            }
        }
        if (rows.isEmpty()) {
            return List.copyOf(results);
        }
        var inserted = fence.write(() -> insert(rows, actor));
        for (var row : rows) {
            results.set(
                    row.index(),
                    inserted.contains(row.id())
                            ? new Result.Added(
                                    row.id(), results.get(row.index()).problems())
                            : new Result.Exists(List.of(DeviceChecks.connectedMeanwhile(
                                    row.directory().toString()))));
        }
        if (!inserted.isEmpty()) {
            events.publishEvent(new DevicesAdded(List.copyOf(inserted)));
        }
        return List.copyOf(results);
    }

    /** A device as it stands in the table. */
    private record Row(
            int index,
            UUID id,
            String name,
            String location,
            UUID directory,
            UUID application,
            String cloud,
            Sealed credential) {}

    /** What it signs in with, sealed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sealed(
            String kind,
            byte[] secret,
            @Nullable String key,
            @Nullable Object expires) {

        @Override
        public String toString() {
            return kind;
        }
    }

    private Row row(int index, DeviceDraft draft) {
        var id = UUID.randomUUID();
        var credential = draft.credential();
        return new Row(
                index,
                id,
                draft.text(DeviceField.NAME),
                draft.text(DeviceField.LOCATION),
                TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)).value(),
                ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID)).value(),
                clouds.named(draft.text(DeviceField.CLOUD)).orElseThrow().name(),
                new Sealed(
                        DeviceCredential.Kind.of(credential).key(),
                        vault.seal(credential, id),
                        draft.credentialId(),
                        Columns.optionalTimestamp(draft.expires())));
    }

    private static final String INSERT = """
            insert into security_device (id, name, location, directory_id, application_id, cloud,
                                         credential, sealed_secret, credential_id, credential_expires_at,
                                         created_at, updated_at)
            select device.*, :now, :now
            from unnest(:ids::uuid[], :names::text[], :locations::text[], :directories::uuid[], :applications::uuid[],
                        :clouds::text[], :kinds::text[], :secrets::bytea[], :keys::text[], :expiries::timestamptz[]) device
            on conflict do nothing
            returning id
            """;

    private static final String REMEMBER = """
            insert into security_device_history (device_id, action, detail, actor, at)
            select id, 'CREATED', format('Added as ''%s''', name), :actor, created_at
            from security_device where id = any (:ids::uuid[])
            """;

    private Set<UUID> insert(List<Row> rows, String actor) {
        organizations.claimNew(
                rows.stream().map(Row::directory).map(TenantId::new).toList(),
                organizations.byDefault().id());
        var inserted = database.sql(INSERT)
                .param("ids", texts(rows, Row::id))
                .param("names", texts(rows, Row::name))
                .param("locations", texts(rows, Row::location))
                .param("directories", texts(rows, Row::directory))
                .param("applications", texts(rows, Row::application))
                .param("clouds", texts(rows, Row::cloud))
                .param("kinds", texts(rows, row -> row.credential().kind()))
                .param(
                        "secrets",
                        rows.stream().map(row -> row.credential().secret()).toArray(byte[][]::new))
                .param("keys", texts(rows, row -> row.credential().key()))
                .param("expiries", texts(rows, row -> row.credential().expires()))
                .param("now", Columns.timestamp(clock.instant()))
                .query((row, number) -> row.getObject("id", UUID.class))
                .set();
        database.sql(REMEMBER)
                .param("actor", actor)
                .param("ids", inserted.stream().map(UUID::toString).toArray(String[]::new))
                .update();
        return inserted;
    }

    private static @Nullable String[] texts(List<Row> rows, Function<Row, @Nullable Object> column) {
        return rows.stream()
                .map(column)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }
}
