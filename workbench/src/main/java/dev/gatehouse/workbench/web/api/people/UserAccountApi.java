package dev.gatehouse.workbench.web.api.people;

import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Administrator;
import dev.gatehouse.workbench.people.ApiTokens;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.people.GeneratedPassword;
import dev.gatehouse.workbench.people.ListedAccount;
import dev.gatehouse.workbench.people.SecondFactors;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.resources.Answers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What can be done to accounts and keys besides adding and changing them. */
@RestController
class UserAccountApi {

    private static final String PASSWORD = "password";

    private final Accounts accounts;
    private final SecondFactors secondFactors;
    private final ApiTokens tokens;
    private final Answers answers;

    UserAccountApi(Accounts accounts, SecondFactors secondFactors, ApiTokens tokens, Answers answers) {
        this.accounts = accounts;
        this.secondFactors = secondFactors;
        this.tokens = tokens;
        this.answers = answers;
    }

    /** A password that is made stands in this answer only. */
    @PostMapping("/api/v2/user_accounts/{id}/reset_password")
    @Operation(value = "Gives an account another password and ends its sessions", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> resetPassword(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who, HttpServletRequest request) {
        var account = there(scope, PeopleResources.ACCOUNTS, id);
        var given = Body.read(request, PeopleResources.ACCOUNTS).text(PASSWORD);
        var password = given.orElseGet(GeneratedPassword::draw);
        accounts.resetPassword(Administrator.of(who), account, password);
        return Documents.ok(answers.document(
                scope, PeopleResources.ACCOUNTS, id, given.isPresent() ? Map.of() : Map.of(PASSWORD, password)));
    }

    @PostMapping("/api/v2/user_accounts/{id}/end_sessions")
    @Operation("Ends the sessions of an account")
    ResponseEntity<JsonNode> endSessions(Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who) {
        accounts.endSessions(Administrator.of(who), there(scope, PeopleResources.ACCOUNTS, id));
        return answers.ok(scope, PeopleResources.ACCOUNTS, id);
    }

    @PostMapping("/api/v2/user_accounts/{id}/remove_second_factor")
    @Operation("Takes the authenticator app and the recovery codes away and ends the sessions")
    ResponseEntity<JsonNode> removeSecondFactor(
            Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who) {
        var account = accounts.find(scope, there(scope, PeopleResources.ACCOUNTS, id))
                .map(ListedAccount::account)
                .orElseThrow();
        secondFactors.remove(account);
        accounts.endSessions(Administrator.of(who), account.id());
        return answers.ok(scope, PeopleResources.ACCOUNTS, id);
    }

    @PostMapping("/api/v2/api_keys/{id}/revoke")
    @Operation("Stops a key from working")
    ResponseEntity<JsonNode> revoke(Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who) {
        tokens.revoke(Administrator.of(who), there(scope, PeopleResources.KEYS, id));
        return answers.ok(scope, PeopleResources.KEYS, id);
    }

    private UUID there(Scope scope, String type, String id) {
        answers.document(scope, type, id, Map.of());
        return UUID.fromString(id);
    }
}
