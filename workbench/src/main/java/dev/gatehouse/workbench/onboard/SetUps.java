package dev.gatehouse.workbench.onboard;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.Clouds;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The customers who are being set up, what is known about each point of the guide, and who did what when. */
@Component
public class SetUps {

    private static final int NO_TEXT_LONGER_THAN = 200;

    private final JdbcClient database;
    private final Fence fence;
    private final Clouds clouds;
    private final Organizations organizations;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    SetUps(
            JdbcClient database,
            Fence fence,
            Clouds clouds,
            Organizations organizations,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.database = database;
        this.fence = fence;
        this.clouds = clouds;
        this.organizations = organizations;
        this.events = events;
        this.clock = clock;
    }

    private static final String ALL =
            "select * from tenant_setup where deleted_at is null and {scope} order by lower(name), id";

    /** All that were not removed, by name. */
    public List<SetUp> all(Scope scope) {
        return scope.tenants(database, ALL, "directory_id")
                .query((row, number) -> setUp(row))
                .list();
    }

    private static final String ONE = "select * from tenant_setup where id = :id and deleted_at is null and {scope}";

    /**
     * The set-up with that id.
     *
     * @throws NoSuchSetUp when there is none, or it was removed
     */
    public SetUp require(Scope scope, UUID id) {
        return scope.tenants(database, ONE, "directory_id")
                .param("id", id)
                .query((row, number) -> setUp(row))
                .optional()
                .orElseThrow(() -> new NoSuchSetUp(id));
    }

    private static final String OF_DIRECTORY = """
            select * from tenant_setup where directory_id = :directory and deleted_at is null and {scope}
            """;

    /** The set-up of a directory, when there is one. */
    public Optional<SetUp> of(Scope scope, TenantId directory) {
        return scope.tenants(database, OF_DIRECTORY, "directory_id")
                .param("directory", directory.value())
                .query((row, number) -> setUp(row))
                .optional();
    }

    private List<FieldProblem> problems(Optional<UUID> changed, SetUpDraft draft) {
        var problems = new ArrayList<FieldProblem>();
        checkText(draft.name(), "name", "Name is empty. Enter what people call the customer.", problems);
        checkText(draft.deviceName(), "device_name", "", problems);
        checkText(draft.location(), "location", "", problems);
        parsed(() -> TenantId.parse(draft.directoryId()), "directory_id", problems)
                .flatMap(directory -> of(Scope.everything(), directory))
                .filter(other -> changed.filter(other.id()::equals).isEmpty())
                .ifPresent(other -> problems.add(problem(
                        "directory_id",
                        "Directory ID %s is that of '%s' already. Open that set-up instead of adding another."
                                .formatted(other.directory(), other.name()))));
        parsed(() -> new OrganizationGuid(draft.organization()), "organization", problems);
        if (!draft.adoptedId().isEmpty()) {
            parsed(() -> ApplicationId.parse(draft.adoptedId()), "adopted_id", problems);
        }
        if (clouds.named(draft.cloud()).isEmpty()) {
            problems.add(problem("cloud", "There is no cloud named '%s'.".formatted(draft.cloud())));
        }
        return problems;
    }

    private static void checkText(String text, String field, String whenEmpty, List<FieldProblem> problems) {
        if (text.isEmpty()) {
            problems.add(problem(field, whenEmpty));
        } else if (text.length() > NO_TEXT_LONGER_THAN) {
            problems.add(problem(field, "This is too long. Use at most %d characters.".formatted(NO_TEXT_LONGER_THAN)));
        }
    }

    private static <T> Optional<T> parsed(Supplier<T> parser, String field, List<FieldProblem> problems) {
        try {
            return Optional.of(parser.get());
        } catch (IllegalArgumentException e) {
            problems.add(problem(field, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static FieldProblem problem(String field, String message) {
        return new FieldProblem(field, message, FieldProblem.Weight.ERROR);
    }

    /**
     * A set-up says whose its directory is. SOC people may name an organization that nobody knows yet, which is made, and may
     * mend what they named before.
     */
    private void claim(Scope scope, Optional<SetUp> before, SetUpDraft draft) {
        var directory = TenantId.parse(draft.directoryId());
        var organization = organizationOf(scope, draft);
        if (organizations.claim(directory, organization.id())) {
            return;
        }
        var isMended =
                before.filter(known -> known.directory().equals(directory)).isPresent();
        if (isMended && scope instanceof Scope.Everything) {
            organizations.move(directory, organization.id());
            return;
        }
        throw new InvalidSetUp(List.of(organizations
                .of(directory)
                .map(owner -> problem(
                        "organization",
                        "Directory ID %s belongs to the organization '%s'. Use its GUID, %s."
                                .formatted(directory, owner.name(), owner.guid())))
                .orElseGet(() -> problem(
                        "directory_id",
                        "Directory ID %s belongs to another organization. Check it.".formatted(directory)))));
    }

    private Organization organizationOf(Scope scope, SetUpDraft draft) {
        var named = organizations.named(scope, draft.organization());
        if (named.isEmpty() && scope instanceof Scope.Organization(var own)) {
            throw new InvalidSetUp(List.of(problem(
                    "organization",
                    "That is not the organization GUID of your organization, which is %s."
                            .formatted(
                                    organizations.find(scope, own).orElseThrow().guid()))));
        }
        return named.orElseGet(
                () -> organizations.add(OrganizationDraft.named(draft.name()).withGuid(draft.organization())));
    }

    private static final String INSERT = """
            insert into tenant_setup (id, name, directory_id, organization, cloud, device_name, location, adopted_id,
                                      application_id, uses_certificate, allows_rotation, created_at, updated_at)
            values (:id, :name, :directory, :organization, :cloud, :device, :location, :adopted, :adopted,
                    :certificate, :rotation, :now, :now)
            """;

    /**
     * Writes a customer down. Nothing happens in the tenant.
     *
     * @param scope of whoever does it
     * @param actor who does it, for the history
     * @throws InvalidSetUp when something is wrong with the draft
     */
    public SetUp add(Scope scope, SetUpDraft draft, String actor) {
        var id = UUID.randomUUID();
        save(scope, INSERT, id, Optional.empty(), draft, actor);
        return require(scope, id);
    }

    private static final String UPDATE = """
            update tenant_setup
            set name = :name, directory_id = :directory, organization = :organization, cloud = :cloud,
                device_name = :device, location = :location, adopted_id = :adopted,
                application_id = coalesce(:adopted, case when directory_id = :directory then application_id end),
                uses_certificate = :certificate, allows_rotation = :rotation, updated_at = :now
            where id = :id
            """;

    private static final String FORGET_POINTS = "delete from tenant_setup_point where setup_id = :id";

    /**
     * Changes what is written down about a customer. What was confirmed has to be confirmed again, since it was about
     * other values.
     *
     * @param scope of whoever does it
     * @param actor who does it, for the history
     * @throws InvalidSetUp when something is wrong with the draft
     * @throws NoSuchSetUp when it was removed
     */
    public SetUp change(Scope scope, UUID id, SetUpDraft draft, String actor) {
        save(scope, UPDATE, id, Optional.of(require(scope, id)), draft, actor);
        return require(scope, id);
    }

    private void save(Scope scope, String statement, UUID id, Optional<SetUp> before, SetUpDraft typed, String actor) {
        var draft = typed.completed();
        var problems = problems(before.map(SetUp::id), draft);
        if (!problems.isEmpty()) {
            throw new InvalidSetUp(problems);
        }
        try {
            fence.run(() -> {
                claim(scope, before, draft);
                database.sql(statement)
                        .param("id", id)
                        .param("name", Columns.text(draft.name()))
                        .param("directory", TenantId.parse(draft.directoryId()).value())
                        .param("organization", new OrganizationGuid(draft.organization()).value())
                        .param(
                                "cloud",
                                clouds.named(draft.cloud()).orElseThrow().name())
                        .param("device", Columns.text(draft.deviceName()))
                        .param("location", Columns.text(draft.location()))
                        .param(
                                "adopted",
                                draft.adoptedId().isEmpty()
                                        ? null
                                        : ApplicationId.parse(draft.adoptedId()).value(),
                                Types.OTHER)
                        .param("certificate", draft.usesCertificate())
                        .param("rotation", draft.allowsRotation())
                        .param("now", Columns.timestamp(clock.instant()))
                        .update();
                database.sql(FORGET_POINTS).param("id", id).update();
                remember(
                        id,
                        before.isEmpty() ? "CREATED" : "UPDATED",
                        "Directory ID %s".formatted(draft.directoryId()),
                        actor);
            });
        } catch (DuplicateKeyException e) {
            throw new InvalidSetUp(List.of(
                    problem("directory_id", "Directory ID %s has a set-up already.".formatted(draft.directoryId()))));
        }
        events.publishEvent(new SetUpChanged(id));
    }

    private static final String DELETE = """
            update tenant_setup set deleted_at = :now, updated_at = :now where id = :id and deleted_at is null
            """;

    /**
     * Takes a set-up off the list. The tenant and the security device stay as they are.
     *
     * @throws NoSuchSetUp when it was removed already
     */
    public void remove(UUID id, String actor) {
        require(Scope.everything(), id);
        fence.run(() -> {
            database.sql(DELETE)
                    .param("id", id)
                    .param("now", Columns.timestamp(clock.instant()))
                    .update();
            remember(id, "DELETED", "The tenant and the security device stay as they are", actor);
        });
        events.publishEvent(new SetUpChanged(id));
    }

    private static final String USING = "update tenant_setup set application_id = :application where id = :id";

    /** Notes which app registration turned out to be in use. */
    void using(UUID id, ApplicationId application) {
        database.sql(USING)
                .param("id", id)
                .param("application", application.value())
                .update();
    }

    private static final String ADOPT = """
            update tenant_setup set adopted_id = :application, application_id = :application where id = :id
            """;

    /** Notes which app registration somebody wants to be used. */
    void adopt(UUID id, ApplicationId application) {
        database.sql(ADOPT)
                .param("id", id)
                .param("application", application.value())
                .update();
    }

    // ---- Points of the guide -----------------------------------------------------------------------------------

    private static final String POINTS = """
            select p.point, p.state, p.reason, p.checked_at, p.checked_by
            from tenant_setup_point p join tenant_setup s on s.id = p.setup_id
            where p.setup_id = :id and {scope}
            """;

    /** What is known about each point; a point that nobody has looked at is absent. */
    public Map<GuideStep, Confirmation> ticks(Scope scope, UUID id) {
        var ticks = new EnumMap<GuideStep, Confirmation>(GuideStep.class);
        scope.tenants(database, POINTS, "s.directory_id").param("id", id).query(row -> {
            var at = Columns.instant(row, "checked_at");
            var by = row.getString("checked_by");
            var state = Finding.State.of(row.getString("state"));
            var reason = row.getString("reason");
            GuideStep.of(row.getString("point"))
                    .ifPresent(point -> ticks.put(point, new Confirmation(new Finding(point, state, reason), at, by)));
        });
        return ticks;
    }

    private static final String TICK = """
            insert into tenant_setup_point (setup_id, point, state, reason, checked_at, checked_by)
            values (:id, :point, :state, :reason, :now, :actor)
            on conflict (setup_id, point) do update
            set state = excluded.state, reason = excluded.reason, checked_at = excluded.checked_at,
                checked_by = excluded.checked_by
            """;

    /** Keeps what a look has shown. */
    void note(UUID id, Collection<Finding> findings, String actor) {
        fence.run(() -> findings.forEach(finding -> database.sql(TICK)
                .param("id", id)
                .param("point", finding.point().key())
                .param("state", finding.state().key())
                .param("reason", Columns.text(finding.reason()))
                .param("now", Columns.timestamp(clock.instant()))
                .param("actor", actor)
                .update()));
        events.publishEvent(new SetUpChanged(id));
    }

    // ---- Runs --------------------------------------------------------------------------------------------------

    private static final String RUNNING = """
            select coalesce(running_by, '') as actor, running_until > clock_timestamp() as is_alive
            from tenant_setup
            where id = :id
            for update
            """;

    private static final String BEGIN = """
            update tenant_setup
            set running_by = :actor, running_until = clock_timestamp() + interval '1 minute'
            where id = :id
            """;

    private record Running(String actor, boolean isAlive) {}

    /**
     * Takes a tenant for one run, whichever process on the database asks. A run whose process gave no sign of life for a
     * minute does not count.
     *
     * @throws AlreadyRunning when another has it
     */
    void begin(SetUp setUp, String actor) {
        fence.run(() -> {
            var running = database.sql(RUNNING)
                    .param("id", setUp.id())
                    .query((row, number) -> new Running(row.getString("actor"), row.getBoolean("is_alive")))
                    .single();
            if (running.isAlive()) {
                throw new AlreadyRunning(setUp.name(), running.actor());
            }
            if (!running.actor().isEmpty()) {
                remember(
                        setUp.id(),
                        "RUN_INTERRUPTED",
                        "Gatehouse was stopped in the middle. What was made by then is kept",
                        running.actor());
            }
            database.sql(BEGIN).param("id", setUp.id()).param("actor", actor).update();
        });
    }

    private static final String SIGN_OF_LIFE = """
            update tenant_setup
            set running_until = clock_timestamp() + interval '1 minute'
            where id = :id and running_by is not null
            """;

    /** Says that a run goes on. */
    void signOfLife(UUID id) {
        database.sql(SIGN_OF_LIFE).param("id", id).update();
    }

    private static final String END = """
            update tenant_setup set running_by = null, running_until = null where id = :id
            """;

    /** Gives the tenant free again. */
    void end(UUID id) {
        database.sql(END).param("id", id).update();
        events.publishEvent(new SetUpChanged(id));
    }

    // ---- History -----------------------------------------------------------------------------------------------

    private static final String HISTORY = """
            select h.action, h.detail, h.actor, h.at
            from tenant_setup_history h join tenant_setup s on s.id = h.setup_id
            where h.setup_id = :id and {scope} order by h.at desc, h.id desc
            """;

    /** What was done, newest first. */
    public List<HistoryEntry> history(Scope scope, UUID id) {
        return scope.tenants(database, HISTORY, "s.directory_id")
                .param("id", id)
                .query((row, number) -> new HistoryEntry(
                        row.getString("action"),
                        row.getString("detail"),
                        row.getString("actor"),
                        Columns.instant(row, "at")))
                .list();
    }

    private static final String REMEMBER = """
            insert into tenant_setup_history (setup_id, action, detail, actor, at)
            values (:id, :action, :detail, :actor, :now)
            """;

    /** Adds to the history. */
    void remember(UUID id, String action, String detail, String actor) {
        database.sql(REMEMBER)
                .param("id", id)
                .param("action", action)
                .param("detail", Columns.text(detail))
                .param("actor", actor)
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    private static SetUp setUp(ResultSet row) throws SQLException {
        return new SetUp(
                row.getObject("id", UUID.class),
                row.getString("name"),
                new TenantId(row.getObject("directory_id", UUID.class)),
                new OrganizationGuid(row.getString("organization")),
                row.getString("cloud"),
                row.getString("device_name"),
                row.getString("location"),
                Optional.ofNullable(row.getObject("adopted_id", UUID.class)).map(ApplicationId::new),
                Optional.ofNullable(row.getObject("application_id", UUID.class)).map(ApplicationId::new),
                row.getBoolean("uses_certificate"),
                row.getBoolean("allows_rotation"),
                Columns.instant(row, "created_at"));
    }
}
