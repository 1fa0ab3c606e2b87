package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.DeviceOwners.Owners;
import dev.gatehouse.workbench.devices.SharedApplications.Filled;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** What people do to a device: they add, change, disable and remove it. Polling follows at once. */
@Component
public class DeviceEditing {

    private final SecurityDevices devices;
    private final DeviceTable table;
    private final DeviceChecks checks;
    private final DeviceImport imports;
    private final SharedApplications applications;
    private final DeviceCredentials credentials;
    private final DeviceHistory history;
    private final DeviceOwners owners;
    private final Feeds feeds;
    private final Fence fence;
    private final ApplicationEventPublisher events;

    DeviceEditing(
            SecurityDevices devices,
            DeviceTable table,
            DeviceChecks checks,
            DeviceImport imports,
            SharedApplications applications,
            DeviceCredentials credentials,
            DeviceHistory history,
            DeviceOwners owners,
            Feeds feeds,
            Fence fence,
            ApplicationEventPublisher events) {
        this.devices = devices;
        this.table = table;
        this.checks = checks;
        this.imports = imports;
        this.applications = applications;
        this.credentials = credentials;
        this.history = history;
        this.owners = owners;
        this.feeds = feeds;
        this.fence = fence;
        this.events = events;
    }

    /**
     * What is wrong with a draft for a new device; empty when nothing is.
     *
     * @param scope what whoever typed it may see
     */
    public List<FieldProblem> check(Scope scope, DeviceDraft draft) {
        var filled = applications.fill(scope, draft);
        return check(scope, Optional.empty(), filled, look(scope, filled.draft()));
    }

    /** What is wrong with a draft for a change of a device; empty when nothing is. */
    public List<FieldProblem> check(Scope scope, UUID edited, DeviceDraft draft) {
        var filled = fill(scope, edited, draft);
        return check(scope, Optional.of(edited), filled, look(scope, filled.draft()));
    }

    /** A change that does not say what the device is leaves it what it is. */
    private Filled fill(Scope scope, UUID edited, DeviceDraft draft) {
        var kind = devices.find(scope, edited).map(SecurityDevice::kind).orElse(DeviceKind.USUAL);
        return applications.fill(
                scope, draft.isBlank(DeviceField.KIND) ? draft.with(DeviceField.KIND, kind.key()) : draft);
    }

    private Owners look(Scope scope, DeviceDraft draft) {
        return owners.look(scope, List.of(draft), false);
    }

    private List<FieldProblem> check(Scope scope, Optional<UUID> edited, Filled draft, Owners known) {
        return checks.check(
                draft,
                edited.flatMap(id -> devices.find(scope, id)),
                ConnectedIds.of(scope, devices.all(scope), edited),
                known);
    }

    /**
     * Adds a device and starts polling it.
     *
     * @param scope what whoever does it may see
     * @param actor who does it, for the history
     * @throws InvalidDevice when something is wrong with the draft
     */
    public SecurityDevice add(Scope scope, DeviceDraft draft, String actor) {
        return add(new DeviceImport.Order(scope, List.of(draft), false), actor);
    }

    /**
     * Adds the only device of an order and starts polling it.
     *
     * @throws InvalidDevice when something is wrong with the draft
     */
    public SecurityDevice add(DeviceImport.Order order, String actor) {
        return switch (imports.put(order, actor).getFirst()) {
            case DeviceImport.Result.Added added -> {
                events.publishEvent(new DeviceChanged(added.device()));
                yield devices.require(Scope.everything(), added.device());
            }
            case DeviceImport.Result.Exists(var problems) -> throw new InvalidDevice(problems, true);
            case DeviceImport.Result.Ready(var problems) -> throw new InvalidDevice(problems);
            case DeviceImport.Result.Refused(var problems) -> throw new InvalidDevice(problems);
        };
    }

    /**
     * Changes a device; a blank secret leaves the one we have. Polling starts anew with what was changed.
     *
     * @param scope what whoever does it may see
     * @param actor who does it, for the history
     * @throws InvalidDevice when something is wrong with the draft
     * @throws NoSuchDevice when the device was removed
     */
    public SecurityDevice update(Scope scope, UUID id, DeviceDraft draft, String actor) {
        return update(scope, id, Optional.empty(), draft, actor);
    }

    /**
     * Changes a device as long as it is as somebody has seen it.
     *
     * @param seen when the device that they saw was last changed
     * @throws ChangedMeanwhile when it was changed after that
     * @throws InvalidDevice when something is wrong with the draft
     * @throws NoSuchDevice when the device was removed
     */
    public SecurityDevice update(Scope scope, UUID id, Optional<Instant> seen, DeviceDraft typed, String actor) {
        var device = devices.require(scope, id);
        refuseOutdated(device, seen);
        var filled = fill(scope, id, typed);
        var draft = filled.draft();
        var known = look(scope, draft);
        var problems = check(scope, Optional.of(id), filled, known);
        if (problems.stream().anyMatch(FieldProblem::isError)) {
            throw new InvalidDevice(problems, isConnectedAlready(scope, id, draft, problems));
        }
        try {
            fence.run(() -> {
                table.lock(id);
                var before = devices.require(Scope.everything(), id);
                refuseOutdated(before, seen);
                change(before, draft, known, actor);
            });
        } catch (DuplicateKeyException e) {
            throw new InvalidDevice(
                    List.of(DeviceChecks.connectedMeanwhile(
                            draft.text(DeviceField.DIRECTORY_ID).strip())),
                    true);
        }
        events.publishEvent(new DeviceChanged(id));
        return devices.require(Scope.everything(), id);
    }

    private void refuseOutdated(SecurityDevice device, Optional<Instant> seen) {
        if (seen.isPresent() && !seen.get().equals(device.updatedAt())) {
            throw new ChangedMeanwhile(history.of(Scope.everything(), device.id()).stream()
                    .filter(entry -> entry.at().isAfter(seen.get()))
                    .toList());
        }
    }

    private boolean isConnectedAlready(Scope scope, UUID id, DeviceDraft draft, List<FieldProblem> problems) {
        return DeviceImport.isConnectedAlready(
                draft, problems, ConnectedIds.of(scope, devices.all(scope), Optional.of(id)));
    }

    private void change(SecurityDevice before, DeviceDraft draft, Owners known, String actor) {
        var id = before.id();
        var directory = TenantId.parse(draft.text(DeviceField.DIRECTORY_ID));
        if (!owners.claim(Map.of(directory, known.of(draft))).isEmpty()) {
            throw new InvalidDevice(List.of(DeviceOwners.takenMeanwhile(directory)));
        }
        table.update(id, draft);
        credentials.changeExpiry(before, draft);
        var after = devices.require(Scope.everything(), id);
        history.remember(id, "UPDATED", DeviceHistory.changes(before, after), actor);
        credentials.change(before, after, draft, actor);
        feeds.forgetTrouble(after.directory());
    }

    /**
     * Removes a device. What came from its directory stays; the directory is read on when another device is there for it.
     *
     * @throws NoSuchDevice when it was removed already
     */
    public void remove(UUID id, String actor) {
        var device = devices.require(Scope.everything(), id);
        fence.run(() -> {
            table.delete(id);
            history.remember(id, "DELETED", "Removed '%s'; its vendor alerts stay".formatted(device.name()), actor);
        });
        events.publishEvent(new DeviceChanged(id));
    }

    /**
     * Switches polling of a device on or off.
     *
     * @throws NoSuchDevice when it was removed
     */
    public SecurityDevice setEnabled(UUID id, boolean enabled, String actor) {
        devices.require(Scope.everything(), id);
        fence.run(() -> {
            table.setEnabled(id, enabled);
            history.remember(
                    id,
                    enabled ? "ENABLED" : "DISABLED",
                    enabled ? "Polling switched on" : "Polling switched off",
                    actor);
        });
        events.publishEvent(new DeviceChanged(id));
        return devices.require(Scope.everything(), id);
    }

    /** Asks for a device's feeds to be polled now, except those that Microsoft told us to leave alone. */
    public void pollNow(UUID id) {
        events.publishEvent(
                new PollRequested(devices.require(Scope.everything(), id).directory()));
    }
}
