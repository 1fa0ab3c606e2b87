package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.notifications.Conditional.Operator;
import dev.gatehouse.workbench.notifications.Conditional.Together;
import dev.gatehouse.workbench.notifications.NotificationHistory.Line;
import dev.gatehouse.workbench.notifications.NotificationHistory.Subject;
import dev.gatehouse.workbench.notifications.NotificationRule.Terms;
import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.people.HistoryEntry.Action;
import dev.gatehouse.workbench.people.HistoryEntry.Change;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Trace;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.NamedList;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of organizations, of the provider, and people's own. Those of an organization are for its admins to write; whoever
 * belongs to it may read them. One's own are for nobody else.
 */
@Component
public class NotificationRules {

    /** An organization, or somebody, has at most so many. */
    static final int MOST = 100;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient database;
    private final Integrations integrations;
    private final Organizations organizations;
    private final Mail mail;
    private final NotificationHistory history;
    private final Fence fence;
    private final InstantSource clock;

    NotificationRules(
            JdbcClient database,
            Integrations integrations,
            Organizations organizations,
            Mail mail,
            NotificationHistory history,
            Fence fence,
            InstantSource clock) {
        this.database = database;
        this.integrations = integrations;
        this.organizations = organizations;
        this.mail = mail;
        this.history = history;
        this.fence = fence;
        this.clock = clock;
    }

    private static final String OF = "r.organization_id";

    private static final String SELECT = """
            select r.*, o.name as organization_name
            from notification_rule r left join organization o on o.id = r.organization_id
            where {scope}
            """;

    private static final String SHARED = " and r.account_id is null and r.name ilike :pattern";

    /**
     * Those of organizations with a text in their name, by name.
     *
     * @param text empty for all
     * @param offset how many to skip
     */
    public Slice<NotificationRule> list(Scope scope, String text, int offset, int limit) {
        return NamedList.part(
                sql -> scope.organizations(database, sql, OF),
                SELECT + SHARED + " order by lower(r.name), r.id limit :limit offset :offset",
                "select count(*) from notification_rule r where {scope}" + SHARED,
                text,
                offset,
                limit,
                (row, number) -> rule(row));
    }

    /** Somebody's own, by name. */
    public List<NotificationRule> own(Scope scope, UUID account) {
        return scope.organizations(database, SELECT + " and r.account_id = :account order by lower(r.name), r.id", OF)
                .param("account", account)
                .query((row, number) -> rule(row))
                .list();
    }

    /** One that somebody may see. */
    public Optional<NotificationRule> find(Scope scope, UUID id, Author author) {
        return scope.organizations(
                        database,
                        SELECT + " and r.id = :id and (r.account_id is null or r.account_id = :account::uuid)",
                        OF)
                .param("id", id)
                .param("account", author.account().map(UUID::toString).orElse(null), Types.VARCHAR)
                .query((row, number) -> rule(row))
                .optional();
    }

    /** What was done to one of an organization or of the provider, the last first; at most 200 entries. */
    public List<HistoryEntry> history(Scope scope, UUID id) {
        return history.of(scope, id);
    }

    private static final String INSERT = """
            insert into notification_rule (id, organization_id, account_id, name, events, condition_operator, conditionals, destinations,
                                           is_enabled, revision, created_at, created_by, created_by_id, updated_at, updated_by,
                                           updated_by_id)
            values (:id, :organization, :account, :name, :events, :together, :conditionals::jsonb, :destinations, :enabled, 0,
                    :now, :by, :byId, :now, :by, :byId)
            """;

    /**
     * Adds a rule.
     *
     * @param organization whose it is to be; empty for that of the scope, or for the provider's where all are seen
     * @param isOwn whether it is to be the author's own
     * @throws dev.gatehouse.workbench.platform.fields.InvalidFields when something is wrong with the draft
     * @throws NoSuchNotification when the author may not write it
     */
    public NotificationRule add(
            Scope scope, Optional<UUID> organization, boolean isOwn, RuleDraft draft, Author author) {
        var id = UUID.randomUUID();
        var account = author.account().filter(any -> isOwn);
        if (isOwn ? account.isEmpty() : !author.mayManage()) {
            throw new NoSuchNotification(id);
        }
        var whose = Whom.of(scope, organization, organizations);
        var terms = RuleChecks.require(draft, reach(scope, whose, account), List.of());
        requireRoom(scope, whose, account);
        var now = now();
        return fence.write(() -> {
            with(database.sql(INSERT), terms, draft.isEnabled(), author, now)
                    .param("id", id)
                    .param("organization", whose.orElse(null), Types.OTHER)
                    .param("account", account.orElse(null), Types.OTHER)
                    .update();
            var added = require(scope, id, author);
            remember(scope, Action.CREATED, author, now, Optional.empty(), Optional.of(added));
            return added;
        });
    }

    /** In the transaction that does it; nothing of people's own. */
    private void remember(
            Scope scope,
            Action action,
            Author author,
            Instant now,
            Optional<NotificationRule> from,
            Optional<NotificationRule> to) {
        var rule = to.or(() -> from).orElseThrow();
        if (rule.isPersonal()) {
            return;
        }
        history.remember(List.of(new Line(
                Subject.RULE,
                rule.id(),
                rule.owner().organization(),
                new HistoryEntry(now, action, author.actor(), rule.revision(), changes(scope, from, to)))));
    }

    private List<Change> changes(Scope scope, Optional<NotificationRule> from, Optional<NotificationRule> to) {
        var names = integrations.names(
                scope,
                Stream.concat(from.stream(), to.stream())
                        .flatMap(rule -> rule.terms().destinations().stream())
                        .toList());
        var changes = new ArrayList<Change>();
        add(changes, "name", from, to, rule -> rule.terms().name());
        add(changes, "event_names", from, to, rule -> rule.terms().events().stream()
                .map(EventName::key)
                .collect(Collectors.joining(", ")));
        add(changes, "condition_operator", from, to, rule -> rule.terms()
                .together()
                .name());
        add(changes, "conditionals", from, to, rule -> rule.terms().conditionals().stream()
                .map(Conditional::sentence)
                .collect(Collectors.joining(", ")));
        add(
                changes,
                "destinations",
                from,
                to,
                rule -> Integrations.named(rule.terms().destinations().stream().map(Destination::key), names));
        add(changes, "is_enabled", from, to, rule -> String.valueOf(rule.isEnabled()));
        return changes;
    }

    private static void add(
            List<Change> changes,
            String field,
            Optional<NotificationRule> from,
            Optional<NotificationRule> to,
            Function<NotificationRule, String> value) {
        Change.add(changes, field, from.map(value), to.map(value));
    }

    private RuleChecks.Reach reach(Scope scope, Optional<UUID> whose, Optional<UUID> account) {
        var ids = account.isPresent()
                ? Set.<UUID>of()
                : integrations.of(scope, whose).stream().map(Integration::id).collect(Collectors.toSet());
        return new RuleChecks.Reach(ids, account, mail.isThere());
    }

    private static final String COUNT = """
            select count(*) from notification_rule r
            where r.organization_id is not distinct from :organization::uuid
              and r.account_id is not distinct from :account::uuid and {scope}
            """;

    private void requireRoom(Scope scope, Optional<UUID> whose, Optional<UUID> account) {
        var count = scope.organizations(database, COUNT, OF)
                .param("organization", whose.map(UUID::toString).orElse(null), Types.VARCHAR)
                .param("account", account.map(UUID::toString).orElse(null), Types.VARCHAR)
                .query(Integer.class)
                .single();
        if (count >= MOST) {
            var problems = new Problems();
            problems.add("name", "There are at most %d rules. Remove one first.".formatted(MOST));
            problems.require();
        }
    }

    private JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec statement, Terms terms, boolean isEnabled, Author author, Instant now) {
        return statement
                .param("name", Columns.text(terms.name()))
                .param("events", terms.events().stream().map(EventName::key).toArray(String[]::new))
                .param("together", terms.together().name())
                .param("conditionals", json(terms.conditionals()))
                .param(
                        "destinations",
                        terms.destinations().stream().map(Destination::key).toArray(String[]::new))
                .param("enabled", isEnabled)
                .param("now", Columns.timestamp(now))
                .param("by", Columns.text(author.actor().name()))
                .param("byId", author.actor().id().orElse(null), Types.OTHER);
    }

    private static final String UPDATE = """
            update notification_rule set name = :name, events = :events, condition_operator = :together,
                conditionals = :conditionals::jsonb, destinations = :destinations, is_enabled = :enabled, revision = revision + 1,
                updated_at = :now, updated_by = :by, updated_by_id = :byId
            where id = :id and revision = :revision
            """;

    /**
     * Changes what a rule says.
     *
     * @param revision of what they looked at
     * @throws dev.gatehouse.workbench.platform.fields.InvalidFields when something is wrong with the draft
     * @throws NoSuchNotification when there is none that they may change
     * @throws NotificationChangedMeanwhile when it has changed since they looked
     */
    public NotificationRule change(Scope scope, UUID id, int revision, RuleDraft draft, Author author) {
        var before = writable(scope, id, author);
        var terms = RuleChecks.require(
                draft,
                reach(scope, before.owner().organization(), before.account()),
                before.terms().destinations());
        requireSeen(before, revision);
        if (terms.equals(before.terms()) && draft.isEnabled() == before.isEnabled()) {
            return before;
        }
        var now = now();
        return fence.write(() -> {
            var rows = with(database.sql(UPDATE), terms, draft.isEnabled(), author, now)
                    .param("id", id)
                    .param("revision", revision)
                    .update();
            requireDone(scope, id, author, rows);
            var after = require(scope, id, author);
            remember(scope, Action.UPDATED, author, now, Optional.of(before), Optional.of(after));
            return after;
        });
    }

    private static void requireSeen(NotificationRule present, int revision) {
        if (present.revision() != revision) {
            throw new NotificationChangedMeanwhile(present.trace().updatedBy());
        }
    }

    private static final String DELETE = "delete from notification_rule where id = :id and revision = :revision";

    /**
     * Removes a rule. What it has led to before is still delivered.
     *
     * @param revision of what they looked at
     * @throws NoSuchNotification when there is none that they may remove
     * @throws NotificationChangedMeanwhile when it has changed since they looked
     */
    public void remove(Scope scope, UUID id, int revision, Author author) {
        var before = writable(scope, id, author);
        requireSeen(before, revision);
        var now = now();
        fence.run(() -> {
            var rows = database.sql(DELETE)
                    .param("id", id)
                    .param("revision", revision)
                    .update();
            requireDone(scope, id, author, rows);
            remember(scope, Action.DELETED, author, now, Optional.of(before), Optional.empty());
        });
    }

    private NotificationRule writable(Scope scope, UUID id, Author author) {
        var rule = require(scope, id, author);
        if (!rule.isPersonal() && !author.mayManage()) {
            throw new NoSuchNotification(id);
        }
        return rule;
    }

    private NotificationRule require(Scope scope, UUID id, Author author) {
        return find(scope, id, author).orElseThrow(() -> new NoSuchNotification(id));
    }

    private void requireDone(Scope scope, UUID id, Author author, int rows) {
        if (rows == 0) {
            throw new NotificationChangedMeanwhile(
                    require(scope, id, author).trace().updatedBy());
        }
    }

    /**
     * What organizations usually want to be told, as rules that lead to some destinations: one for each kind of thing. What is
     * assigned is told when it is assigned to the organization or one of its people.
     */
    public static List<RuleDraft> usual(List<String> destinations) {
        return List.of(
                usual("Incident is created", List.of(EventName.INCIDENT_CREATED), false, destinations),
                usual("Incident is assigned to my org", List.of(EventName.INCIDENT_ASSIGNED), true, destinations),
                usual(
                        "Investigation is assigned to my org",
                        List.of(EventName.INVESTIGATION_ASSIGNED),
                        true,
                        destinations),
                usual(
                        "Remediation action is assigned to my org",
                        List.of(EventName.REMEDIATION_ACTION_ASSIGNED),
                        true,
                        destinations),
                usual(
                        "Verify action is assigned to my org",
                        List.of(EventName.VERIFY_ACTION_ASSIGNED),
                        true,
                        destinations),
                usual(
                        "Investigative action is assigned to my org",
                        List.of(EventName.INVESTIGATIVE_ACTION_ASSIGNED),
                        true,
                        destinations),
                usual(
                        "Notify action is assigned to my org",
                        List.of(EventName.NOTIFY_ACTION_ASSIGNED),
                        true,
                        destinations),
                usual(
                        "Security device has a health status change",
                        List.of(EventName.SECURITY_DEVICE_HEALTHY, EventName.SECURITY_DEVICE_UNHEALTHY),
                        false,
                        destinations));
    }

    private static RuleDraft usual(String name, List<EventName> events, boolean isToUs, List<String> destinations) {
        return new RuleDraft(
                name,
                events.stream().map(EventName::key).toList(),
                Together.ALL_OF.name(),
                isToUs
                        ? List.of(new RuleDraft.TypedConditional(
                                ConditionField.ASSIGNEE.key(),
                                Operator.IS.key(),
                                List.of(ConditionField.MY_ORGANIZATION)))
                        : List.of(),
                destinations,
                true);
    }

    /**
     * Adds the {@linkplain #usual usual} rules, but for those of which there is one with the same name.
     *
     * @return how many were added
     * @throws dev.gatehouse.workbench.platform.fields.InvalidFields when a destination is none
     */
    public int addUsual(Scope scope, Optional<UUID> organization, List<String> destinations, Author author) {
        var whose = Whom.of(scope, organization, organizations);
        var names = names(scope, whose);
        var added = 0;
        for (var draft : usual(destinations)) {
            if (!names.contains(draft.name())) {
                add(scope, whose, false, draft, author);
                added++;
            }
        }
        return added;
    }

    private static final String NAMES = """
            select r.name from notification_rule r
            where r.account_id is null and r.organization_id is not distinct from :organization::uuid and {scope}
            """;

    private Set<String> names(Scope scope, Optional<UUID> whose) {
        return Set.copyOf(scope.organizations(database, NAMES, OF)
                .param("organization", whose.map(UUID::toString).orElse(null), Types.VARCHAR)
                .query(String.class)
                .list());
    }

    private static final String LISTENING = """
            select r.*, '' as organization_name
            from listening_rules(:organizations::uuid[], :tenants::uuid[], :events::text[]) r
            """;

    /**
     * Which rules hear of some of these events. A rule of the provider hears of all organizations.
     *
     * @param organizations of the events
     * @param tenants directories of the events of which it is not known yet whose they are
     */
    List<NotificationRule> listening(
            Collection<UUID> organizations, Collection<UUID> tenants, Collection<EventName> events) {
        return database.sql(LISTENING)
                .param("organizations", organizations.toArray(UUID[]::new))
                .param("tenants", tenants.toArray(UUID[]::new))
                .param("events", events.stream().map(EventName::key).toArray(String[]::new))
                .query((row, number) -> rule(row))
                .list();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String json(List<Conditional> conditionals) {
        var array = JSON.createArrayNode();
        for (var conditional : conditionals) {
            var one = array.addObject()
                    .put("field", conditional.field().key())
                    .put("operator", conditional.operator().key());
            var values = one.putArray("values");
            conditional.values().forEach(value -> values.add(Columns.text(value)));
        }
        return JSON.writeValueAsString(array);
    }

    /** What a later release may have written is left out by this one. */
    private static List<Conditional> conditionals(String json) {
        return JSON.readTree(json)
                .valueStream()
                .flatMap(one -> ConditionField.named(one.path("field").asString(""))
                        .flatMap(field -> Operator.named(one.path("operator").asString(""))
                                .map(operator -> new Conditional(
                                        field,
                                        operator,
                                        one.path("values")
                                                .valueStream()
                                                .map(value -> value.asString(""))
                                                .toList())))
                        .stream())
                .toList();
    }

    private static NotificationRule rule(ResultSet row) throws SQLException {
        return new NotificationRule(
                row.getObject("id", UUID.class),
                Integrations.owner(row),
                Optional.ofNullable(row.getObject("account_id", UUID.class)),
                new Terms(
                        row.getString("name"),
                        Columns.texts(row, "events").stream()
                                .flatMap(key -> EventName.named(key).stream())
                                .toList(),
                        Together.valueOf(row.getString("condition_operator")),
                        conditionals(row.getString("conditionals")),
                        Columns.texts(row, "destinations").stream()
                                .flatMap(key -> Destination.of(key).stream())
                                .toList()),
                row.getBoolean("is_enabled"),
                row.getInt("revision"),
                Trace.of(row));
    }
}
