package dev.gatehouse.workbench.notifications;

import static dev.gatehouse.workbench.notifications.NotificationParts.ADA;
import static dev.gatehouse.workbench.notifications.NotificationParts.ADMIN;
import static dev.gatehouse.workbench.notifications.NotificationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Administrator;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Telling people by e-mail, over a real connection to a mail server. */
class MailTest {

    private final MailServer server = new MailServer();
    private final NotificationParts parts = new NotificationParts(new WorkbenchParts()
            .with("notifications.mail.host", "localhost")
            .with("notifications.mail.port", String.valueOf(server.port()))
            .with("notifications.mail.from", "gatehouse@example.com")
            .with("notifications.mail.security", "none"));

    @AfterEach
    void close() throws IOException {
        parts.close();
        server.close();
    }

    private void ruleTo(String destination) {
        parts.get(NotificationRules.class)
                .add(
                        ALL,
                        Optional.of(parts.acme.id()),
                        false,
                        NotificationParts.draft(List.of(destination), EventName.INVESTIGATION_CREATED),
                        ADMIN);
    }

    private Account person(String email, Membership membership) {
        return parts.get(Accounts.class).add(email, "Jo", membership, "Correct horse battery staple 1");
    }

    private void ownRule(Account account) {
        parts.get(NotificationRules.class)
                .add(
                        account.membership().scope(),
                        Optional.empty(),
                        true,
                        NotificationParts.draft(List.of("account:" + account.id()), EventName.INVESTIGATION_CREATED),
                        new Author(Actor.of(account), Optional.of(account.id()), false));
    }

    private void happens(String title) {
        parts.get(InvestigationActions.class).open(ALL, ADA, parts.acme.id(), title);
        parts.deliver();
    }

    private List<String> states() {
        return parts.rows(
                "select status, log -> 0 ->> 'cause' as cause from notification_delivery order by created_at");
    }

    @Test
    void tellsAnAddressWithASubjectThatNothingCanBeSmuggledInto() {
        ruleTo("email:soc@acme.example");

        happens("Odd\r\nBcc: everybody@example.com\r\nsign-ins");

        assertThat(server.got()).hasSize(1);
        assertThat(server.got().getFirst())
                .contains(
                        "To: soc@acme.example",
                        "From: gatehouse@example.com",
                        "Subject: =?UTF-8?Q?Investigation_ACME-1")
                .contains("Organization: ACME Ltd", "https://soc.example.com/activity/")
                .doesNotContain("\nBcc:");
        assertThat(server.got().getFirst())
                .contains("Message-ID: <%s@gatehouse>"
                        .formatted(parts.rows("select id from notification_delivery")
                                .getFirst()
                                .replaceAll("[()]", "")));
        assertThat(states()).containsExactly("(DELIVERED,\"\")");
    }

    @Test
    void tellsPeopleWhatTheyWantToKnowAsLongAsTheyMaySeeIt() {
        var jo = person("jo@acme.example", Membership.of(Role.ORGANIZATION_ANALYST, parts.acme.id()));
        var soc = person("soc@example.com", Membership.ofProvider(Role.SOC_ANALYST));
        var other = person(
                "ben@globex.example",
                Membership.of(
                        Role.ORGANIZATION_ANALYST, parts.organization("GLOBEX").id()));
        ownRule(jo);
        ownRule(soc);
        ownRule(other);

        happens("Odd sign-ins");
        assertThat(server.got())
                .hasSize(2)
                .anySatisfy(mail -> assertThat(mail).contains("To: jo@acme.example"))
                .anySatisfy(mail -> assertThat(mail).contains("To: soc@example.com"));

        parts.get(Accounts.class).lock(new Administrator(Scope.everything(), Optional.empty()), jo.id());
        happens("More odd sign-ins");
        assertThat(server.got()).hasSize(3);
        assertThat(states())
                .anySatisfy(state -> assertThat(state).contains("FAILED").contains("The account is locked"));
    }

    @Test
    void tellsNobodyWhoBelongsToAnotherOrganizationByNow() {
        var jo = person("jo@acme.example", Membership.of(Role.ORGANIZATION_ANALYST, parts.acme.id()));
        ownRule(jo);
        parts.get(JdbcClient.class)
                .sql("update account set organization_id = :other where id = :id")
                .param("other", parts.organization("GLOBEX").id())
                .param("id", jo.id())
                .update();

        happens("Odd sign-ins");

        assertThat(server.got()).isEmpty();
        assertThat(states())
                .singleElement(STRING)
                .contains("FAILED", "The account belongs to another organization by now.");
    }

    @Test
    void givesUpWhatTheMailServerRefusesForGoodAndTriesTheRestAgain() {
        ruleTo("email:nobody@acme.example");
        server.answersToRecipients("550 5.1.1 No such mailbox");
        happens("One");
        server.answersToRecipients("451 4.3.2 Come back later");
        happens("Two");

        assertThat(states().getFirst()).contains("FAILED").contains("No such mailbox");
        assertThat(states().getLast()).contains("WAITING").contains("Come back later");
    }

    @Test
    void withoutAMailServerTheChoiceSaysWhatIsMissing() throws IOException {
        try (var without = new NotificationParts()) {
            assertThatThrownBy(() -> without.get(NotificationRules.class)
                            .add(
                                    ALL,
                                    Optional.of(without.acme.id()),
                                    false,
                                    NotificationParts.draft(
                                            List.of("email:soc@acme.example"), EventName.INCIDENT_CREATED),
                                    ADMIN))
                    .isInstanceOf(InvalidFields.class)
                    .hasMessageContaining("gatehouse.notifications.mail.host");
        }
    }
}
