package dev.gatehouse.workbench.people;

import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.NamedList;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The organizations, and which of them each directory belongs to. */
@Component
public class Organizations {

    private static final Pattern SHORT_NAME = Pattern.compile("[A-Z][A-Z0-9]{1,9}");
    private static final int LONGEST_SHORT_NAME = 10;
    private static final int LONGEST_MADE = 6;
    private static final int NO_TEXT_LONGER_THAN = 200;
    private static final int NO_NOTES_LONGER_THAN = 10_000;

    private final JdbcClient database;
    private final Fence fence;
    private final InstantSource clock;

    Organizations(JdbcClient database, Fence fence, InstantSource clock) {
        this.database = database;
        this.fence = fence;
        this.clock = clock;
    }

    private static final String SELECT = "select * from organization o where ";

    /** All organizations that may be seen, by name. */
    public List<Organization> all(Scope scope) {
        return database.sql(SELECT + Within.organization(scope, "o.id") + " order by lower(name), id")
                .param("scope", scope.parameter())
                .query((row, number) -> organization(row))
                .list();
    }

    private static final String NAMED =
            " and (o.name ilike :pattern or o.short_name ilike :pattern or o.guid ilike :pattern)";

    /**
     * Organizations with a text in their name, short name or GUID, by name.
     *
     * @param text empty for all
     * @param offset how many to skip
     */
    public Slice<Organization> list(Scope scope, String text, int offset, int limit) {
        var within = Within.organization(scope, "o.id");
        return NamedList.part(
                sql -> database.sql(sql).param("scope", scope.parameter()),
                SELECT + within + NAMED + " order by lower(name), id limit :limit offset :offset",
                "select count(*) from organization o where " + within + NAMED,
                text,
                offset,
                limit,
                (row, number) -> organization(row));
    }

    private static final String SEARCH = """
             and (o.name ilike :pattern or o.short_name ilike :pattern) order by length(o.name), lower(o.name), o.id limit :limit
            """;

    /** Organizations with a text in their name or short name, the shortest name first. */
    public List<Organization> search(Scope scope, String text, int limit) {
        return database.sql(SELECT + Within.organization(scope, "o.id") + SEARCH)
                .param("scope", scope.parameter())
                .param("pattern", Columns.containing(text))
                .param("limit", limit)
                .query((row, number) -> organization(row))
                .list();
    }

    /** The organization with that id, when it may be seen. */
    public Optional<Organization> find(Scope scope, UUID id) {
        return database.sql(SELECT + Within.organization(scope, "o.id") + " and o.id = :id")
                .param("scope", scope.parameter())
                .param("id", id)
                .query((row, number) -> organization(row))
                .optional();
    }

    /** The organization that is named, or the one that the scope is; empty when there is no such organization in scope. */
    public Optional<UUID> whose(Scope scope, Optional<UUID> named) {
        return named.or(() -> scope instanceof Scope.Organization(var own) ? Optional.of(own) : Optional.empty())
                .flatMap(id -> find(scope, id))
                .map(Organization::id);
    }

    /**
     * The organization that somebody means.
     *
     * @param name a short name or an organization GUID, in any case
     */
    public Optional<Organization> named(Scope scope, String name) {
        return database.sql(SELECT + Within.organization(scope, "o.id")
                        + " and (o.short_name = upper(:name) or lower(o.guid) = lower(:name))")
                .param("scope", scope.parameter())
                .param("name", Columns.key(name.strip()))
                .query((row, number) -> organization(row))
                .optional();
    }

    /**
     * The organization that somebody means.
     *
     * @param name its id, short name or organization GUID, in any case
     */
    public Optional<Organization> meant(Scope scope, String name) {
        return id(name).flatMap(id -> find(scope, id)).or(() -> named(scope, name));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The only organization, when there is just one: then nobody has to say which. */
    public Optional<Organization> only(Scope scope) {
        var all = all(scope);
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static final String OF_TENANT = """
            select o.* from organization o join tenant t on t.organization_id = o.id where t.tenant_id = :tenant
            """;

    /** Whose a directory is; empty for one that nobody has named yet. */
    public Optional<Organization> of(TenantId tenant) {
        return database.sql(OF_TENANT)
                .param("tenant", tenant.value())
                .query((row, number) -> organization(row))
                .optional();
    }

    /**
     * A part of a statement that inserts a row of a directory: the id of the organization whose the directory is. The directory
     * cannot be moved to another one until the transaction ends.
     *
     * @param tenant the directory, e.g. {@code :tenant}
     */
    public static String idOf(String tenant) {
        return "(select organization_id from tenant where tenant.tenant_id = %s for share)".formatted(tenant);
    }

    private static final String OF_TENANTS = """
            select t.tenant_id, o.* from unnest(:tenants::uuid[]) wanted (tenant_id)
            join tenant t on t.tenant_id = wanted.tenant_id
            join organization o on o.id = t.organization_id
            """;

    /** Whose directories are; those that nobody has named yet are left out. */
    public Map<TenantId, Organization> of(Collection<TenantId> tenants) {
        var owners = new HashMap<TenantId, Organization>();
        database.sql(OF_TENANTS)
                .param("tenants", tenants.stream().map(TenantId::toString).toArray(String[]::new))
                .query(row -> {
                    owners.put(new TenantId(row.getObject("tenant_id", UUID.class)), organization(row));
                });
        return Map.copyOf(owners);
    }

    private static final String CLAIM = """
            insert into tenant (tenant_id, organization_id) values (:tenant, :organization)
            on conflict do nothing
            """;

    private static final String CLAIM_FIRST = """
            update tenant set organization_id = :organization
            where tenant_id = :tenant and organization_id = :first
            """;

    private static final String IS_OF = """
            select exists (select from tenant where tenant_id = :tenant and organization_id = :organization)
            """;

    /**
     * Makes a directory an organization's, unless it is another's; that it belongs to the {@linkplain #byDefault first} one
     * may only mean that nobody has said.
     *
     * @return whether it is the organization's now
     */
    public boolean claim(TenantId tenant, UUID organization) {
        return fence.write(() -> {
            claiming(CLAIM, tenant, organization).update();
            claiming(CLAIM_FIRST, tenant, organization)
                    .param("first", byDefault().id())
                    .update();
            return claiming(IS_OF, tenant, organization).query(Boolean.class).single();
        });
    }

    private JdbcClient.StatementSpec claiming(String sql, TenantId tenant, UUID organization) {
        return database.sql(sql).param("tenant", tenant.value()).param("organization", organization);
    }

    private static final String MOVE = "update tenant set organization_id = :organization where tenant_id = :tenant";

    /** Makes a directory, with all its records, another organization's. */
    public void move(TenantId tenant, UUID organization) {
        fence.run(() -> claiming(MOVE, tenant, organization).update());
    }

    private static final String FIRST = "select * from organization order by number limit 1";

    /** Whose a new directory is when nobody says: the organization that was there first. There is always one. */
    public Organization byDefault() {
        return database.sql(FIRST).query((row, number) -> organization(row)).single();
    }

    private static final String CLAIM_NEW = """
            insert into tenant (tenant_id, organization_id)
            select wanted.tenant_id, :organization from unnest(:tenants::uuid[]) wanted (tenant_id)
            on conflict do nothing
            """;

    /** Makes those of the directories an organization's that are nobody's yet. */
    public void claimNew(Collection<TenantId> tenants, UUID organization) {
        fence.run(() -> database.sql(CLAIM_NEW)
                .param("tenants", tenants.stream().map(TenantId::toString).toArray(String[]::new))
                .param("organization", organization)
                .update());
    }

    private static final String INSERT = """
            insert into organization (id, guid, name, short_name, region, notes, created_at, updated_at)
            values (:id, :guid, :name, :short, :region, :notes, :now, :now)
            on conflict do nothing
            """;

    /**
     * Adds an organization. What was left blank is made: a GUID, and a short name from the name.
     *
     * @throws InvalidFields when something is wrong with the draft
     */
    public Organization add(OrganizationDraft typed) {
        var draft = completed(typed);
        refuse(problems(draft, Optional.empty()));
        var id = UUID.randomUUID();
        if (save(INSERT, id, draft) == 0) {
            // Somebody else has taken the name or the GUID since they were looked up.
            refuse(problems(draft, Optional.empty()));
        }
        return find(Scope.everything(), id).orElseThrow(() -> new NoSuchOrganization(id));
    }

    private static final String UPDATE = """
            update organization
            set guid = :guid, name = :name, short_name = :short, region = :region, notes = :notes, updated_at = :now
            where id = :id
            """;

    /**
     * Changes an organization.
     *
     * @throws InvalidFields when something is wrong with the draft
     * @throws NoSuchOrganization when there is none with that id
     */
    public Organization change(UUID id, OrganizationDraft typed) {
        var before = find(Scope.everything(), id).orElseThrow(() -> new NoSuchOrganization(id));
        var draft = new OrganizationDraft(
                typed.name(),
                typed.shortName().isEmpty() ? before.shortName() : typed.shortName(),
                typed.guid().isEmpty() ? before.guid().value() : typed.guid(),
                typed.region(),
                typed.notes());
        refuse(problems(draft, Optional.of(id)));
        save(UPDATE, id, draft);
        return find(Scope.everything(), id).orElseThrow(() -> new NoSuchOrganization(id));
    }

    private int save(String statement, UUID id, OrganizationDraft draft) {
        return fence.write(() -> database.sql(statement)
                .param("id", id)
                .param("guid", new OrganizationGuid(draft.guid()).value())
                .param("name", Columns.text(draft.name()))
                .param("short", draft.shortName())
                .param("region", Columns.text(draft.region()))
                .param("notes", Columns.text(draft.notes()))
                .param("now", Columns.timestamp(clock.instant()))
                .update());
    }

    private OrganizationDraft completed(OrganizationDraft draft) {
        var guided = draft.guid().isEmpty() ? draft.withGuid(UUID.randomUUID().toString()) : draft;
        return guided.shortName().isEmpty() ? guided.withShortName(freeShortName(guided.name())) : guided;
    }

    /** From the name's letters and digits, with a number behind it when that is taken. */
    private String freeShortName(String name) {
        var letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "").replaceFirst("^[0-9]+", "");
        var stem = letters.length() < 2 ? "ORG" : letters.substring(0, Math.min(LONGEST_MADE, letters.length()));
        var made = stem;
        for (var number = 2; named(Scope.everything(), made).isPresent(); number++) {
            var suffix = Integer.toString(number);
            made = stem.substring(0, Math.min(stem.length(), LONGEST_SHORT_NAME - suffix.length())) + suffix;
        }
        return made;
    }

    private List<FieldProblem> problems(OrganizationDraft draft, Optional<UUID> changed) {
        var problems = new ArrayList<FieldProblem>();
        if (draft.name().isBlank()) {
            problems.add(FieldProblem.error("name", "Name is empty. Enter what people call the customer."));
        }
        checkLength("name", draft.name(), NO_TEXT_LONGER_THAN, problems);
        checkLength("region", draft.region(), NO_TEXT_LONGER_THAN, problems);
        checkLength("notes", draft.notes(), NO_NOTES_LONGER_THAN, problems);
        if (!SHORT_NAME.matcher(draft.shortName()).matches()) {
            problems.add(FieldProblem.error(
                    "short_name",
                    "'%s' is no short name. Use 2 to 10 letters and digits, a letter first, for example ACME."
                            .formatted(draft.shortName())));
        } else {
            taken("short_name", draft.shortName(), changed).ifPresent(problems::add);
        }
        try {
            taken("guid", new OrganizationGuid(draft.guid()).value(), changed).ifPresent(problems::add);
        } catch (IllegalArgumentException e) {
            problems.add(FieldProblem.error("guid", String.valueOf(e.getMessage())));
        }
        return problems;
    }

    private Optional<FieldProblem> taken(String field, String value, Optional<UUID> changed) {
        return named(Scope.everything(), value)
                .filter(other -> changed.filter(other.id()::equals).isEmpty())
                .map(other -> FieldProblem.error(
                        field, "%s is that of '%s' already. Use another.".formatted(value, other.name())));
    }

    private static void checkLength(String field, String text, int most, List<FieldProblem> problems) {
        if (text.length() > most) {
            problems.add(FieldProblem.error(field, "This is too long. Use at most %,d characters.".formatted(most)));
        }
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
    }

    private static Organization organization(ResultSet row) throws SQLException {
        return new Organization(
                row.getObject("id", UUID.class),
                new OrganizationGuid(row.getString("guid")),
                row.getString("name"),
                row.getString("short_name"),
                row.getString("region"),
                row.getString("notes"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
