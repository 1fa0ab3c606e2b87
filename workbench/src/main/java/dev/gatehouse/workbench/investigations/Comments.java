package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.InvestigationActions.Seen;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people say about investigations. Only who said it changes or deletes it. */
@Component
public class Comments {

    /** The newest that are shown. */
    public static final int SHOWN = 500;

    private static final String TABLE = "investigation_comment";

    private final JdbcClient database;
    private final InvestigationTable investigations;

    Comments(JdbcClient database, InvestigationTable investigations) {
        this.database = database;
        this.investigations = investigations;
    }

    private static final String OF = """
            select c.* from investigation_comment c
            where c.investigation_id = :investigation and c.deleted_at is null and {scope}
            order by c.created_at desc, c.id desc limit :limit
            """;

    /** The newest of an investigation, newest first. */
    public List<Comment> of(Scope scope, UUID investigation) {
        return Within.organization(scope, database, OF, "c.organization_id")
                .param("investigation", investigation)
                .param("limit", SHOWN)
                .query((row, number) -> comment(row))
                .list();
    }

    private static final String ONE = """
            select c.* from investigation_comment c
            where c.id = :id and c.investigation_id = :investigation and c.deleted_at is null and {scope}
            """;

    private Comment there(Scope scope, Actor actor, UUID investigation, Seen seen) {
        var found = Within.organization(scope, database, ONE, "c.organization_id")
                .param("id", seen.id())
                .param("investigation", investigation)
                .query((row, number) -> comment(row))
                .optional()
                .orElseThrow(NoSuchInvestigation::new);
        if (!found.authorId().equals(actor.id())) {
            throw new InvalidInvestigationChange("comment", "Only %s may do that.".formatted(found.author()));
        }
        investigations.requireUnchanged(scope, seen.id(), seen.revision(), found.revision());
        return found;
    }

    private static Comment comment(ResultSet row) throws SQLException {
        return new Comment(
                row.getObject("id", UUID.class),
                row.getString("comment"),
                Optional.ofNullable(row.getObject("created_by_id", UUID.class)),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getInt("revision"));
    }

    /**
     * Says something.
     *
     * @param comment in Markdown
     * @throws InvalidInvestigationChange when nothing is said, or too much
     */
    public UUID add(Scope scope, Actor actor, UUID investigation, String comment) {
        check(comment);
        return investigations.inside(scope, investigation, inside -> {
            var id = UUID.randomUUID();
            Row.insert(
                    database,
                    TABLE,
                    List.of(new Row(id)
                            .set("organization_id", inside.organization())
                            .set("investigation_id", investigation)
                            .set("comment", comment)
                            .set("created_by_id", actor.id().orElse(null))
                            .set("created_by", actor.name())
                            .set("created_at", inside.now())
                            .set("updated_at", inside.now())
                            .set("revision", 0)));
            investigations.note(
                    inside,
                    Subject.COMMENT,
                    id,
                    HistoryAction.CREATED,
                    actor,
                    0,
                    Map.of(),
                    List.of(new InvestigationEvent.Change("comment", "", comment)));
            return id;
        });
    }

    private static void check(String comment) {
        new Texts().required("comment", "The comment", comment, Texts.MARKDOWN).require();
    }

    /**
     * Says something else instead.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when nothing is said, or too much, or it is somebody else's
     */
    public void change(Scope scope, Actor actor, UUID investigation, Seen seen, String comment) {
        check(comment);
        investigations.inside(scope, investigation, inside -> {
            var before = there(scope, actor, investigation, seen);
            if (before.comment().equals(comment)) {
                return false;
            }
            new Row(before.id())
                    .set("comment", comment)
                    .set("updated_at", inside.now())
                    .set("revision", before.revision() + 1)
                    .update(database, TABLE);
            investigations.note(
                    inside,
                    Subject.COMMENT,
                    before.id(),
                    HistoryAction.UPDATED,
                    actor,
                    before.revision() + 1,
                    Map.of(),
                    List.of(new InvestigationEvent.Change("comment", before.comment(), comment)));
            return true;
        });
    }

    /**
     * Deletes a comment; the history keeps it.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when it is somebody else's
     */
    public void delete(Scope scope, Actor actor, UUID investigation, Seen seen) {
        investigations.inside(scope, investigation, inside -> {
            var before = there(scope, actor, investigation, seen);
            new Row(before.id())
                    .set("deleted_at", inside.now())
                    .set("revision", before.revision() + 1)
                    .update(database, TABLE);
            investigations.note(
                    inside,
                    Subject.COMMENT,
                    before.id(),
                    HistoryAction.DELETED,
                    actor,
                    before.revision() + 1,
                    Map.of(),
                    List.of(new InvestigationEvent.Change("comment", before.comment(), "")));
            return true;
        });
    }
}
