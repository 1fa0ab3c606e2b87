package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.InvestigationFilter.Assignment;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.KeysetPage;
import dev.gatehouse.workbench.platform.database.KeysetPage.Place;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds investigations for lists, opens them, and counts them. */
@Component
public class Investigations {

    /** What is counted for a filter that no counter is kept for; more than that is "more than". */
    public static final int COUNTED = 1_000;

    /** As many as somebody can choose from. */
    public static final int CHOICES = 100;

    private final JdbcClient database;
    private final InvestigationActions actions;

    Investigations(JdbcClient database, InvestigationActions actions) {
        this.database = database;
        this.actions = actions;
    }

    /**
     * Lists investigations.
     *
     * @param place where to begin; empty for the beginning of the list
     * @param limit how many to give at most
     */
    public KeysetPage<Investigation> list(
            Scope scope, InvestigationFilter filter, InvestigationOrder order, Optional<Place> place, int limit) {
        var conditions = conditions(scope, filter);
        var backwards = place.filter(Place::backwards).isPresent();
        place.ifPresent(at -> {
            conditions.all().add(order.keys().beyond(at.backwards()));
            conditions.parameters().putAll(at.parameters());
        });
        var found = database.sql(InvestigationRows.SELECT
                        + conditions.where()
                        + order.keys().orderBy(backwards)
                        + " limit :limit")
                .params(conditions.parameters())
                .param("limit", limit + 1)
                .query((row, number) -> InvestigationRows.investigation(row))
                .list();
        return KeysetPage.of(found, limit, place, there -> place(there, order));
    }

    private static Place place(Investigation there, InvestigationOrder order) {
        return new Place(
                Choices.rank(there.field(InvestigationField.ANALYST_SEVERITY)),
                order.isByUpdate() ? there.times().updated() : there.times().created(),
                there.id(),
                false);
    }

    /** Conditions with their parameters. */
    private record Conditions(List<String> all, Map<String, Object> parameters) {

        void add(String condition, String name, Object value) {
            all.add(condition);
            parameters.put(name, value);
        }

        String where() {
            return all.isEmpty() ? "" : " where " + String.join(" and ", all);
        }
    }

    private static Conditions conditions(Scope scope, InvestigationFilter filter) {
        var conditions = new Conditions(new ArrayList<>(), new LinkedHashMap<>());
        if (!(scope instanceof Scope.Everything)) {
            conditions.add(Within.organization(scope, "i.organization_id"), "scope", scope.parameter());
        }
        filter.isIncident().ifPresent(is -> conditions.add("i.is_incident = :incident", "incident", is));
        // In the words of the index.
        filter.isOpen().ifPresent(is -> conditions.all().add(is ? "i.decision is null" : "i.decision is not null"));
        switch (filter.assignee()) {
            case Assignment.Any _ -> {}
            case Assignment.Nobody _ -> conditions.all().add("i.assignee_id is null");
            case Assignment.AnOrganization _ ->
                conditions.add("i.assignee_kind = :kind", "kind", Actor.Kind.ORGANIZATION.key());
            case Assignment.To(var id) -> conditions.add("i.assignee_id = :assignee", "assignee", id);
        }
        if (!filter.decisions().isEmpty()) {
            conditions.add(
                    "i.decision in (:decisions)",
                    "decisions",
                    filter.decisions().stream().map(Decision::name).toList());
        }
        if (!filter.severities().isEmpty()) {
            conditions.add(
                    "i.severity_rank in (:ranks)",
                    "ranks",
                    filter.severities().stream().map(Choices::rank).toList());
        }
        if (!filter.text().isEmpty()) {
            conditions.add("i.search ilike :pattern", "pattern", Columns.containing(filter.text()));
        }
        filter.from().ifPresent(from -> conditions.add("i.created_at >= :from", "from", Columns.timestamp(from)));
        filter.to().ifPresent(to -> conditions.add("i.created_at < :to", "to", Columns.timestamp(to)));
        filter.behind().time().ifPresent(time -> conditions.all().add("i." + time.column() + " is not null"));
        if (filter.behind().hasAlerts()) {
            withAlerts(filter.behind(), conditions);
        }
        return conditions;
    }

    private static void withAlerts(InvestigationFilter.Behind behind, Conditions conditions) {
        var alerts = new ArrayList<>(List.of("a.investigation_id is not null"));
        behind.alertsFrom().ifPresent(from -> {
            alerts.add("a.created_at >= :alertsFrom");
            conditions.parameters().put("alertsFrom", Columns.timestamp(from));
        });
        behind.alertsTo().ifPresent(to -> {
            alerts.add("a.created_at < :alertsTo");
            conditions.parameters().put("alertsTo", Columns.timestamp(to));
        });
        behind.directory().ifPresent(directory -> {
            alerts.add("a.tenant_id = :directory");
            conditions.parameters().put("directory", directory.value());
        });
        conditions
                .all()
                .add("i.id in (select a.investigation_id from alert a where " + String.join(" and ", alerts) + ")");
    }

    /**
     * How many there are of each kind.
     *
     * @param investigations that are no incidents
     * @param incidents that were promoted
     * @param isWhole whether all were counted; otherwise there are at least as many
     */
    public record Counts(long investigations, long incidents, boolean isWhole) {

        public long all() {
            return investigations + incidents;
        }
    }

    private static final String KEPT = """
            select is_incident, is_open, sum(investigations) as investigations
            from investigation_count where {scope} group by is_incident, is_open
            """;

    /**
     * How many investigations and incidents there are among those that the rest of a filter lets through. Exact where counters
     * are kept, otherwise at most one more than {@link #COUNTED} of each.
     */
    public Counts count(Scope scope, InvestigationFilter filter) {
        if (!filter.isCounted()) {
            var investigations = counted(scope, filter, false);
            var incidents = counted(scope, filter, true);
            return new Counts(investigations, incidents, Math.max(investigations, incidents) <= COUNTED);
        }
        var counts = new long[2];
        Within.organization(scope, database, KEPT, "organization_id").query(row -> {
            if (filter.isOpen().isEmpty() || filter.isOpen().get() == row.getBoolean("is_open")) {
                counts[row.getBoolean("is_incident") ? 1 : 0] += row.getLong("investigations");
            }
        });
        return new Counts(counts[0], counts[1], true);
    }

    private long counted(Scope scope, InvestigationFilter filter, boolean isIncident) {
        var conditions = conditions(scope, filter.withIncidents(Optional.of(isIncident)));
        return database.sql("select count(*) from (select from investigation i" + conditions.where() + " limit "
                        + (COUNTED + 1) + ") c")
                .params(conditions.parameters())
                .query(Long.class)
                .single();
    }

    private static final String ONE = InvestigationRows.SELECT + "where i.id = :id and {scope}";

    /** One investigation. */
    public Optional<Investigation> find(Scope scope, UUID id) {
        return Within.organization(scope, database, ONE, "i.organization_id")
                .param("id", id)
                .query((row, number) -> InvestigationRows.investigation(row))
                .optional();
    }

    private static final String NUMBERED = """
            select i.id from investigation i where i.short_link = :link and {scope} order by i.created_at desc limit 1
            """;

    /**
     * The investigation that people call so. Two can be called the same when a short name passed from one organization to
     * another; the newest is meant.
     *
     * @param shortLink e.g. {@code ACME-12}, in any case
     */
    public Optional<UUID> numbered(Scope scope, String shortLink) {
        return Within.organization(scope, database, NUMBERED, "i.organization_id")
                .param("link", Columns.key(shortLink.strip().toUpperCase(Locale.ROOT)))
                .query(UUID.class)
                .optional();
    }

    private static final String NAMED = """
            select i.id, i.short_link, i.title, i.is_incident, i.decision is null as is_open
            from investigation i
            """;

    private static final String INCIDENTS = """
            select i.id, i.analyst_severity = 'CRITICAL' as critical from investigation i
            where i.id = any (:ids) and i.is_incident and {scope}
            """;

    /** Which of these are incidents, and whether each of them is a critical one. */
    public Map<UUID, Boolean> incidents(Scope scope, Collection<UUID> ids) {
        var incidents = new HashMap<UUID, Boolean>();
        Within.organization(scope, database, INCIDENTS, "i.organization_id")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    incidents.put(row.getObject("id", UUID.class), row.getBoolean("critical"));
                });
        return incidents;
    }

    private static final String NUMBERS = NAMED + "where i.id = any (:ids) and {scope}";

    /** What investigations are called, those that may be seen. */
    public Map<UUID, NumberAndTitle> numbers(Scope scope, Collection<UUID> ids) {
        var numbers = new HashMap<UUID, NumberAndTitle>();
        if (ids.isEmpty()) {
            return numbers;
        }
        Within.organization(scope, database, NUMBERS, "i.organization_id")
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> named(row))
                .list()
                .forEach(each -> numbers.put(each.id(), each));
        return numbers;
    }

    private static final String OPEN = NAMED + """
            where i.organization_id = :organization and i.decision is null and {scope}
            order by i.created_at desc, i.id desc limit :limit
            """;

    /** The open investigations and incidents of an organization to choose from, newest first; at most {@link #CHOICES}. */
    public List<NumberAndTitle> open(Scope scope, UUID organization) {
        return Within.organization(scope, database, OPEN, "i.organization_id")
                .param("organization", organization)
                .param("limit", CHOICES)
                .query((row, number) -> named(row))
                .list();
    }

    /**
     * Words that somebody wrote about an investigation.
     *
     * @param investigation which one
     * @param excerpt some of what was written, with the words that were looked for
     */
    public record Said(NumberAndTitle investigation, String excerpt) {}

    // The newest of each investigation, so that one in which a word stands everywhere does not hide the others.
    private static final String SAYING = """
            with said as (
                select * from comments_saying(:text, 200)
                union all
                select * from findings_saying(:text, 200)
            ), newest as (
                select distinct on (investigation_id) * from said order by investigation_id, created_at desc
            )
            select i.id, i.short_link, i.title, i.is_incident, i.decision is null as is_open,
                   ts_headline('simple', n.said, websearch_to_tsquery('simple', :text),
                               'StartSel="", StopSel="", MaxWords=25, MinWords=10, MaxFragments=1') as excerpt
            from newest n join investigation i on i.id = n.investigation_id
            where {scope}
            order by n.created_at desc limit :limit
            """;

    /**
     * Investigations whose comments or findings have all these words, in any order, the newest remark first.
     *
     * @param text words, as search engines take them: {@code "in this order"}, {@code -without}, {@code one or other}
     */
    public List<Said> saying(Scope scope, String text, int limit) {
        return Within.organization(scope, database, SAYING, "i.organization_id")
                .param("text", Columns.text(text))
                .param("limit", limit)
                .query((row, number) -> new Said(named(row), row.getString("excerpt")))
                .list();
    }

    private static NumberAndTitle named(ResultSet row) throws SQLException {
        return new NumberAndTitle(
                row.getObject("id", UUID.class),
                row.getString("short_link"),
                row.getString("title"),
                row.getBoolean("is_incident"),
                row.getBoolean("is_open"));
    }

    /**
     * Opens an investigation and puts alerts into it, see {@link InvestigationActions#openFrom}.
     *
     * @param title blank: the name of the first alert
     * @return its id
     */
    public UUID openFrom(Scope scope, Actor actor, Collection<UUID> alertIds, String title) {
        return actions.openFrom(scope, actor, alertIds, title);
    }
}
