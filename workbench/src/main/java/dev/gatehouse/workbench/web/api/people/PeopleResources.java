package dev.gatehouse.workbench.web.api.people;

import static dev.gatehouse.workbench.web.api.resources.Attribute.always;
import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.computed;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;

import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.AccountDraft;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Administrator;
import dev.gatehouse.workbench.people.ApiToken;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.CodeProblem;
import dev.gatehouse.workbench.people.GeneratedPassword;
import dev.gatehouse.workbench.people.ListedAccount;
import dev.gatehouse.workbench.people.ListedToken;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.MembershipDraft;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.people.SecondFactors;
import dev.gatehouse.workbench.people.SignedIn;
import dev.gatehouse.workbench.people.TokenDraft;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** {@code user_accounts}: people who sign in, and {@code api_keys}: what programs come with. */
@Component
class PeopleResources implements Description {

    static final String ACCOUNTS = "user_accounts";
    static final String KEYS = "api_keys";
    private static final String STATUSES = "user_account_statuses";

    private static final String ACCOUNT_ROLES = "user_account_roles";

    private static final String EMAIL = "email";
    private static final String DISPLAY_NAME = "display_name";
    private static final String ROLE = "role";
    private static final String ORGANIZATION = "organization";
    private static final String ORGANIZATION_ID = "organization_id";
    private static final String LOCKED = "locked";
    private static final String PASSWORD = "password";
    private static final String CODE = "otp";

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::key).toList();

    private final Accounts accounts;
    private final ApiTokens tokens;
    private final SecondFactors secondFactors;
    private final Organizations organizations;
    private final InstantSource clock;

    PeopleResources(
            Accounts accounts,
            ApiTokens tokens,
            SecondFactors secondFactors,
            Organizations organizations,
            InstantSource clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.secondFactors = secondFactors;
        this.organizations = organizations;
        this.clock = clock;
    }

    @Override
    public List<Resource> resources() {
        return List.of(accounts(), statuses(), roles(), keys());
    }

    private Resource accounts() {
        return Resource.of(ACCOUNTS, this::accountRows)
                .says("People who sign in. A password that was made for one stands in the answer that made it alone.")
                .readBy(Right.SEE_PEOPLE)
                .has(
                        text(EMAIL).writable(),
                        text(DISPLAY_NAME).writable(),
                        text(ROLE).of(ROLES).writable(),
                        bool("active"),
                        bool("assignable"),
                        bool(LOCKED).writable(),
                        time("locked_at"),
                        time("created_at"),
                        none("updated_at", Type.TIME),
                        time("last_login_at"),
                        text(ORGANIZATION).writable(),
                        text(ORGANIZATION_ID),
                        computed(PASSWORD, Type.TEXT).writable())
                .leadsTo(
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID).writable(),
                        one("actor", "actors", "id"),
                        one("user_account_status", STATUSES, "id"),
                        many(ACCOUNT_ROLES, ACCOUNT_ROLES, "id"))
                .sortedBy("display_name")
                .created(Right.MANAGE_PEOPLE, this::addAccount)
                .changed(Right.MANAGE_PEOPLE, this::changeAccount)
                .build();
    }

    private List<Row> accountRows(Scope scope) {
        var names = names(scope);
        return accounts.all(scope).stream().map(listed -> row(listed, names)).toList();
    }

    private Map<UUID, String> names(Scope scope) {
        return organizations.all(scope).stream().collect(Collectors.toMap(Organization::id, Organization::shortName));
    }

    private static Row row(ListedAccount listed, Map<UUID, String> names) {
        var account = listed.account();
        return in(new Row(), account.membership(), names)
                .with("id", account.id().toString())
                .with(EMAIL, account.email())
                .with(DISPLAY_NAME, account.displayName())
                .with("active", !listed.isLocked())
                .with("assignable", account.membership().may(Right.WORK_ALERTS) && !listed.isLocked())
                .with(LOCKED, listed.isLocked())
                .with("locked_at", listed.lockedAt())
                .with("created_at", listed.createdAt())
                .with("last_login_at", listed.lastSignIn());
    }

    private static Row in(Row row, Membership membership, Map<UUID, String> names) {
        return row.with(ROLE, membership.role().key())
                .with(ORGANIZATION_ID, membership.organization().map(UUID::toString))
                .with(ORGANIZATION, membership.organization().flatMap(id -> Optional.ofNullable(names.get(id))));
    }

    private static String organization(Change change, String otherwise) {
        return change.text(ORGANIZATION)
                .or(() -> change.relation(ORGANIZATION).map(to -> to.orElse("")))
                .orElse(otherwise);
    }

    private Written addAccount(Change change) {
        var given = change.text(PASSWORD);
        var password = given.orElseGet(GeneratedPassword::draw);
        var draft = new AccountDraft(
                change.required(EMAIL),
                change.text(DISPLAY_NAME).orElseGet(() -> change.required(EMAIL)),
                new MembershipDraft(change.required(ROLE), organization(change, "")));
        var account = accounts.add(Administrator.of(change.caller()), draft, password);
        return new Written(account.id().toString(), given.isPresent() ? Map.of() : Map.of(PASSWORD, password));
    }

    private Written changeAccount(Change change) {
        var by = Administrator.of(change.caller());
        var present = accounts.find(change.scope(), change.id()).orElseThrow();
        var before = draftOf(present.account());
        // Another role without an organization keeps the organization.
        var draft = new AccountDraft(
                change.text(EMAIL).orElse(before.email()),
                change.text(DISPLAY_NAME).orElse(before.displayName()),
                new MembershipDraft(
                        change.text(ROLE).orElse(before.membership().role()),
                        organization(change, before.membership().organization())));
        if (!draft.equals(before)) {
            accounts.change(by, change.id(), draft);
        }
        change.text(PASSWORD).ifPresent(password -> accounts.resetPassword(by, change.id(), password));
        change.bool(LOCKED).ifPresent(isLocked -> {
            if (isLocked) {
                accounts.lock(by, change.id());
            } else {
                accounts.unlock(by, change.id());
            }
        });
        return Written.of(change.id());
    }

    private static AccountDraft draftOf(Account present) {
        return new AccountDraft(present.email(), present.displayName(), MembershipDraft.of(present.membership()));
    }

    private Resource statuses() {
        return Resource.of(STATUSES, this::statusRows)
                .says("Whether an account can be signed in with.")
                .readBy(Right.SEE_PEOPLE)
                .has(
                        text("primary_organization_status").of(List.of("ACTIVE", "LOCKED")),
                        time("created_at"),
                        none("updated_at", Type.TIME))
                .leadsTo(
                        one("user_account", ACCOUNTS, "id"),
                        one("primary_organization", "organizations", ORGANIZATION_ID))
                .sortedBy("created_at")
                .build();
    }

    private List<Row> statusRows(Scope scope) {
        return accounts.all(scope).stream()
                .map(listed -> new Row()
                        .with("id", listed.account().id().toString())
                        .with("primary_organization_status", listed.isLocked() ? "LOCKED" : "ACTIVE")
                        .with("created_at", listed.createdAt())
                        .with(
                                ORGANIZATION_ID,
                                listed.account().membership().organization().map(UUID::toString)))
                .toList();
    }

    private Resource roles() {
        return Resource.of(ACCOUNT_ROLES, this::accountRows)
                .says("What an account may do, and where: it has one role. It is changed with the account.")
                .readBy(Right.SEE_PEOPLE)
                .has(
                        text(ROLE).of(ROLES),
                        bool("active"),
                        bool("assignable"),
                        time("created_at"),
                        none("updated_at", Type.TIME))
                .leadsTo(one("user_account", ACCOUNTS, "id"), one(ORGANIZATION, "organizations", ORGANIZATION_ID))
                .sortedBy("created_at")
                .build();
    }

    private Resource keys() {
        return Resource.of(KEYS, this::keyRows)
                .says(
                        "What programs come with. A person makes one, signed in by a program, with a one-time code where they have a second"
                                + " factor. The key itself stands in the answer that made it alone, as access_token.")
                .readBy(Right.SEE_PEOPLE)
                .has(
                        text("name").writable(),
                        text(DISPLAY_NAME).from("name"),
                        text(ROLE).of(ROLES).writable(),
                        always("realm", Type.TEXT, "public"),
                        bool("active"),
                        none("assignable", Type.BOOLEAN),
                        none("restrictions", Type.TEXTS),
                        text("state").of(states()),
                        time("created_at"),
                        none("updated_at", Type.TIME),
                        time("last_used_at"),
                        time("expires_at").writable(),
                        time("revoked_at"),
                        text(ORGANIZATION).writable(),
                        text(ORGANIZATION_ID),
                        text(CODE).writeOnly(),
                        computed("access_token", Type.TEXT),
                        computed("token", Type.TEXT))
                .leadsTo(
                        one(ORGANIZATION, "organizations", ORGANIZATION_ID).given(), one("created_for", "actors", "id"))
                .sortedBy("name")
                .created(Right.MANAGE_PEOPLE, this::addKey)
                .removed(Right.MANAGE_PEOPLE, change -> {
                    tokens.revoke(Administrator.of(change.caller()), change.id());
                    return Written.of(change.id());
                })
                .build();
    }

    private static List<String> states() {
        return Arrays.stream(ListedToken.State.values())
                .map(PeopleResources::key)
                .toList();
    }

    private static String key(ListedToken.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private List<Row> keyRows(Scope scope) {
        var names = names(scope);
        var now = clock.instant();
        Function<ListedToken, Row> make = listed -> in(new Row(), listed.token().membership(), names)
                .with("id", listed.token().id().toString())
                .with("name", listed.token().name())
                .with("active", listed.works(now))
                .with("state", key(listed.state(now)))
                .with("created_at", listed.createdAt())
                .with("last_used_at", listed.lastUsed())
                .with("expires_at", listed.expires())
                .with("revoked_at", listed.revoked());
        return tokens.all(scope).stream().map(make).toList();
    }

    private Written addKey(Change change) {
        var draft = new TokenDraft(
                change.required("name"),
                new MembershipDraft(change.required(ROLE), organization(change, "")),
                change.text("expires_at").orElse(""));
        var by = Administrator.of(change.caller());
        // Before the code, which is taken once.
        tokens.check(by, draft);
        requirePerson(change);
        var drawn = tokens.draw();
        var added = tokens.add(by, draft, drawn);
        return new Written(added.id().toString(), Map.of("access_token", drawn, "token", drawn));
    }

    /** A key that makes keys would outlive its being revoked, and whoever finds a session has no code. */
    private void requirePerson(Change change) {
        switch (change.caller()) {
            case SignedIn person ->
                secondFactors
                        .problemWith(
                                person.account(),
                                change.shown().code().or(() -> change.text(CODE).filter(code -> !code.isBlank())),
                                change.shown().address())
                        .ifPresent(problem -> {
                            throw refusal(problem);
                        });
            case ApiToken token -> {
                if (!tokens.isOfMachine(token)) {
                    throw Refusal.body(
                            HttpStatus.FORBIDDEN,
                            "A key makes no keys. Sign in by POST /auth/v0/login and send the access_token of its answer, or use the"
                                    + " command line on the machine of the Workbench.");
                }
            }
        }
    }

    private static Refusal refusal(CodeProblem problem) {
        return switch (problem.kind()) {
            case MISSING, WRONG ->
                Refusal.body(HttpStatus.UNAUTHORIZED, problem.sentence())
                        .with(SecondFactors.HEADER, SecondFactors.REQUIRED);
            case WAIT ->
                Refusal.body(HttpStatus.TOO_MANY_REQUESTS, problem.sentence())
                        .with(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(problem.left().plusMillis(999).toSeconds()));
            case UNREADABLE -> Refusal.body(HttpStatus.SERVICE_UNAVAILABLE, problem.sentence());
        };
    }
}
