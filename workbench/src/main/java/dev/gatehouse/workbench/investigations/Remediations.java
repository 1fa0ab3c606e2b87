package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationEvent.Change;
import dev.gatehouse.workbench.investigations.InvestigationTable.Inside;
import dev.gatehouse.workbench.investigations.RemediationAction.Asset;
import dev.gatehouse.workbench.investigations.RemediationAction.AssetType;
import dev.gatehouse.workbench.investigations.RemediationAction.Said;
import dev.gatehouse.workbench.investigations.RemediationAction.Status;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has to be done about investigations, and to which accounts, hosts and addresses. */
@Component
public class Remediations {

    static final int MOST = 200;
    static final int MOST_ASSETS = 500;

    private static final String TABLE = "remediation_action";
    private static final String ASSETS = "remediation_asset";

    private final JdbcClient database;
    private final InvestigationTable investigations;

    Remediations(JdbcClient database, InvestigationTable investigations) {
        this.database = database;
        this.investigations = investigations;
    }

    /** A thing that something is to be done to, before it has an id. */
    public record NewAsset(AssetType type, String value) {}

    private static final String OF = """
            select r.* from remediation_action r
            where r.investigation_id = :investigation and r.deleted_at is null and {scope}
            order by r.created_at, r.id
            """;

    private static final String ASSETS_OF = """
            select a.* from remediation_asset a join remediation_action r on r.id = a.remediation_action_id
            where r.investigation_id = :investigation and r.deleted_at is null and {scope}
            order by a.asset_type, a.value
            """;

    /** Those of an investigation, oldest first. */
    public List<RemediationAction> of(Scope scope, UUID investigation) {
        var assets = new HashMap<UUID, List<Asset>>();
        Within.organization(scope, database, ASSETS_OF, "a.organization_id")
                .param("investigation", investigation)
                .query(row -> {
                    assets.computeIfAbsent(row.getObject("remediation_action_id", UUID.class), id -> new ArrayList<>())
                            .add(new Asset(
                                    row.getObject("id", UUID.class),
                                    AssetType.valueOf(row.getString("asset_type")),
                                    row.getString("value"),
                                    row.getString("status").equals("COMPLETED")));
                });
        return Within.organization(scope, database, OF, "r.organization_id")
                .param("investigation", investigation)
                .query((row, number) -> action(row, assets))
                .list();
    }

    private static RemediationAction action(ResultSet row, Map<UUID, List<Asset>> assets) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new RemediationAction(
                id,
                RemediationAction.Type.valueOf(row.getString("action_type")),
                Status.valueOf(row.getString("status")),
                new Said(row.getString("title"), row.getString("detail"), row.getString("comment")),
                Row.assignee(row),
                assets.getOrDefault(id, List.of()),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "completed_at"),
                row.getInt("revision"));
    }

    private static final String INVESTIGATION_OF = """
            select r.investigation_id from remediation_action r where r.id = :id and r.deleted_at is null and {scope}
            """;

    /** The investigation that a remediation is a part of. */
    public Optional<UUID> investigationOf(Scope scope, UUID id) {
        return Within.organization(scope, database, INVESTIGATION_OF, "r.organization_id")
                .param("id", id)
                .query(UUID.class)
                .optional();
    }

    /**
     * Recommends something.
     *
     * @param typed with a blank title: what the type is called
     * @throws InvalidInvestigationChange when something is too long, or too many
     */
    public UUID add(
            Scope scope,
            Actor actor,
            UUID investigation,
            RemediationAction.Type type,
            Said typed,
            Optional<Actor> assignee,
            Collection<NewAsset> newAssets) {
        var said = typed.title().isBlank() ? new Said(type.title(), typed.detail(), typed.comment()) : typed;
        check(said, newAssets);
        return investigations.inside(scope, investigation, inside -> {
            if (of(scope, investigation).size() >= MOST) {
                throw new InvalidInvestigationChange("title", "%d are the most.".formatted(MOST));
            }
            var id = UUID.randomUUID();
            Row.insert(
                    database,
                    TABLE,
                    List.of(said(new Row(id), said)
                            .assignee(assignee)
                            .set("organization_id", inside.organization())
                            .set("investigation_id", investigation)
                            .set("action_type", type.name())
                            .set("status", Status.IN_PROGRESS.name())
                            .set("created_by", actor.name())
                            .set("created_at", inside.now())
                            .set("updated_at", inside.now())
                            .set("revision", 0)));
            var changes = new ArrayList<>(InvestigationEvent.changes(Map.of(), said.values()));
            changes.add(new Change("action_type", "", type.name()));
            assignee.ifPresent(to -> changes.add(new Change("assignee", "", to.name())));
            changes.addAll(insert(inside, id, newAssets));
            note(inside, actor, id, HistoryAction.CREATED, said, 0, changes);
            return id;
        });
    }

    private static void check(Said said, Collection<NewAsset> assets) {
        var texts = new Texts()
                .required("title", "The title", said.title(), Texts.LINE)
                .optional("detail", "The text", said.detail(), Texts.MARKDOWN)
                .optional("comment", "The comment", said.comment(), Texts.MARKDOWN);
        assets.forEach(asset -> texts.required("asset", "An asset", asset.value(), Texts.LINE));
        texts.require();
    }

    private static Row said(Row row, Said said) {
        return row.set("title", said.title().strip())
                .set("detail", said.detail())
                .set("comment", said.comment());
    }

    private List<Change> insert(Inside inside, UUID action, Collection<NewAsset> assets) {
        var rows = new ArrayList<Row>();
        var changes = new ArrayList<Change>();
        for (var asset : new LinkedHashSet<>(assets)) {
            rows.add(new Row(UUID.randomUUID())
                    .set("organization_id", inside.organization())
                    .set("remediation_action_id", action)
                    .set("asset_type", asset.type().name())
                    .set("value", asset.value().strip())
                    .set("status", "OPEN")
                    .set("created_at", inside.now())
                    .set("updated_at", inside.now()));
            changes.add(new Change("asset", "", asset.value().strip()));
        }
        if (rows.size() > MOST_ASSETS) {
            throw new InvalidInvestigationChange("asset", "%d are the most.".formatted(MOST_ASSETS));
        }
        Row.insert(database, ASSETS, rows);
        return changes;
    }

    private void note(
            Inside inside, Actor actor, UUID id, HistoryAction action, Said said, int revision, List<Change> changes) {
        investigations.note(
                inside, Subject.REMEDIATION_ACTION, id, action, actor, revision, Map.of("name", said.title()), changes);
    }

    /**
     * What a remediation is to become.
     *
     * @param status how far it is
     * @param what it is about
     * @param assignee whose it is; empty for nobody's
     * @param completed those of its assets that are done with, all others are not
     * @param added further assets
     */
    public record Draft(
            Status status,
            Said what,
            Optional<Actor> assignee,
            Collection<UUID> completed,
            Collection<NewAsset> added) {

        public Draft {
            completed = List.copyOf(completed);
            added = List.copyOf(added);
        }
    }

    /**
     * Changes a remediation and its assets.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when something is too long, or too many
     */
    public void change(Scope scope, Actor actor, UUID investigation, Seen seen, Draft draft) {
        check(draft.what(), draft.added());
        investigations.inside(scope, investigation, inside -> {
            var before = there(scope, investigation, seen);
            var changes = new ArrayList<>(InvestigationEvent.changes(
                    before.what().values(), draft.what().values()));
            if (before.status() != draft.status()) {
                changes.add(new Change(
                        "status", before.status().name(), draft.status().name()));
            }
            if (!before.assignee().flatMap(Actor::id).equals(draft.assignee().flatMap(Actor::id))) {
                changes.add(new Change(
                        "assignee",
                        before.assignee().map(Actor::name).orElse(""),
                        draft.assignee().map(Actor::name).orElse("")));
            }
            changes.addAll(tick(inside, before, draft.completed()));
            var there = before.assets().stream()
                    .map(asset -> new NewAsset(asset.type(), asset.value()))
                    .toList();
            changes.addAll(insert(
                    inside,
                    before.id(),
                    draft.added().stream()
                            .map(asset ->
                                    new NewAsset(asset.type(), asset.value().strip()))
                            .filter(asset -> !there.contains(asset))
                            .toList()));
            if (changes.isEmpty()) {
                return false;
            }
            var revision = before.revision() + 1;
            said(new Row(before.id()), draft.what())
                    .assignee(draft.assignee())
                    .set("status", draft.status().name())
                    .set(
                            "completed_at",
                            draft.status() == Status.COMPLETED
                                    ? before.completed().orElse(inside.now())
                                    : null)
                    .set("updated_at", inside.now())
                    .set("revision", revision)
                    .update(database, TABLE);
            note(inside, actor, before.id(), action(before, draft, changes), draft.what(), revision, changes);
            return true;
        });
    }

    private static HistoryAction action(RemediationAction before, Draft draft, List<Change> changes) {
        if (before.status() != draft.status() && draft.status() != Status.IN_PROGRESS) {
            return draft.status() == Status.COMPLETED ? HistoryAction.COMPLETED : HistoryAction.CLOSED;
        }
        return changes.size() == 1 && changes.getFirst().what().equals("assignee")
                ? HistoryAction.ASSIGNED
                : HistoryAction.UPDATED;
    }

    private static final String TICK = """
            update remediation_asset set status = :status, updated_at = :now where id = any (:ids)
            """;

    private List<Change> tick(Inside inside, RemediationAction before, Collection<UUID> completed) {
        var changes = new ArrayList<Change>();
        for (var isCompleted : List.of(true, false)) {
            var others = before.assets().stream()
                    .filter(asset ->
                            asset.isCompleted() != isCompleted && completed.contains(asset.id()) == isCompleted)
                    .toList();
            if (!others.isEmpty()) {
                var status = isCompleted ? "COMPLETED" : "OPEN";
                database.sql(TICK)
                        .param("status", status)
                        .param("now", Columns.timestamp(inside.now()))
                        .param("ids", others.stream().map(Asset::id).toArray(UUID[]::new))
                        .update();
                others.forEach(
                        asset -> changes.add(new Change(asset.value(), isCompleted ? "OPEN" : "COMPLETED", status)));
            }
        }
        return changes;
    }

    /**
     * Takes a recommendation back; the history keeps it.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     */
    public void delete(Scope scope, Actor actor, UUID investigation, Seen seen) {
        investigations.inside(scope, investigation, inside -> {
            var before = there(scope, investigation, seen);
            var revision = before.revision() + 1;
            new Row(before.id())
                    .set("deleted_at", inside.now())
                    .set("revision", revision)
                    .update(database, TABLE);
            note(
                    inside,
                    actor,
                    before.id(),
                    HistoryAction.DELETED,
                    before.what(),
                    revision,
                    before.what().values().entrySet().stream()
                            .map(value -> new Change(value.getKey(), value.getValue(), ""))
                            .toList());
            return true;
        });
    }

    private RemediationAction there(Scope scope, UUID investigation, Seen seen) {
        var found = of(scope, investigation).stream()
                .filter(each -> each.id().equals(seen.id()))
                .findFirst()
                .orElseThrow(NoSuchInvestigation::new);
        investigations.requireUnchanged(scope, seen.id(), seen.revision(), found.revision());
        return found;
    }
}
