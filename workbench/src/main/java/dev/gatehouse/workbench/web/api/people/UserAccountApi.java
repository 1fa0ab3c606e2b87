package dev.gatehouse.workbench.web.api.people;

import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.AccountDraft;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Administrator;
import dev.gatehouse.workbench.people.ApiToken;
import dev.gatehouse.workbench.people.GeneratedPassword;
import dev.gatehouse.workbench.people.ListedAccount;
import dev.gatehouse.workbench.people.MembershipDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.SecondFactors;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Terms;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code user_accounts}: people who sign in. A password that was generated stands in the answer that it was made for. */
@RestController
@RequestMapping(UserAccountApi.PATH)
class UserAccountApi {

    static final String TYPE = "user_accounts";
    static final String PATH = "/api/v2/" + TYPE;

    private static final String EMAIL = "email";
    private static final String PASSWORD = "password";

    private final Accounts accounts;
    private final Organizations organizations;
    private final SecondFactors secondFactors;

    UserAccountApi(Accounts accounts, Organizations organizations, SecondFactors secondFactors) {
        this.accounts = accounts;
        this.organizations = organizations;
        this.secondFactors = secondFactors;
    }

    @GetMapping
    ResponseEntity<JsonNode> list(@AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of(EMAIL));
        var page = query.page();
        var wanted = new Terms(query.filter(EMAIL));
        var all = accounts.all(who.scope()).stream()
                .filter(listed -> wanted.test(listed.account().email()))
                .toList();
        return Documents.ok(Documents.of(all, page, query, this::resource));
    }

    @GetMapping("/{id}")
    ResponseEntity<JsonNode> get(@PathVariable String id, @AuthenticationPrincipal ApiToken who) {
        return Documents.ok(Documents.of(resource(account(who, id))));
    }

    @PostMapping
    ResponseEntity<JsonNode> create(@AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var body = Body.read(request, TYPE);
        var given = body.text(PASSWORD);
        var password = given.orElseGet(GeneratedPassword::draw);
        var draft = new AccountDraft(
                body.required(EMAIL),
                body.text("display_name").orElseGet(() -> body.required(EMAIL)),
                new MembershipDraft(
                        body.required("role"), body.text("organization").orElse("")));
        var account = accounts.add(Administrator.of(who), draft, password);
        return ResponseEntity.created(URI.create(PATH + "/" + account.id()))
                .contentType(Documents.MEDIA_TYPE)
                .body(withPassword(account, who, given.isPresent() ? Optional.empty() : Optional.of(password)));
    }

    @PatchMapping("/{id}")
    ResponseEntity<JsonNode> change(
            @PathVariable String id, @AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var present = account(who, id);
        var body = Body.read(request, TYPE);
        var locked = body.bool("locked");
        var draft = draft(body, present.account());
        if (!draft.equals(draftOf(present.account()))) {
            accounts.change(Administrator.of(who), present.account().id(), draft);
        }
        if (locked.isPresent() && locked.get() != present.isLocked()) {
            if (locked.get()) {
                accounts.lock(Administrator.of(who), present.account().id());
            } else {
                accounts.unlock(Administrator.of(who), present.account().id());
            }
        }
        return get(id, who);
    }

    @PostMapping("/{id}/reset_password")
    ResponseEntity<JsonNode> resetPassword(
            @PathVariable String id, @AuthenticationPrincipal ApiToken who, HttpServletRequest request) {
        var account = account(who, id).account();
        var given = Body.read(request, TYPE).text(PASSWORD);
        var password = given.orElseGet(GeneratedPassword::draw);
        accounts.resetPassword(Administrator.of(who), account.id(), password);
        return Documents.ok(withPassword(account, who, given.isPresent() ? Optional.empty() : Optional.of(password)));
    }

    @PostMapping("/{id}/end_sessions")
    ResponseEntity<JsonNode> endSessions(@PathVariable String id, @AuthenticationPrincipal ApiToken who) {
        accounts.endSessions(Administrator.of(who), account(who, id).account().id());
        return get(id, who);
    }

    @PostMapping("/{id}/remove_second_factor")
    ResponseEntity<JsonNode> removeSecondFactor(@PathVariable String id, @AuthenticationPrincipal ApiToken who) {
        var account = account(who, id).account();
        secondFactors.remove(account);
        accounts.endSessions(Administrator.of(who), account.id());
        return get(id, who);
    }

    private static AccountDraft draftOf(Account present) {
        return new AccountDraft(present.email(), present.displayName(), MembershipDraft.of(present.membership()));
    }

    /** What was sent, on top of what there is. Another role without an organization keeps the organization. */
    private static AccountDraft draft(Body body, Account present) {
        var before = draftOf(present);
        return new AccountDraft(
                body.text(EMAIL).orElse(before.email()),
                body.text("display_name").orElse(before.displayName()),
                new MembershipDraft(
                        body.text("role").orElse(before.membership().role()),
                        body.text("organization").orElse(before.membership().organization())));
    }

    private ListedAccount account(ApiToken who, String id) {
        try {
            return accounts.find(who.scope(), UUID.fromString(id)).orElseThrow(() -> noSuchAccount(id));
        } catch (IllegalArgumentException notAnId) {
            throw noSuchAccount(id);
        }
    }

    private static Refusal noSuchAccount(String id) {
        return Refusal.notFound("There is no account with the id %s.".formatted(id));
    }

    private ObjectNode withPassword(Account account, ApiToken who, Optional<String> password) {
        var resource = resource(account(who, account.id().toString()));
        password.ifPresent(text -> Documents.attributes(resource).put(PASSWORD, text));
        return Documents.of(resource);
    }

    private ObjectNode resource(ListedAccount listed) {
        var account = listed.account();
        var resource = Documents.resource(TYPE, account.id().toString());
        Documents.attributes(resource)
                .put(EMAIL, account.email())
                .put("display_name", account.displayName())
                .put("role", account.role().key())
                .put("locked", listed.isLocked())
                .put("locked_at", Documents.time(listed.lockedAt()))
                .put("created_at", Documents.time(listed.createdAt()))
                .put("last_login_at", Documents.time(listed.lastSignIn()));
        OrganizationApi.name(resource, account.membership(), organizations);
        return resource;
    }
}
