package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.InvestigationTable.Inside;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The questions of investigations with their answers, in an order that people choose. */
@Component
public class Findings {

    /** What is asked in every investigation. */
    public static final List<String> DEFAULT_QUESTIONS = List.of(
            "What happened, and how do we know?",
            "Which accounts, hosts and addresses are involved?",
            "How did they get in?",
            "Where else is it?",
            "What did they reach or change?",
            "What has to be done now?");

    static final int MOST = 100;

    private static final String TABLE = "investigation_finding";

    private final JdbcClient database;
    private final InvestigationTable investigations;
    private final InvestigationHistory history;

    Findings(JdbcClient database, InvestigationTable investigations, InvestigationHistory history) {
        this.database = database;
        this.investigations = investigations;
        this.history = history;
    }

    private static final String OF = """
            select f.* from investigation_finding f
            where f.investigation_id = :investigation and f.deleted_at is null and {scope}
            order by f.rank, f.created_at, f.id
            """;

    /** Those of an investigation, in their order. */
    public List<Finding> of(Scope scope, UUID investigation) {
        return Within.organization(scope, database, OF, "f.organization_id")
                .param("investigation", investigation)
                .query((row, number) -> finding(row))
                .list();
    }

    private static Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                row.getObject("id", UUID.class),
                row.getInt("rank"),
                row.getString("title"),
                row.getString("finding"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getInt("revision"));
    }

    /** Asks what is asked in every investigation, a part of the transaction that opens it. */
    void ask(InvestigationState investigation, Actor actor, Instant now) {
        var rows = new ArrayList<Row>();
        var events = new ArrayList<InvestigationEvent>();
        for (var question : DEFAULT_QUESTIONS) {
            var id = UUID.randomUUID();
            rows.add(row(id, investigation.organization, investigation.id, rows.size() + 1, question, "", actor, now));
            events.add(new InvestigationEvent(
                    now,
                    Subject.FINDING,
                    id,
                    HistoryAction.CREATED,
                    actor,
                    0,
                    Map.of("name", question),
                    List.of(new InvestigationEvent.Change("title", "", question))));
        }
        Row.insert(database, TABLE, rows);
        history.add(investigation.place(), events);
    }

    private static Row row(
            UUID id,
            UUID organization,
            UUID investigation,
            int rank,
            String title,
            String finding,
            Actor actor,
            Instant now) {
        return new Row(id)
                .set("organization_id", organization)
                .set("investigation_id", investigation)
                .set("rank", rank)
                .set("title", title)
                .set("finding", finding)
                .set("created_by", actor.name())
                .set("created_at", now)
                .set("updated_at", now)
                .set("revision", 0);
    }

    /**
     * Adds a question, as the last one.
     *
     * @throws InvalidInvestigationChange when there is no question, or something is too long
     */
    public UUID add(Scope scope, Actor actor, UUID investigation, String title, String finding) {
        check(title, finding);
        return investigations.inside(scope, investigation, inside -> {
            var there = of(scope, investigation);
            if (there.size() >= MOST) {
                throw new InvalidInvestigationChange("title", "%d questions are the most.".formatted(MOST));
            }
            var id = UUID.randomUUID();
            var rank = there.isEmpty() ? 1 : there.getLast().rank() + 1;
            Row.insert(
                    database,
                    TABLE,
                    List.of(row(
                            id,
                            inside.organization(),
                            investigation,
                            rank,
                            title.strip(),
                            finding,
                            actor,
                            inside.now())));
            investigations.note(
                    inside,
                    Subject.FINDING,
                    id,
                    HistoryAction.CREATED,
                    actor,
                    0,
                    Map.of("name", title.strip()),
                    InvestigationEvent.changes(Map.of(), Map.of("title", title.strip(), "finding", finding)));
            return id;
        });
    }

    private static void check(String title, String finding) {
        new Texts()
                .required("title", "The question", title, Texts.LINE)
                .optional("finding", "The answer", finding, Texts.MARKDOWN)
                .require();
    }

    /**
     * Changes a question or its answer.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when there is no question, or something is too long
     */
    public void change(Scope scope, Actor actor, UUID investigation, Seen seen, String title, String finding) {
        check(title, finding);
        investigations.inside(scope, investigation, inside -> {
            var before = there(scope, investigation, seen);
            var after = new Finding(
                    before.id(),
                    before.rank(),
                    title.strip(),
                    finding,
                    before.createdBy(),
                    before.created(),
                    inside.now(),
                    before.revision() + 1);
            var changes = InvestigationEvent.changes(before.values(), after.values());
            if (!changes.isEmpty()) {
                new Row(before.id())
                        .set("title", after.title())
                        .set("finding", after.finding())
                        .set("updated_at", inside.now())
                        .set("revision", after.revision())
                        .update(database, TABLE);
                note(inside, actor, after, HistoryAction.CHANGED, changes);
            }
            return after;
        });
    }

    private Finding there(Scope scope, UUID investigation, Seen seen) {
        var found = of(scope, investigation).stream()
                .filter(each -> each.id().equals(seen.id()))
                .findFirst()
                .orElseThrow(NoSuchInvestigation::new);
        investigations.requireUnchanged(scope, seen.id(), seen.revision(), found.revision());
        return found;
    }

    private void note(
            Inside inside,
            Actor actor,
            Finding finding,
            HistoryAction action,
            List<InvestigationEvent.Change> changes) {
        investigations.note(
                inside,
                Subject.FINDING,
                finding.id(),
                action,
                actor,
                finding.revision(),
                Map.of("name", finding.title()),
                changes);
    }

    private static final String RANK = """
            update investigation_finding f set rank = r.rank
            from unnest(:ids::uuid[]) with ordinality as r (id, rank)
            where f.id = r.id
            """;

    /** Moves a question one place up or down; the first stays first, and the last last. */
    public void move(Scope scope, Actor actor, UUID investigation, UUID id, boolean isUp) {
        investigations.inside(scope, investigation, inside -> {
            var all = new ArrayList<>(of(scope, investigation));
            var from = all.stream().map(Finding::id).toList().indexOf(id);
            if (from < 0) {
                throw new NoSuchInvestigation();
            }
            var to = from + (isUp ? -1 : 1);
            if (to < 0 || to >= all.size()) {
                return false;
            }
            var moved = all.remove(from);
            all.add(to, moved);
            database.sql(RANK)
                    .param("ids", all.stream().map(Finding::id).toArray(UUID[]::new))
                    .update();
            note(
                    inside,
                    actor,
                    moved,
                    HistoryAction.CHANGED,
                    List.of(new InvestigationEvent.Change("rank", String.valueOf(from + 1), String.valueOf(to + 1))));
            return true;
        });
    }

    /**
     * Deletes a question with its answer; the history keeps both.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     */
    public void delete(Scope scope, Actor actor, UUID investigation, Seen seen) {
        investigations.inside(scope, investigation, inside -> {
            var before = there(scope, investigation, seen);
            new Row(before.id())
                    .set("deleted_at", inside.now())
                    .set("revision", before.revision() + 1)
                    .update(database, TABLE);
            investigations.note(
                    inside,
                    Subject.FINDING,
                    before.id(),
                    HistoryAction.DELETED,
                    actor,
                    before.revision() + 1,
                    Map.of("name", before.title()),
                    List.of(
                            new InvestigationEvent.Change("title", before.title(), ""),
                            new InvestigationEvent.Change("finding", before.finding(), "")));
            return true;
        });
    }
}
