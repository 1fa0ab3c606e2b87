package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.DeviceOwners.Owner;
import dev.gatehouse.workbench.devices.DeviceOwners.Owners;
import dev.gatehouse.workbench.devices.DeviceTable.NewDevice;
import dev.gatehouse.workbench.devices.SharedApplications.Filled;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Adds many devices with two statements. What is wrong with one keeps no other from being added. */
@Component
public class DeviceImport {

    private final DeviceTable table;
    private final DeviceChecks checks;
    private final SharedApplications applications;
    private final Feeds feeds;
    private final DeviceHistory history;
    private final DeviceOwners owners;
    private final Fence fence;
    private final ApplicationEventPublisher events;

    DeviceImport(
            DeviceTable table,
            DeviceChecks checks,
            SharedApplications applications,
            Feeds feeds,
            DeviceHistory history,
            DeviceOwners owners,
            Fence fence,
            ApplicationEventPublisher events) {
        this.table = table;
        this.checks = checks;
        this.applications = applications;
        this.feeds = feeds;
        this.history = history;
        this.owners = owners;
        this.fence = fence;
        this.events = events;
    }

    /** What becomes of one draft. */
    public sealed interface Result {

        /** What was noticed about the draft: errors and warnings. */
        List<FieldProblem> problems();

        /** It was added. */
        record Added(UUID device, List<FieldProblem> problems) implements Result {}

        /** It would be added. */
        record Ready(List<FieldProblem> problems) implements Result {}

        /** Nothing is wrong with it but that a device of its kind with its directory is there already. */
        record Exists(List<FieldProblem> problems) implements Result {}

        /** It is not added until its errors are mended. */
        record Refused(List<FieldProblem> problems) implements Result {}
    }

    /**
     * What is to be added.
     *
     * @param scope what whoever asks may see
     * @param drafts as they were typed
     * @param createsOrganizations whether an organization that is named and not there is made
     */
    public record Order(Scope scope, List<DeviceDraft> drafts, boolean createsOrganizations) {

        public Order {
            drafts = List.copyOf(drafts);
        }
    }

    /** Checks drafts without adding any; a result for each, in their order. */
    public List<Result> check(Order order) {
        var filled = fill(order);
        return check(order, filled, look(order, filled));
    }

    private List<Filled> fill(Order order) {
        return applications.fill(order.scope(), order.drafts());
    }

    private Owners look(Order order, List<Filled> drafts) {
        return owners.look(order.scope(), drafts.stream().map(Filled::draft).toList(), order.createsOrganizations());
    }

    private List<Result> check(Order order, List<Filled> drafts, Owners known) {
        var ids = ConnectedIds.of(order.scope(), table.all(order.scope()), Optional.empty());
        return drafts.stream().map(draft -> check(draft, ids, known)).toList();
    }

    private Result check(Filled filled, ConnectedIds ids, Owners known) {
        var draft = filled.draft();
        var problems = checks.check(filled, Optional.empty(), ids, known);
        if (problems.stream().noneMatch(FieldProblem::isError)) {
            ids.add(draft);
            return new Result.Ready(problems);
        }
        return isConnectedAlready(draft, problems, ids) ? new Result.Exists(problems) : new Result.Refused(problems);
    }

    /** Whether nothing is wrong but that another device has the directory. */
    static boolean isConnectedAlready(DeviceDraft draft, List<FieldProblem> problems, ConnectedIds ids) {
        return problems.stream().filter(FieldProblem::isError).allMatch(error -> error.field()
                        .equals(DeviceField.DIRECTORY_ID.key()))
                && DeviceChecks.directory(draft)
                        .flatMap(directory -> draft.kind().flatMap(kind -> ids.deviceOf(directory, kind)))
                        .isPresent();
    }

    /**
     * Adds all drafts that nothing is wrong with, and starts polling them; a result for each draft, in their order.
     *
     * @param actor who does it, for the history
     */
    public List<Result> add(Order order, String actor) {
        var results = put(order, actor);
        var added = results.stream()
                .filter(Result.Added.class::isInstance)
                .map(result -> ((Result.Added) result).device())
                .toList();
        if (!added.isEmpty()) {
            events.publishEvent(new DevicesAdded(added));
        }
        return results;
    }

    /** Does the same, and leaves it to the caller to tell others. */
    List<Result> put(Order order, String actor) {
        var filled = fill(order);
        var known = look(order, filled);
        var results = new ArrayList<>(check(order, filled, known));
        var additions = new LinkedHashMap<Integer, NewDevice>();
        for (var index = 0; index < results.size(); index++) {
            if (results.get(index) instanceof Result.Ready) {
                additions.put(
                        index,
                        new NewDevice(UUID.randomUUID(), filled.get(index).draft()));
            }
        }
        if (additions.isEmpty()) {
            return List.copyOf(results);
        }
        var written = fence.write(() -> insert(List.copyOf(additions.values()), known, actor));
        additions.forEach((index, device) ->
                results.set(index, written.of(device, results.get(index).problems())));
        return List.copyOf(results);
    }

    /** What the database made of it: somebody may have been quicker. */
    private record Written(Set<UUID> inserted, Set<TenantId> lost) {

        Result of(NewDevice device, List<FieldProblem> problems) {
            if (lost.contains(device.directory())) {
                return new Result.Refused(List.of(DeviceOwners.takenMeanwhile(device.directory())));
            }
            return inserted.contains(device.id())
                    ? new Result.Added(device.id(), problems)
                    : new Result.Exists(List.of(
                            DeviceChecks.connectedMeanwhile(device.directory().toString())));
        }
    }

    private Written insert(List<NewDevice> additions, Owners known, String actor) {
        var claims = new LinkedHashMap<TenantId, Owner>();
        additions.forEach(device -> claims.put(device.directory(), known.of(device.draft())));
        var lost = owners.claim(claims);
        var inserted = table.insert(additions.stream()
                .filter(device -> !lost.contains(device.directory()))
                .toList());
        feeds.forgetTroubleOfNewReaders(inserted);
        history.remember(
                "CREATED",
                additions.stream()
                        .filter(device -> inserted.contains(device.id()))
                        .collect(Collectors.toMap(
                                NewDevice::id, device -> "Added as '%s'".formatted(device.text(DeviceField.NAME)))),
                actor);
        return new Written(inserted, lost);
    }
}
