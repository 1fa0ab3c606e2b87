package dev.gatehouse.workbench.people;

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Keeps the accounts. Passwords go in as they are typed and are stored hashed; they never come out. Each change is a line of
 * the security log.
 */
@Component
public class Accounts {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 100;

    private final JdbcClient database;
    private final Fence fence;
    private final PasswordEncoder passwords;
    private final Organizations organizations;
    private final FirstAdministratorFile firstAdministrator;
    private final InstantSource clock;
    private final SecurityLog security;

    Accounts(
            JdbcClient database,
            Fence fence,
            PasswordEncoder passwords,
            Organizations organizations,
            FirstAdministratorFile firstAdministrator,
            InstantSource clock,
            SecurityLog security) {
        this.database = database;
        this.fence = fence;
        this.passwords = passwords;
        this.organizations = organizations;
        this.firstAdministrator = firstAdministrator;
        this.clock = clock;
        this.security = security;
    }

    // Signing in

    public boolean isEmpty() {
        return database.sql("select not exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    private static final String BY_EMAIL = "select * from account where lower(email) = lower(:email)";

    Optional<SignedIn> find(String email) {
        if (email.indexOf('\0') >= 0) {
            // PostgreSQL takes no such text, so nobody has it.
            return Optional.empty();
        }
        return database.sql(BY_EMAIL)
                .param("email", email.strip())
                .query((row, number) -> signedIn(row))
                .optional();
    }

    boolean hasPassword(UUID id, String password) {
        return database.sql("select password_hash from account where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .filter(hash -> passwords.matches(password, hash))
                .isPresent();
    }

    private static final String SESSION_GOES_ON = """
            select exists (select from account where id = :id and session_generation = :generation and locked_at is null)
            """;

    /** Whether a session has not been ended: its account is there, is not locked, and nobody ended its sessions. */
    boolean goesOn(SignedIn session) {
        return database.sql(SESSION_GOES_ON)
                .param("id", session.account().id())
                .param("generation", session.generation())
                .query(Boolean.class)
                .single();
    }

    void rememberSignIn(UUID id) {
        database.sql("update account set last_login_at = :now where id = :id")
                .param("now", Columns.timestamp(clock.instant()))
                .param("id", id)
                .update();
    }

    private static final String NEW_PASSWORD = """
            update account set password_hash = :hash, session_generation = session_generation + 1
            where id = :id
            returning session_generation
            """;

    /** Changes a password for whom it is, and ends all of their sessions but this one. */
    void changePassword(SignedIn who, String password) {
        var account = who.account();
        who.goOnIn(setPassword(account, password));
        security.changed("password changed", account.email());
    }

    private int setPassword(Account account, String password) {
        var generation = database.sql(NEW_PASSWORD)
                .param("hash", passwords.encode(password))
                .param("id", account.id())
                .query(Integer.class)
                .single();
        firstAdministrator.forgetPasswordOf(account);
        return generation;
    }

    // Managing

    private static final String SELECT = "select * from account a where ";

    /** All accounts that may be seen, by name. */
    public List<ListedAccount> all(Scope scope) {
        return database.sql(SELECT + Within.organization(scope, "a.organization_id")
                        + " order by lower(display_name), lower(email)")
                .param("scope", scope.parameter())
                .query((row, number) -> listed(row))
                .list();
    }

    /**
     * Those whom work of an organization can be given to: its own people and the provider's, as far as they may be seen and
     * may work on alerts, by name.
     */
    public List<Account> assignable(Scope scope, UUID organization) {
        return database
                .sql(SELECT + Within.organization(scope, "a.organization_id")
                        + " and (a.organization_id = :organization or a.organization_id is null) and a.locked_at is null"
                        + " order by lower(display_name), lower(email)")
                .param("scope", scope.parameter())
                .param("organization", organization)
                .query((row, number) -> account(row))
                .list()
                .stream()
                .filter(account -> account.membership().may(Right.WORK_ALERTS))
                .toList();
    }

    private static final String NAMED = " and (a.display_name ilike :pattern or a.email ilike :pattern)";

    private static final String NAMED_LIKE = NAMED + " order by lower(display_name), lower(email) limit :limit";

    /**
     * Accounts with a text in their name or e-mail address, by name.
     *
     * @param text empty for all
     * @param offset how many to skip
     */
    public Slice<ListedAccount> list(Scope scope, String text, int offset, int limit) {
        var within = Within.organization(scope, "a.organization_id");
        return NamedList.part(
                sql -> database.sql(sql).param("scope", scope.parameter()),
                SELECT + within + NAMED_LIKE + " offset :offset",
                "select count(*) from account a where " + within + NAMED,
                text,
                offset,
                limit,
                (row, number) -> listed(row));
    }

    /** Accounts with a text in their name or e-mail address, by name. */
    public List<Account> search(Scope scope, String text, int limit) {
        return database.sql(SELECT + Within.organization(scope, "a.organization_id") + NAMED_LIKE)
                .param("scope", scope.parameter())
                .param("pattern", Columns.containing(text))
                .param("limit", limit)
                .query((row, number) -> account(row))
                .list();
    }

    private static final String WORKING = " and a.locked_at is null and a.role = any (:roles)";

    /** The words of the roles that may work on alerts. */
    private static String[] working() {
        return Arrays.stream(Role.values())
                .filter(role -> role.rights().contains(Right.WORK_ALERTS))
                .map(Role::key)
                .toArray(String[]::new);
    }

    /**
     * Those who may work on alerts, of anybody who may be seen, by name.
     *
     * @param text part of a name or an e-mail address; empty for anybody
     */
    public List<Account> searchAssignable(Scope scope, String text, int limit) {
        return database.sql(SELECT + Within.organization(scope, "a.organization_id") + WORKING + NAMED_LIKE)
                .param("scope", scope.parameter())
                .param("roles", working())
                .param("pattern", Columns.containing(text.strip()))
                .param("limit", limit)
                .query((row, number) -> account(row))
                .list();
    }

    private static final String MEANT = WORKING + """
             and (a.organization_id is null or a.organization_id = :organization::uuid)
             and (a.id::text = lower(:email) or lower(a.email) = lower(:email) or lower(a.display_name) = lower(:name))
             order by lower(a.email) = lower(:email) desc limit 2
            """;

    /** As lists of suggestions write somebody: {@code Ada Lovelace <ada@example.com>}. */
    private static final Pattern NAME_AND_EMAIL = Pattern.compile(".*<([^<>]+)>");

    /**
     * The one of those whom work can be given to that a text means: by the id, by the e-mail address, by a name that nobody else
     * has, or by both as {@code Ada Lovelace <ada@example.com>}.
     *
     * @param organization whose work it is; empty for what is nobody's or everybody's, which only the provider's people get
     * @return empty when it means nobody, or several
     */
    public Optional<Account> assignable(Scope scope, Optional<UUID> organization, String text) {
        var typed = Columns.text(text.strip());
        var both = NAME_AND_EMAIL.matcher(typed);
        var email = both.matches() ? both.group(1).strip() : typed;
        var found = database.sql(SELECT + Within.organization(scope, "a.organization_id") + MEANT)
                .param("scope", scope.parameter())
                .param("roles", working())
                .param("organization", organization.map(UUID::toString).orElse(null))
                .param("email", email)
                .param("name", both.matches() ? "" : typed)
                .query((row, number) -> account(row))
                .list();
        return found.size() == 1
                        || (found.size() == 2 && found.getFirst().email().equalsIgnoreCase(email))
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    /** The account with that id, when it may be seen. */
    public Optional<ListedAccount> find(Scope scope, UUID id) {
        return database.sql(SELECT + Within.organization(scope, "a.organization_id") + " and a.id = :id")
                .param("scope", scope.parameter())
                .param("id", id)
                .query((row, number) -> listed(row))
                .optional();
    }

    /** The account that signs in with that e-mail address, in any case, when it may be seen. */
    public Optional<ListedAccount> find(Scope scope, String email) {
        return database.sql(
                        SELECT + Within.organization(scope, "a.organization_id") + " and lower(email) = lower(:email)")
                .param("scope", scope.parameter())
                .param("email", Columns.key(email.strip()))
                .query((row, number) -> listed(row))
                .optional();
    }

    /**
     * Adds an account without asking who may.
     *
     * @throws DuplicateKeyException when the e-mail address is taken
     */
    public Account add(String email, String displayName, Membership membership, String password) {
        var account = new Account(UUID.randomUUID(), email.strip(), displayName.strip(), membership);
        insert(account, password);
        security.changed("account added", account.email());
        return account;
    }

    private static final String INSERT = """
            insert into account (id, email, display_name, password_hash, role, organization_id, created_at)
            values (:id, :email, :name, :hash, :role, :organization, :now)
            """;

    private void insert(Account account, String password) {
        database.sql(INSERT)
                .param("id", account.id())
                .param("email", account.email())
                .param("name", account.displayName())
                .param("hash", passwords.encode(password))
                .param("role", account.role().key())
                .param("organization", account.membership().organization().orElse(null))
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    /**
     * Adds an account.
     *
     * @throws InvalidFields when something is wrong with the draft or the password, or whoever asks may not give that role
     */
    public Account add(Administrator by, AccountDraft draft, String password) {
        var problems = new ArrayList<>(problems(draft));
        PasswordRules.problemWith(password, draft.email())
                .ifPresent(problem -> problems.add(FieldProblem.error("password", problem)));
        var membership = draft.membership().read(by, organizations, problems);
        refuse(problems);
        return orTaken(draft, () -> add(draft.email(), draft.displayName(), membership.orElseThrow(), password));
    }

    private static final String UPDATE = """
            update account
            set email = :email, display_name = :name, role = :role, organization_id = :organization,
                session_generation = session_generation + :ends
            where id = :id
            """;

    /**
     * Changes an account. When what it is, or what it signs in with, becomes another, its sessions end.
     *
     * @throws InvalidFields when something is wrong with the draft, or whoever asks may not give that role
     * @throws NoSuchAccount when there is none for them with that id
     * @throws WouldLockOut when it would take a role from whoever asks, or from the last SOC admin
     */
    public Account change(Administrator by, UUID id, AccountDraft draft) {
        var changed = fence.write(() -> {
            var before = require(by, id).account();
            var problems = new ArrayList<>(problems(draft));
            var membership = draft.membership().read(by, organizations, problems);
            refuse(problems);
            var after = new Account(id, draft.email(), draft.displayName(), membership.orElseThrow());
            var staysTheSame = after.membership().equals(before.membership());
            if (!staysTheSame) {
                refuseSelf(by, id, "You cannot change your own role. Ask another admin to do it.");
            }
            if (after.role() != Role.SOC_ADMIN) {
                keepOneSocAdmin(before);
            }
            orTaken(draft, () -> database.sql(UPDATE)
                    .param("id", id)
                    .param("email", after.email())
                    .param("name", after.displayName())
                    .param("role", after.role().key())
                    .param("organization", after.membership().organization().orElse(null))
                    .param("ends", staysTheSame && after.email().equals(before.email()) ? 0 : 1)
                    .update());
            return after;
        });
        security.changed("account changed", changed.email());
        return changed;
    }

    private static final String LOCK = """
            update account set locked_at = coalesce(locked_at, :now), session_generation = session_generation + 1
            where id = :id
            """;

    /**
     * Keeps an account from signing in, and ends its sessions.
     *
     * @throws NoSuchAccount when there is none for them with that id
     * @throws WouldLockOut when it is their own, or the last SOC admin's
     */
    public void lock(Administrator by, UUID id) {
        var locked = fence.write(() -> {
            var account = require(by, id).account();
            refuseSelf(by, id, "You cannot lock your own account. Ask another admin to do it.");
            keepOneSocAdmin(account);
            database.sql(LOCK)
                    .param("id", id)
                    .param("now", Columns.timestamp(clock.instant()))
                    .update();
            return account;
        });
        security.changed("account locked", locked.email());
    }

    /**
     * Lets an account sign in again.
     *
     * @throws NoSuchAccount when there is none for them with that id
     */
    public void unlock(Administrator by, UUID id) {
        var account = require(by, id).account();
        database.sql("update account set locked_at = null where id = :id")
                .param("id", id)
                .update();
        security.changed("account unlocked", account.email());
    }

    /**
     * Gives an account another password, and ends its sessions.
     *
     * @throws InvalidFields when the password is too weak
     * @throws NoSuchAccount when there is none for them with that id
     */
    public void resetPassword(Administrator by, UUID id, String password) {
        var account = require(by, id).account();
        PasswordRules.problemWith(password, account.email()).ifPresent(problem -> {
            throw new InvalidFields(List.of(FieldProblem.error("password", problem)));
        });
        setPassword(account, password);
        security.changed("password reset", account.email());
    }

    /**
     * Ends all sessions of an account.
     *
     * @throws NoSuchAccount when there is none for them with that id
     */
    public void endSessions(Administrator by, UUID id) {
        var account = require(by, id).account();
        database.sql("update account set session_generation = session_generation + 1 where id = :id")
                .param("id", id)
                .update();
        security.changed("sessions ended", account.email());
    }

    private ListedAccount require(Administrator by, UUID id) {
        return find(by.scope(), id).orElseThrow(() -> new NoSuchAccount(id));
    }

    private static void refuseSelf(Administrator by, UUID id, String message) {
        if (by.is(id)) {
            throw new WouldLockOut(message);
        }
    }

    // Whoever asks at the same time waits, and then finds one fewer.
    private static final String SOC_ADMINS =
            "select id from account where role = 'soc_admin' and locked_at is null for update";

    private void keepOneSocAdmin(Account account) {
        if (account.role() == Role.SOC_ADMIN
                && database.sql(SOC_ADMINS).query(UUID.class).list().equals(List.of(account.id()))) {
            throw new WouldLockOut("%s is the last SOC Admin who can sign in. Add or unlock another one first."
                    .formatted(account.email()));
        }
    }

    private static List<FieldProblem> problems(AccountDraft draft) {
        var problems = new ArrayList<FieldProblem>();
        if (!EMAIL.matcher(draft.email()).matches() || draft.email().length() > LONGEST_EMAIL) {
            problems.add(FieldProblem.error(
                    "email",
                    draft.email().isEmpty()
                            ? "E-mail is empty. Enter the address that the person is to sign in with."
                            : "This is no e-mail address. Enter one like ada@example.com."));
        }
        if (draft.displayName().isBlank()) {
            problems.add(FieldProblem.error("display_name", "Name is empty. Enter what people call the person."));
        }
        if (draft.displayName().length() > LONGEST_NAME) {
            problems.add(FieldProblem.error(
                    "display_name", "This is too long. Use at most %d characters.".formatted(LONGEST_NAME)));
        }
        return problems;
    }

    private static <T> T orTaken(AccountDraft draft, Supplier<T> statement) {
        try {
            return statement.get();
        } catch (DuplicateKeyException e) {
            throw new EmailTaken(draft.email());
        }
    }

    private static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
    }

    static SignedIn signedIn(ResultSet row) throws SQLException {
        return new SignedIn(
                account(row),
                Columns.optionalInstant(row, "locked_at").isPresent(),
                row.getInt("session_generation"),
                row.getString("password_hash"));
    }

    private static ListedAccount listed(ResultSet row) throws SQLException {
        return new ListedAccount(
                account(row),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "last_login_at"),
                Columns.optionalInstant(row, "locked_at"));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("display_name"),
                membership(row));
    }

    static Membership membership(ResultSet row) throws SQLException {
        return new Membership(
                Role.of(row.getString("role")), Optional.ofNullable(row.getObject("organization_id", UUID.class)));
    }
}
