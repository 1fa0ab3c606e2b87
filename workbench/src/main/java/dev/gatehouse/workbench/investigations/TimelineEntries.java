package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.investigations.TimelineEntry.Said;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people put on the timelines of investigations by hand. */
@Component
public class TimelineEntries {

    static final int MOST = 1_000;

    private static final String TABLE = "timeline_entry";

    private final JdbcClient database;
    private final InvestigationTable investigations;

    TimelineEntries(JdbcClient database, InvestigationTable investigations) {
        this.database = database;
        this.investigations = investigations;
    }

    private static final String OF = """
            select t.* from timeline_entry t
            where t.investigation_id = :investigation and t.deleted_at is null and {scope}
            order by t.event_date, t.id
            """;

    /** Those of an investigation, in the order in which it happened. */
    public List<TimelineEntry> of(Scope scope, UUID investigation) {
        return Within.organization(scope, database, OF, "t.organization_id")
                .param("investigation", investigation)
                .query((row, number) -> entry(row))
                .list();
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        return new TimelineEntry(
                row.getObject("id", UUID.class),
                new Said(
                        Columns.instant(row, "event_date"),
                        row.getString("event"),
                        row.getString("event_type"),
                        row.getString("source_host"),
                        row.getString("destination_host"),
                        row.getString("attack_phase"),
                        row.getString("comment"),
                        row.getBoolean("is_selected")),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                row.getInt("revision"));
    }

    private static Row row(UUID id, Said said) {
        return new Row(id)
                .set("event_date", said.eventDate())
                .set("event", said.event())
                .set("event_type", said.eventType())
                .set("source_host", said.sourceHost())
                .set("destination_host", said.destinationHost())
                .set("attack_phase", said.attackPhase())
                .set("comment", said.comment())
                .set("is_selected", said.isSelected());
    }

    private static void check(Said said) {
        new Texts()
                .required("event", "What happened", said.event(), 2_000)
                .optional("event_type", "The type", said.eventType(), Texts.LINE)
                .optional("source_host", "The source host", said.sourceHost(), Texts.LINE)
                .optional("destination_host", "The destination host", said.destinationHost(), Texts.LINE)
                .choice("attack_phase", "the attack phase", said.attackPhase(), Choices.ATTACK_LIFECYCLE)
                .optional("comment", "The comment", said.comment(), Texts.MARKDOWN)
                .require();
    }

    /**
     * Adds an entry.
     *
     * @throws InvalidInvestigationChange when nothing happened in it, or something is too long
     */
    public UUID add(Scope scope, Actor actor, UUID investigation, Said said) {
        check(said);
        return investigations.inside(scope, investigation, inside -> {
            if (of(scope, investigation).size() >= MOST) {
                throw new InvalidInvestigationChange("event", "%,d entries are the most.".formatted(MOST));
            }
            var id = UUID.randomUUID();
            Row.insert(
                    database,
                    TABLE,
                    List.of(row(id, said)
                            .set("organization_id", inside.organization())
                            .set("investigation_id", investigation)
                            .set("created_by", actor.name())
                            .set("created_at", inside.now())
                            .set("updated_at", inside.now())
                            .set("revision", 0)));
            investigations.note(
                    inside,
                    Subject.TIMELINE_ENTRY,
                    id,
                    HistoryAction.CREATED,
                    actor,
                    0,
                    Map.of("name", said.event()),
                    InvestigationEvent.changes(Map.of(), said.values()));
            return id;
        });
    }

    /**
     * Changes an entry.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when nothing happened in it, or something is too long
     */
    public void change(Scope scope, Actor actor, UUID investigation, Seen seen, Said said) {
        check(said);
        investigations.inside(scope, investigation, inside -> {
            var before = there(scope, investigation, seen);
            var changes = InvestigationEvent.changes(before.what().values(), said.values());
            if (!changes.isEmpty()) {
                row(before.id(), said)
                        .set("updated_at", inside.now())
                        .set("revision", before.revision() + 1)
                        .update(database, TABLE);
                investigations.note(
                        inside,
                        Subject.TIMELINE_ENTRY,
                        before.id(),
                        HistoryAction.CHANGED,
                        actor,
                        before.revision() + 1,
                        Map.of("name", said.event()),
                        changes);
            }
            return before;
        });
    }

    /**
     * Deletes an entry; the history keeps it.
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
                    Subject.TIMELINE_ENTRY,
                    before.id(),
                    HistoryAction.DELETED,
                    actor,
                    before.revision() + 1,
                    Map.of("name", before.what().event()),
                    before.what().values().entrySet().stream()
                            .map(value -> new InvestigationEvent.Change(value.getKey(), value.getValue(), ""))
                            .toList());
            return before;
        });
    }

    private TimelineEntry there(Scope scope, UUID investigation, Seen seen) {
        var found = of(scope, investigation).stream()
                .filter(each -> each.id().equals(seen.id()))
                .findFirst()
                .orElseThrow(NoSuchInvestigation::new);
        investigations.requireUnchanged(scope, seen.id(), seen.revision(), found.revision());
        return found;
    }
}
