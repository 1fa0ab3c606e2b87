package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.web.ScreenTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class AccountsTest extends ScreenTest {

    private static final String PASSWORD = "correct horse battery";
    private static final Administrator SOC = Administrator.ofMachine();

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Organizations organizations;

    @BeforeEach
    @AfterEach
    void nobodyIsHere() {
        database.sql("delete from account").update();
        database.sql("delete from api_token").update();
    }

    @Test
    void anAdminOfAnOrganizationSeesOnlyItsPeopleAndTokens() {
        var acme = organization();
        var other = organization();
        var ada = accounts.add("ada@example.com", "Ada", Membership.of(Role.ORGANIZATION_ADMIN, acme), PASSWORD);
        var ben = accounts.add("ben@example.com", "Ben", Membership.of(Role.AUDITOR, other), PASSWORD);
        var cat = accounts.add("cat@example.com", "Cat", Membership.ofProvider(Role.AUDITOR), PASSWORD);
        var ours = tokens.add("ours", Membership.of(Role.ORGANIZATION_ANALYST, acme), tokens.draw());
        var theirs = tokens.add("theirs", Membership.of(Role.ORGANIZATION_ANALYST, other), tokens.draw());
        var admin = new Administrator(Scope.of(acme), Optional.of(ada.id()));

        assertThat(accounts.all(admin.scope()))
                .extracting(ListedAccount::account)
                .containsExactly(ada);
        assertThat(tokens.all(admin.scope())).extracting(ListedToken::token).containsExactly(ours);
        assertThat(accounts.all(Scope.everything())).hasSize(3);
        assertThat(accounts.all(Scope.nothing())).isEmpty();
        for (var foreign : List.of(ben, cat)) {
            assertThat(accounts.find(admin.scope(), foreign.id())).isEmpty();
            assertThat(accounts.find(admin.scope(), foreign.email())).isEmpty();
            var draft = draft("x@example.com", "auditor", "");
            assertThatThrownBy(() -> accounts.lock(admin, foreign.id())).isInstanceOf(NoSuchAccount.class);
            assertThatThrownBy(() -> accounts.unlock(admin, foreign.id())).isInstanceOf(NoSuchAccount.class);
            assertThatThrownBy(() -> accounts.change(admin, foreign.id(), draft))
                    .isInstanceOf(NoSuchAccount.class);
            assertThatThrownBy(() -> accounts.endSessions(admin, foreign.id())).isInstanceOf(NoSuchAccount.class);
            assertThatThrownBy(() -> accounts.resetPassword(admin, foreign.id(), PASSWORD))
                    .isInstanceOf(NoSuchAccount.class);
        }
        assertThatThrownBy(() -> tokens.revoke(admin, theirs.id())).isInstanceOf(NoSuchToken.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "soc_admin, \"\", role, 'soc_admin' is no role that you can give. There are: organization_admin",
                "soc_analyst, \"\", role, 'soc_analyst' is no role that you can give.",
                "auditor, OTHER, organization, There is no organization 'OTHER'.",
            })
    void anAdminOfAnOrganizationGivesOnlyItsOwnRoles(String role, String where, String field, String words) {
        var admin = new Administrator(Scope.of(organization()), Optional.empty());
        organizations.add(OrganizationDraft.named("Other").withShortName("OTHER"));

        var problem = problem(() -> accounts.add(admin, draft("x@example.com", role, where), PASSWORD));
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.message()).startsWith(words).doesNotContain("There are: soc");
        assertThat(problem(() -> tokens.add(
                                admin, new TokenDraft("A script", new MembershipDraft(role, where), ""), tokens.draw()))
                        .field())
                .isEqualTo(field);
    }

    @Test
    void anAdminOfAnOrganizationNeedNotNameIt() {
        var acme = organization();
        var admin = new Administrator(Scope.of(acme), Optional.empty());

        assertThat(accounts.add(admin, draft("x@example.com", "auditor", ""), PASSWORD)
                        .membership())
                .isEqualTo(Membership.of(Role.AUDITOR, acme));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ada, Ada, auditor, \"\", correct horse battery, email, This is no e-mail address.",
                "\"\", Ada, auditor, \"\", correct horse battery, email, E-mail is empty.",
                "ada@example.com, \" \", auditor, \"\", correct horse battery, display_name, Name is empty.",
                "ada@example.com, Ada, janitor, \"\", correct horse battery, role, 'janitor' is no role that you can give.",
                "ada@example.com, Ada, organization_admin, \"\", correct horse battery, organization, Organization Admin is a role in an organization.",
                "ada@example.com, Ada, soc_admin, FIRST, correct horse battery, organization, SOC Admin is a role at the provider",
                "ada@example.com, Ada, auditor, NOBODY, correct horse battery, organization, There is no organization 'NOBODY'.",
                "ada@example.com, Ada, auditor, \"\", short, password, The new password needs at least 12 characters.",
                "BEN@example.com, Ada, auditor, \"\", correct horse battery, email, Somebody signs in with BEN@example.com already.",
            })
    void saysWhatIsWrong(
            String email, String name, String role, String where, String password, String field, String words) {
        accounts.add("ben@example.com", "Ben", Membership.ofProvider(Role.AUDITOR), PASSWORD);
        var place = where.equals("FIRST") ? organizations.byDefault().shortName() : where;
        var draft = new AccountDraft(email, name, new MembershipDraft(role, place));

        var problem = problem(() -> accounts.add(SOC, draft, password));
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.message()).startsWith(words);
    }

    @Test
    void nobodyLocksOrDemotesTheLastSocAdminWhoCanSignIn() {
        var ada = accounts.add("ada@example.com", "Ada", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
        var ben = accounts.add("ben@example.com", "Ben", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
        accounts.lock(SOC, ben.id());

        assertThatThrownBy(() -> accounts.lock(SOC, ada.id()))
                .isInstanceOf(WouldLockOut.class)
                .hasMessage("ada@example.com is the last SOC Admin who can sign in. Add or unlock another one first.");
        assertThatThrownBy(() -> accounts.change(SOC, ada.id(), draft("ada@example.com", "auditor", "")))
                .isInstanceOf(WouldLockOut.class);
        assertThat(accounts.change(SOC, ada.id(), draft("ada@example.org", "soc_admin", ""))
                        .email())
                .isEqualTo("ada@example.org");

        accounts.unlock(SOC, ben.id());
        accounts.lock(SOC, ada.id());
        assertThat(accounts.find(Scope.everything(), ada.id()).orElseThrow().isLocked())
                .isTrue();
    }

    /** Each sees the other still there unless one waits for the other. */
    @Test
    void twoSocAdminsWhoLockEachOtherAtTheSameTimeLeaveOne() throws Exception {
        var ids = new ArrayList<UUID>();
        for (var one = 0; one < 8; one++) {
            ids.add(accounts.add(
                            "soc%d@example.com".formatted(one), "X", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD)
                    .id());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var locks = ids.stream()
                    .map(id -> (Callable<Boolean>) () -> {
                        accounts.lock(SOC, id);
                        return true;
                    })
                    .toList();
            assertThat(threads.invokeAll(locks))
                    .filteredOn(lock -> lock.state() == Future.State.FAILED)
                    .hasSize(1);
        }
        assertThat(accounts.all(Scope.everything()))
                .filteredOn(account -> !account.isLocked())
                .hasSize(1);
    }

    @Test
    void nobodyLocksOrDemotesThemselves() {
        var ada = accounts.add("ada@example.com", "Ada", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
        accounts.add("ben@example.com", "Ben", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
        var admin = new Administrator(Scope.everything(), Optional.of(ada.id()));

        assertThatThrownBy(() -> accounts.lock(admin, ada.id()))
                .isInstanceOf(WouldLockOut.class)
                .hasMessageContaining("your own account");
        assertThatThrownBy(() -> accounts.change(admin, ada.id(), draft("ada@example.com", "soc_analyst", "")))
                .isInstanceOf(WouldLockOut.class)
                .hasMessageContaining("your own role");
        assertThat(accounts.change(admin, ada.id(), draft("lovelace@example.com", "soc_admin", ""))
                        .email())
                .isEqualTo("lovelace@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", 2026-12-31, name, Name is empty.",
                "A script, soon, expires_at, 'soon' is no day.",
                "A script, 2026-11-22, expires_at, That is over already.",
            })
    void saysWhatIsWrongWithAToken(String name, String expires, String field, String words) {
        var problem = problem(() ->
                tokens.add(SOC, new TokenDraft(name, new MembershipDraft("auditor", ""), expires), tokens.draw()));

        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.message()).startsWith(words);
    }

    private UUID organization() {
        var letters = UUID.randomUUID().toString().replaceAll("[^a-z]", "").toUpperCase(Locale.ROOT);
        return organizations.add(OrganizationDraft.named("Org " + letters)).id();
    }

    private static AccountDraft draft(String email, String role, String organization) {
        return new AccountDraft(email, "Somebody", new MembershipDraft(role, organization));
    }

    private static FieldProblem problem(Callable<?> attempt) {
        return assertThatExceptionOfType(InvalidFields.class)
                .isThrownBy(attempt::call)
                .actual()
                .problems()
                .getFirst();
    }
}
