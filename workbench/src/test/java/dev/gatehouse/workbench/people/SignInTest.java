package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.workbench.web.ScreenTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class SignInTest extends ScreenTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private Accounts accounts;

    @Autowired
    private FirstKeys firstKeys;

    private String email = "";
    private final String address = People.address();

    /** Each test has an account and an address of its own, so that none inherits another's wrong attempts. */
    @BeforeEach
    void somebodyHasAnAccount() {
        email = "ada-%s@example.com".formatted(UUID.randomUUID());
        accounts.add(email, "Ada", Membership.ofProvider(Role.SOC_ADMIN), PASSWORD);
    }

    @Test
    void leavesTheFirstAdministratorInAFileThatOnlyTheOwnerMayRead() throws Exception {
        database.sql("delete from account").update();
        firstKeys.afterSingletonsInstantiated();

        var file = data().resolve("first-administrator");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        var first = lines.getFirst().substring("e-mail: ".length());
        var password = lines.getLast().substring("password: ".length());
        assertThat(signIn(first, password).getRedirectedUrl()).isEqualTo("/");
    }

    @Test
    void keepsTheFirstAdministratorOnTheNextStart() throws IOException {
        firstKeys.afterSingletonsInstantiated();

        assertThat(accounts.find(email)).isPresent();
    }

    @Test
    void letsSomebodyInWhateverTheCaseOfTheirAddress() throws Exception {
        assertThat(signIn(email.toUpperCase(Locale.ROOT), PASSWORD).getRedirectedUrl())
                .isEqualTo("/");
    }

    @Test
    void doesNotTellAWrongPasswordFromAnUnknownAccount() throws Exception {
        assertThat(signIn(email, "wrong").getRedirectedUrl()).isEqualTo("/login?wrong");
        assertThat(signIn("nobody@example.com", "wrong").getRedirectedUrl()).isEqualTo("/login?wrong");
    }

    @Test
    void asksToWaitAfterTooManyWrongPasswords() throws Exception {
        for (var attempt = 0; attempt < GuessingGuard.FREE_ATTEMPTS; attempt++) {
            assertThat(signIn(email, "wrong").getRedirectedUrl()).isEqualTo("/login?wrong");
        }

        assertThat(signIn(email, PASSWORD).getRedirectedUrl()).isEqualTo("/login?wait=30");

        clock.advance(Duration.ofSeconds(30));
        assertThat(signIn(email, PASSWORD).getRedirectedUrl()).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource({
        "wrong, That e-mail address and password do not belong together.",
        "wait=90, Too many wrong passwords. Wait 90 seconds and try again.",
        "wait=900, Too many wrong passwords. Wait 15 minutes and try again.",
        "locked, This account is locked. Ask an admin to unlock it.",
        "out, You are signed out.",
        "expired, Your session had ended. Sign in again."
    })
    void saysWhyItAsksAgain(String reason, String words) throws Exception {
        assertThat(mvc.perform(get("/login?" + reason))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/vendor-alerts",
                "/vendor-incidents",
                "/settings/security-devices",
                "/account/password",
                "/nothing-here"
            })
    void asksStrangersToSignIn(String address) throws Exception {
        var response = mvc.perform(get(address)).andReturn().getResponse();

        assertThat(response.getStatus()).isEqualTo(302);
        assertThat(response.getRedirectedUrl()).isEqualTo("/login");
    }

    @Test
    void sendsAFragmentsRequestToTheSignInPageAsAWhole() throws Exception {
        var response = mvc.perform(get("/vendor-alerts").header("HX-Request", "true"))
                .andReturn()
                .getResponse();

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getHeader("HX-Redirect")).isEqualTo("/login");
        assertThat(response.getContentAsString()).isEmpty();
    }

    @Test
    void refusesAFormThatSomebodyElseForged() throws Exception {
        var response = mvc.perform(post("/settings/security-devices").with(people.admin()))
                .andReturn()
                .getResponse();

        assertThat(response.getStatus()).isEqualTo(403);
    }

    @Test
    void leadsBackToTheSignInPageWhenItsFormHasGrownStale() throws Exception {
        var response = mvc.perform(post("/login").param("email", email).param("password", PASSWORD))
                .andReturn()
                .getResponse();

        assertThat(response.getRedirectedUrl()).isEqualTo("/login?expired");
    }

    @Test
    void signsOut() throws Exception {
        var session = sessionOf(email, PASSWORD);

        var response = mvc.perform(post("/logout").session(session).with(csrf()))
                .andReturn()
                .getResponse();

        assertThat(response.getRedirectedUrl()).isEqualTo("/login?out");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void forbidsEverythingThatDoesNotComeFromHere() throws Exception {
        var response = mvc.perform(get("/login")).andReturn().getResponse();

        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(response.getHeader("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "correct horse battery, tiny, tiny, at least 12 characters",
        "correct horse battery, a longer password, another password, The two new passwords differ.",
        "correct horse battery, correct horse battery, correct horse battery, The new password is the old one.",
        "correct horse battery, Password2026!, Password2026!, The new password is too common",
        "correct horse battery, the gatehouse key, the gatehouse key, must not contain the name Gatehouse",
        "not my password, a longer password, a longer password, The current password is wrong."
    })
    void saysWhatIsWrongWithANewPassword(String current, String replacement, String again, String words)
            throws Exception {
        var response = changePassword(sessionOf(email, PASSWORD), current, replacement, again);

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(response.getContentAsString()).contains(words).doesNotContain(replacement);
        assertThat(accounts.hasPassword(
                        accounts.find(email).orElseThrow().account().id(), PASSWORD))
                .isTrue();
    }

    @Test
    void refusesAPasswordThatWouldBeCutOff() throws Exception {
        var tooLong = "ä".repeat(40);

        assertThat(changePassword(sessionOf(email, PASSWORD), PASSWORD, tooLong, tooLong)
                        .getContentAsString())
                .contains("at most 72 bytes");
    }

    @Test
    void changesThePasswordAndSignsOutEverywhereElse() throws Exception {
        var here = sessionOf(email, PASSWORD);
        var elsewhere = sessionOf(email, PASSWORD);

        var response = changePassword(here, PASSWORD, "a longer password", "a longer password");

        assertThat(response.getRedirectedUrl()).isEqualTo("/account/password");
        assertThat(signIn(email, PASSWORD).getRedirectedUrl()).isEqualTo("/login?wrong");
        assertThat(signIn(email, "a longer password").getRedirectedUrl()).isEqualTo("/");
        assertThat(mvc.perform(get("/vendor-alerts").session(elsewhere))
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl())
                .isEqualTo("/login?expired");
        assertThat(mvc.perform(get("/vendor-alerts").session(here))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void letsNobodyInWhoseAccountIsLockedAndTellsOnlyThoseWhoKnowThePassword() throws Exception {
        accounts.lock(Administrator.ofMachine(), id());

        assertThat(signIn(email, PASSWORD).getRedirectedUrl()).isEqualTo("/login?locked");
        assertThat(signIn(email, "wrong").getRedirectedUrl()).isEqualTo("/login?wrong");

        accounts.unlock(Administrator.ofMachine(), id());
        assertThat(signIn(email, PASSWORD).getRedirectedUrl()).isEqualTo("/");
    }

    @Test
    void endsTheSessionsOfAnAccountThatIsLocked() throws Exception {
        assertThatSessionEndsWhen(() -> accounts.lock(Administrator.ofMachine(), id()));
    }

    @Test
    void endsTheSessionsOfAnAccountWhosePasswordIsReset() throws Exception {
        assertThatSessionEndsWhen(
                () -> accounts.resetPassword(Administrator.ofMachine(), id(), GeneratedPassword.draw()));
    }

    @Test
    void endsTheSessionsOfAnAccountWhoseRoleIsChanged() throws Exception {
        assertThatSessionEndsWhen(() -> accounts.change(
                Administrator.ofMachine(), id(), new AccountDraft(email, "Ada", new MembershipDraft("auditor", ""))));
    }

    @Test
    void endsTheSessionsOfAnAccountWhenSomebodyAsks() throws Exception {
        assertThatSessionEndsWhen(() -> accounts.endSessions(Administrator.ofMachine(), id()));
    }

    private void assertThatSessionEndsWhen(Runnable change) throws Exception {
        var session = sessionOf(email, PASSWORD);
        assertThat(mvc.perform(get("/vendor-alerts").session(session))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);

        change.run();

        assertThat(mvc.perform(get("/vendor-alerts").session(session).header("HX-Request", "true"))
                        .andReturn()
                        .getResponse()
                        .getHeader("HX-Redirect"))
                .isEqualTo("/login?expired");
        assertThat(session.isInvalid()).isTrue();
    }

    private UUID id() {
        return accounts.find(email).orElseThrow().account().id();
    }

    @Test
    void takesTheFileAwayOnceTheGeneratedPasswordIsChanged() throws Exception {
        database.sql("delete from account").update();
        firstKeys.afterSingletonsInstantiated();
        var file = data().resolve("first-administrator");
        var password = Files.readAllLines(file).getLast().substring("password: ".length());

        changePassword(
                sessionOf(FirstAdministratorFile.EMAIL, password), password, "a longer password", "a longer password");

        assertThat(file).doesNotExist();
    }

    @Test
    void guardsThePasswordPageAgainstGuessingToo() throws Exception {
        var session = sessionOf(email, PASSWORD);
        for (var attempt = 0; attempt < 5; attempt++) {
            changePassword(session, "wrong guess " + attempt, "a longer password", "a longer password");
        }

        assertThat(changePassword(session, PASSWORD, "a longer password", "a longer password")
                        .getContentAsString())
                .contains("Too many wrong passwords.");
    }

    private MockHttpServletResponse signIn(String who, String password) throws Exception {
        return mvc.perform(post("/login")
                        .param("email", who)
                        .param("password", password)
                        .remoteAddress(address)
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private MockHttpSession sessionOf(String who, String password) throws Exception {
        var session = mvc.perform(post("/login")
                        .param("email", who)
                        .param("password", password)
                        .remoteAddress(address)
                        .with(csrf()))
                .andReturn()
                .getRequest()
                .getSession();
        assertThat(session).isInstanceOf(MockHttpSession.class);
        return (MockHttpSession) Objects.requireNonNull(session);
    }

    private MockHttpServletResponse changePassword(
            MockHttpSession session, String current, String replacement, String again) throws Exception {
        return mvc.perform(post("/account/password")
                        .param("current", current)
                        .param("replacement", replacement)
                        .param("again", again)
                        .session(session)
                        .remoteAddress(address)
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }
}
