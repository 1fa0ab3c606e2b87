package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationEvent.Change;
import dev.gatehouse.workbench.investigations.InvestigationHistory.Place;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Answer;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Classification;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Query;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Said;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Status;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Table;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Times;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Steps of investigations and of alerts: things to do by hand, questions to the customer, queries with their results. */
@Component
public class InvestigativeActions {

    /** The newest that are shown. */
    public static final int SHOWN = 500;

    /** In bytes of JSON; what is more is cut off, and {@link Query#rowCount} says how many rows there were. */
    public static final int LARGEST_TABLE = 256 * 1024;

    private static final String TABLE = "investigative_action";

    private final JdbcClient database;
    private final InvestigationTable investigations;
    private final InvestigationHistory history;
    private final Alerts alerts;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    InvestigativeActions(
            JdbcClient database,
            InvestigationTable investigations,
            InvestigationHistory history,
            Alerts alerts,
            Fence fence,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.database = database;
        this.investigations = investigations;
        this.history = history;
        this.alerts = alerts;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    private static final String OF = """
            select a.* from investigative_action a
            where (a.investigation_id = :investigation or a.alert_id = any (:alerts)) and {scope}
            order by a.created_at desc, a.id desc limit :limit
            """;

    /** The newest of an investigation and of alerts that are in it, newest first. */
    public List<InvestigativeAction> of(Scope scope, UUID investigation, Collection<UUID> alertIds) {
        return Within.either(scope, database, OF, "a.organization_id", "a.tenant_id")
                .param("investigation", investigation)
                .param("alerts", alertIds.toArray(UUID[]::new))
                .param("limit", SHOWN)
                .query((row, number) -> action(row))
                .list();
    }

    private static final String OF_ALERT = """
            select a.* from investigative_action a
            where a.alert_id = :alert and {scope}
            order by a.created_at, a.id limit :limit
            """;

    /** The steps of an alert alone, in the order in which they were taken. */
    public List<InvestigativeAction> ofAlert(Scope scope, UUID alert) {
        return Within.either(scope, database, OF_ALERT, "a.organization_id", "a.tenant_id")
                .param("alert", alert)
                .param("limit", SHOWN)
                .query((row, number) -> action(row))
                .list();
    }

    private static final String COUNT = """
            select a.alert_id, count(*) as actions from investigative_action a
            where a.alert_id = any (:alerts) and {scope}
            group by a.alert_id
            """;

    /** How many steps alerts have, those that have any. */
    public Map<UUID, Integer> count(Scope scope, Collection<UUID> alertIds) {
        var counts = new HashMap<UUID, Integer>();
        Within.either(scope, database, COUNT, "a.organization_id", "a.tenant_id")
                .param("alerts", alertIds.toArray(UUID[]::new))
                .query(row -> {
                    counts.put(row.getObject("alert_id", UUID.class), row.getInt("actions"));
                });
        return counts;
    }

    private static final String ONE = "select a.* from investigative_action a where a.id = :id and {scope}";

    /** One step. */
    public Optional<InvestigativeAction> find(Scope scope, UUID id) {
        return find(scope, id, ONE);
    }

    private Optional<InvestigativeAction> find(Scope scope, UUID id, String sql) {
        return Within.either(scope, database, sql, "a.organization_id", "a.tenant_id")
                .param("id", id)
                .query((row, number) -> action(row))
                .optional();
    }

    private static InvestigativeAction action(ResultSet row) throws SQLException {
        return new InvestigativeAction(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("investigation_id", UUID.class)),
                Optional.ofNullable(row.getObject("alert_id", UUID.class)),
                InvestigativeAction.Type.valueOf(row.getString("action_type")),
                Status.valueOf(row.getString("status")),
                new Said(
                        row.getString("title"),
                        row.getString("reason"),
                        row.getString("instructions"),
                        row.getString("results")),
                Optional.ofNullable(row.getString("classification")).map(Classification::valueOf),
                Row.assignee(row),
                new Answer(
                        Optional.ofNullable(row.getObject("activity_authorized", Boolean.class)),
                        row.getString("activity_verified_by"),
                        Columns.optionalInstant(row, "answered_at"),
                        row.getString("answer_comment")),
                query(row),
                new Times(
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "updated_at"),
                        Columns.optionalInstant(row, "closed_at")),
                row.getString("created_by"),
                row.getInt("revision"));
    }

    private static Query query(ResultSet row) throws SQLException {
        var parameters = new LinkedHashMap<String, String>();
        Row.JSON
                .readTree(row.getString("parameters"))
                .properties()
                .forEach(parameter ->
                        parameters.put(parameter.getKey(), parameter.getValue().asString()));
        var rows = row.getObject("row_count", Integer.class);
        return new Query(
                row.getString("query"),
                parameters,
                Optional.ofNullable(row.getString("result_table")).map(InvestigativeActions::table),
                rows == null ? OptionalInt.empty() : OptionalInt.of(rows),
                row.getString("sentence"),
                row.getString("failure"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "ended_at"));
    }

    private static Table table(String json) {
        var node = Row.JSON.readTree(json);
        return new Table(
                texts(node.path("columns")),
                node.path("rows").valueStream().map(each -> texts(each)).toList());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    /**
     * Adds a step to an investigation.
     *
     * @throws InvalidInvestigationChange when it has no title, or something is too long
     */
    public UUID add(
            Scope scope,
            Actor actor,
            UUID investigation,
            InvestigativeAction.Type type,
            Said said,
            Optional<Actor> assignee) {
        check(said);
        return investigations.inside(scope, investigation, inside -> {
            var id = UUID.randomUUID();
            var row = row(id, type, Status.RUNNING, said, actor, inside.now())
                    .assignee(assignee)
                    .set("organization_id", inside.organization())
                    .set("investigation_id", investigation);
            Row.insert(database, TABLE, List.of(row));
            history.add(inside.place(), created(id, type, said, assignee, actor, inside.now()));
            return id;
        });
    }

    /**
     * Adds a step to an alert, whether it is in an investigation or not.
     *
     * @throws NoSuchInvestigation when there is no such alert in scope
     * @throws InvalidInvestigationChange when it has no title, or something is too long
     */
    public UUID addToAlert(
            Scope scope,
            Actor actor,
            UUID alertId,
            InvestigativeAction.Type type,
            Said said,
            Optional<Actor> assignee) {
        check(said);
        var alert = alerts.find(scope, alertId).orElseThrow(NoSuchInvestigation::new);
        var added = fence.write(() -> {
            requireStaying(scope, alertId);
            var id = UUID.randomUUID();
            var now = clock.instant();
            var row = row(id, type, Status.RUNNING, said, actor, now)
                    .assignee(assignee)
                    .set("tenant_id", alert.tenant().value())
                    .set("alert_id", alertId);
            Row.insert(database, TABLE, List.of(row));
            history.add(Place.at(alert.tenant(), alertId), created(id, type, said, assignee, actor, now));
            return id;
        });
        tell(alert);
        return added;
    }

    private void requireStaying(Scope scope, UUID alertId) {
        if (!alerts.stays(scope, alertId)) {
            throw new NoSuchInvestigation();
        }
    }

    private void tell(Alert alert) {
        events.publishEvent(
                new InvestigationsChanged(alert.investigation().stream().toList()));
    }

    private static void check(Said said) {
        new Texts()
                .required("title", "The title", said.title(), Texts.LINE)
                .optional("reason", "The reason", said.reason(), 2_000)
                .optional("instructions", "The text", said.instructions(), Texts.MARKDOWN)
                .optional("results", "The result", said.results(), Texts.MARKDOWN)
                .require();
    }

    private static Row row(UUID id, InvestigativeAction.Type type, Status status, Said said, Actor actor, Instant now) {
        return said(new Row(id), said)
                .set("action_type", type.name())
                .set("status", status.name())
                .set("created_by", actor.name())
                .set("created_at", now)
                .set("updated_at", now)
                .set("closed_at", status.isDone() ? now : null)
                .set("revision", 0)
                .set("activity_verified_by", "")
                .set("answer_comment", "");
    }

    private static Row said(Row row, Said said) {
        return row.set("title", said.title().strip())
                .set("reason", said.reason())
                .set("instructions", said.instructions())
                .set("results", said.results());
    }

    private static List<InvestigationEvent> created(
            UUID id, InvestigativeAction.Type type, Said said, Optional<Actor> assignee, Actor actor, Instant now) {
        var changes = new ArrayList<>(InvestigationEvent.changes(Map.of(), said.values()));
        changes.add(new Change("action_type", "", type.name()));
        assignee.ifPresent(to -> changes.add(new Change("assignee", "", to.name())));
        return List.of(event(id, HistoryAction.CREATED, said, actor, 0, changes, now));
    }

    private static InvestigationEvent event(
            UUID id, HistoryAction action, Said said, Actor actor, int revision, List<Change> changes, Instant now) {
        return new InvestigationEvent(
                now, Subject.INVESTIGATIVE_ACTION, id, action, actor, revision, Map.of("name", said.title()), changes);
    }

    /**
     * A query that a runbook ran for an alert, or why it did not.
     *
     * @param alert for which
     * @param tenant of that alert
     * @param what title, reason and instructions of the step
     * @param query with its result
     */
    public record Ran(UUID alert, TenantId tenant, Said what, Query query) {}

    /**
     * Keeps queries that runbooks ran, as steps of their alerts that wait to be looked at; none of an alert that is not there any
     * more. A part of the transaction of whoever ran them, if there is one.
     */
    public void keep(Collection<Ran> ran) {
        fence.run(() -> {
            var now = clock.instant();
            var rows = new ArrayList<Row>();
            for (var one : ran) {
                if (!alerts.stays(Scope.everything(), one.alert())) {
                    continue;
                }
                var id = UUID.randomUUID();
                var status = one.query().failure().isEmpty() ? Status.READY_FOR_ANALYSIS : Status.FAILED;
                rows.add(query(
                                row(id, InvestigativeAction.Type.HUNTING, status, one.what(), Actor.GATEHOUSE, now),
                                one.query())
                        .set("tenant_id", one.tenant().value())
                        .set("alert_id", one.alert()));
                history.add(
                        Place.at(one.tenant(), one.alert()),
                        created(
                                id,
                                InvestigativeAction.Type.HUNTING,
                                one.what(),
                                Optional.empty(),
                                Actor.GATEHOUSE,
                                now));
            }
            Row.insert(database, TABLE, rows);
        });
    }

    private static Row query(Row row, Query query) {
        var parameters = JsonNodeFactory.instance.objectNode();
        query.parameters().forEach((name, value) -> parameters.put(name, Columns.text(value)));
        return row.set("query", query.text())
                .set("parameters", parameters)
                .set(
                        "result_table",
                        query.table().map(InvestigativeActions::json).orElse(null))
                .set(
                        "row_count",
                        query.rowCount().isPresent() ? query.rowCount().getAsInt() : null)
                .set("sentence", query.sentence())
                .set("failure", query.failure())
                .set("started_at", query.started().orElse(null))
                .set("ended_at", query.ended().orElse(null));
    }

    /** With as many rows as fit. */
    private static JsonNode json(Table table) {
        var node = JsonNodeFactory.instance.objectNode();
        var columns = node.putArray("columns");
        table.columns().forEach(column -> columns.add(Columns.text(column)));
        var rows = node.putArray("rows");
        var bytes = size(node);
        for (var each : table.rows()) {
            var row = JsonNodeFactory.instance.arrayNode();
            each.forEach(cell -> row.add(Columns.text(cell)));
            bytes += size(row) + 1;
            if (bytes > LARGEST_TABLE) {
                break;
            }
            rows.add(row);
        }
        return node;
    }

    private static int size(JsonNode node) {
        return Row.JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * What a step is to become.
     *
     * @param status how far it is
     * @param what it is about
     * @param classification what came of it; empty when nobody says
     * @param assignee whose it is; empty for nobody's
     */
    public record Draft(Status status, Said what, Optional<Classification> classification, Optional<Actor> assignee) {}

    /**
     * Changes a step.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws NoSuchInvestigation when there is none in scope
     * @throws InvalidInvestigationChange when it has no title, or something is too long
     */
    public void change(Scope scope, Actor actor, Seen seen, Draft draft) {
        check(draft.what());
        write(scope, seen, (before, now) -> {
            var changes = new ArrayList<>(InvestigationEvent.changes(
                    before.what().values(), draft.what().values()));
            add(changes, "status", before.status().name(), draft.status().name());
            add(changes, "classification", name(before.classification()), name(draft.classification()));
            if (!before.assignee().flatMap(Actor::id).equals(draft.assignee().flatMap(Actor::id))) {
                add(changes, "assignee", named(before.assignee()), named(draft.assignee()));
            }
            if (changes.isEmpty()) {
                return List.of();
            }
            var revision = before.revision() + 1;
            said(new Row(before.id()), draft.what())
                    .set("status", draft.status().name())
                    .set(
                            "classification",
                            draft.classification().map(Enum::name).orElse(null))
                    .assignee(draft.assignee())
                    .set("updated_at", now)
                    .set(
                            "closed_at",
                            draft.status().isDone() ? before.times().closed().orElse(now) : null)
                    .set("revision", revision)
                    .update(database, TABLE);
            return List.of(event(before.id(), action(changes), draft.what(), actor, revision, changes, now));
        });
    }

    /** As the history names what was done, when it was just one thing. */
    private static HistoryAction action(List<Change> changes) {
        if (changes.stream()
                .anyMatch(change -> change.what().equals("status")
                        && Status.valueOf(change.to()).isDone())) {
            return HistoryAction.CLOSED;
        }
        if (changes.size() == 1) {
            return switch (changes.getFirst().what()) {
                case "assignee" -> HistoryAction.ASSIGNED;
                case "classification" -> HistoryAction.CLASSIFIED;
                default -> HistoryAction.CHANGED;
            };
        }
        return HistoryAction.CHANGED;
    }

    private static void add(List<Change> changes, String what, String from, String to) {
        if (!from.equals(to)) {
            changes.add(new Change(what, from, to));
        }
    }

    private static String name(Optional<Classification> classification) {
        return classification.map(Enum::name).orElse("");
    }

    private static String named(Optional<Actor> actor) {
        return actor.map(Actor::name).orElse("");
    }

    /**
     * Writes down what the customer answered to {@link InvestigativeAction.Type#VERIFY}. A later answer replaces an earlier one; the history keeps
     * both.
     *
     * @param by who answered, in free words
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when nothing was asked, or nobody is named
     */
    public void answer(Scope scope, Actor actor, Seen seen, boolean isAuthorized, String by, String comment) {
        new Texts()
                .required("activity_verified_by", "Who answered", by, Texts.LINE)
                .optional("answer_comment", "The comment", comment, Texts.MARKDOWN)
                .require();
        write(scope, seen, (before, now) -> {
            if (before.type() != InvestigativeAction.Type.VERIFY) {
                throw new InvalidInvestigationChange("activity_authorized", "Nothing was asked here.");
            }
            var changes = new ArrayList<Change>();
            add(
                    changes,
                    "activity_authorized",
                    before.answer().isAuthorized().map(String::valueOf).orElse(""),
                    String.valueOf(isAuthorized));
            add(changes, "activity_verified_by", before.answer().by(), by.strip());
            add(changes, "answer_comment", before.answer().comment(), comment);
            var status = before.status() == Status.RUNNING ? Status.READY_FOR_ANALYSIS : before.status();
            add(changes, "status", before.status().name(), status.name());
            if (changes.isEmpty()) {
                return List.of();
            }
            var revision = before.revision() + 1;
            new Row(before.id())
                    .set("activity_authorized", isAuthorized)
                    .set("activity_verified_by", by.strip())
                    .set("answer_comment", comment)
                    .set("answered_at", now)
                    .set("status", status.name())
                    .set("updated_at", now)
                    .set("revision", revision)
                    .update(database, TABLE);
            return List.of(
                    event(before.id(), HistoryAction.ACKNOWLEDGED, before.what(), actor, revision, changes, now));
        });
    }

    /** What is done to one step; gives what happened. */
    private interface Step {
        List<InvestigationEvent> take(InvestigativeAction before, Instant now);
    }

    private void write(Scope scope, Seen seen, Step step) {
        var found = find(scope, seen.id()).orElseThrow(NoSuchInvestigation::new);
        if (found.investigation().isPresent()) {
            investigations.inside(scope, found.investigation().get(), inside -> {
                history.add(inside.place(), step.take(locked(scope, seen), inside.now()));
                return true;
            });
            return;
        }
        var alert = found.alert().flatMap(id -> alerts.find(scope, id)).orElseThrow(NoSuchInvestigation::new);
        fence.run(() -> {
            requireStaying(scope, alert.id());
            history.add(Place.at(alert.tenant(), alert.id()), step.take(locked(scope, seen), clock.instant()));
        });
        tell(alert);
    }

    private InvestigativeAction locked(Scope scope, Seen seen) {
        var before = find(scope, seen.id(), ONE + " for update").orElseThrow(NoSuchInvestigation::new);
        investigations.requireUnchanged(scope, seen.id(), seen.revision(), before.revision());
        return before;
    }
}
