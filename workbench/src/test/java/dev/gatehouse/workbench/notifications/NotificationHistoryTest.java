package dev.gatehouse.workbench.notifications;

import static dev.gatehouse.workbench.notifications.NotificationParts.ADA;
import static dev.gatehouse.workbench.notifications.NotificationParts.ADMIN;
import static dev.gatehouse.workbench.notifications.NotificationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who did what to integrations and rules is written down with it, and no secret is. */
class NotificationHistoryTest {

    private static final Actor BEN = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ben");

    private final NotificationParts parts = new NotificationParts();
    private final Receiver receiver = new Receiver();
    private final Integrations integrations = parts.get(Integrations.class);
    private final NotificationRules rules = parts.get(NotificationRules.class);

    @AfterEach
    void close() throws IOException {
        receiver.close();
        parts.close();
    }

    private static IntegrationDraft draft(String name, String url, String secret) {
        return new IntegrationDraft("", name, url, "", "", secret);
    }

    /** The first first. */
    private static List<String> said(List<HistoryEntry> history) {
        return history.reversed().stream().map(HistoryEntry::sentence).toList();
    }

    @Test
    void whatIsDoneToAnIntegrationIsWrittenDownWithoutItsSecret() throws InterruptedException {
        var url = receiver.url();
        var hook = integrations
                .add(
                        ALL,
                        Optional.of(parts.acme.id()),
                        new IntegrationDraft("webhook", "Hook", url, "BASIC", "acme", "open-sesame"),
                        ADA)
                .integration();
        integrations.change(ALL, hook.id(), 0, draft("Our hook", url, ""), ADA);
        integrations.change(ALL, hook.id(), 1, draft("Our hook", url, "close-sesame"), BEN);
        receiver.answers(404);
        integrations.test(ALL, hook.id(), BEN);
        integrations.remove(ALL, hook.id(), 2, ADA);

        assertThat(said(integrations.history(ALL, hook.id())))
                .containsExactly(
                        "Ada wrote it: integration_type nothing → webhook; service_name nothing → Hook; url nothing → %s; auth_type nothing → BASIC; username nothing → acme."
                                .formatted(url),
                        "Ada changed it: service_name Hook → Our hook.",
                        "Ben changed it: secret changed.",
                        "Ben tested it: status UNTESTED → TEST_FAIL; test_result nothing → The receiver answered 404: there is nothing at this address.",
                        "Ada removed it: integration_type webhook → nothing; service_name Our hook → nothing; url %s → nothing; auth_type BASIC → nothing; username acme → nothing."
                                .formatted(url));
        assertThat(parts.rows("select * from notification_history"))
                .hasSize(5)
                .noneMatch(row -> row.contains("sesame"));
        assertThat(integrations.history(Scope.of(parts.acme.id()), hook.id())).hasSize(5);
        assertThat(integrations.history(Scope.of(UUID.randomUUID()), hook.id())).isEmpty();
    }

    @Test
    void aRuleThatAnIntegrationIsTakenFromSaysSo() {
        var first = parts.webhook(parts.acme, "First", receiver.url()).integration();
        var second = parts.webhook(parts.acme, "Second", receiver.url()).integration();
        var rule = rules.add(
                ALL,
                Optional.of(parts.acme.id()),
                false,
                NotificationParts.draft(
                        List.of(first.destination().key(), second.destination().key()), EventName.INCIDENT_CREATED),
                ADMIN);
        var other = parts.rule(second, EventName.INCIDENT_CREATED);

        integrations.remove(ALL, first.id(), 0, BEN);

        assertThat(said(rules.history(ALL, rule.id())).getLast())
                .isEqualTo("Ben changed it: destinations First, Second → Second.");
        assertThat(said(rules.history(ALL, other.id()))).hasSize(1);
    }

    @Test
    void whatIsDoneToARuleIsWrittenDown() {
        var hook = parts.webhook(parts.acme, "Hook", receiver.url()).integration();
        var rule = parts.rule(hook, EventName.INCIDENT_CREATED);
        var off = new RuleDraft(
                "Tell us",
                List.of("incident_created"),
                "ALL_OF",
                List.of(new RuleDraft.TypedConditional("severity", "is", List.of("HIGH"))),
                List.of(),
                false);

        rules.change(ALL, rule.id(), 0, off, new Author(BEN, BEN.id(), true));
        rules.change(ALL, rule.id(), 1, off, ADMIN);
        assertThatThrownBy(() -> rules.change(ALL, rule.id(), 0, RuleDraft.of(rule), ADMIN))
                .isInstanceOf(NotificationChangedMeanwhile.class)
                .hasMessageContaining("Ben has changed it");
        rules.remove(ALL, rule.id(), 1, ADMIN);

        assertThat(said(rules.history(ALL, rule.id())))
                .hasSize(3)
                .startsWith(
                        "Ada wrote it: name nothing → Tell us; event_names nothing → incident_created; condition_operator nothing → ALL_OF; destinations nothing → Hook; is_enabled nothing → true.",
                        "Ben changed it: conditionals nothing → Severity is HIGH; destinations Hook → nothing; is_enabled true → false.");
    }

    @Test
    void whatIsTheProvidersIsSeenByTheProviderAndPeoplesOwnRulesHaveNone() {
        var hook = integrations
                .add(ALL, Optional.empty(), new IntegrationDraft("webhook", "SOC", receiver.url(), "HMAC", "", ""), ADA)
                .integration();
        var jo = parts.get(Accounts.class)
                .add("jo@example.com", "Jo", Membership.ofProvider(Role.SOC_ANALYST), "Correct horse battery staple 1");
        var own = rules.add(
                ALL,
                Optional.empty(),
                true,
                NotificationParts.draft(List.of(), EventName.INCIDENT_CREATED),
                new Author(Actor.of(jo), Optional.of(jo.id()), false));

        assertThat(integrations.history(ALL, hook.id())).hasSize(1);
        assertThat(integrations.history(Scope.of(parts.acme.id()), hook.id())).isEmpty();
        assertThat(rules.history(ALL, own.id())).isEmpty();
    }
}
