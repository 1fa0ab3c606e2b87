package dev.gatehouse.workbench.notifications;

import static dev.gatehouse.workbench.notifications.NotificationParts.ADA;
import static dev.gatehouse.workbench.notifications.NotificationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.notifications.Delivery.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How what is to be told reaches its receivers, whatever these do. */
class DeliveryTest {

    private final NotificationParts parts = new NotificationParts();
    private final Receiver receiver = new Receiver();
    private final Integration webhook =
            parts.webhook(parts.acme, "Our program", receiver.url()).integration();

    @AfterEach
    void close() throws IOException {
        receiver.close();
        parts.close();
    }

    private void happens() {
        parts.get(InvestigationActions.class).open(ALL, ADA, parts.acme.id(), "Odd sign-ins");
    }

    private void somethingToTell() {
        parts.rule(webhook, EventName.INVESTIGATION_CREATED);
        happens();
    }

    private Delivery only() {
        return parts.get(Deliveries.class).to(ALL, webhook, 0, 10).rows().getFirst();
    }

    @Test
    void triesAgainAfterGrowingPausesAndGivesUpAfterTheLast() {
        receiver.answers(503);
        somethingToTell();

        var pauses = new ArrayList<Long>();
        assertThat(parts.deliver()).isEqualTo(1);
        while (only().status() == Status.WAITING) {
            var due = only().due();
            pauses.add(Duration.between(parts.clock().instant(), due).toMinutes());
            parts.clock().set(due.minusSeconds(1));
            assertThat(parts.deliver()).isZero();
            parts.clock().set(due);
            assertThat(parts.deliver()).isEqualTo(1);
        }

        assertThat(pauses).containsExactly(1L, 8L, 27L, 64L, 125L);
        assertThat(only().status()).isEqualTo(Status.FAILED);
        assertThat(only().cause()).contains("The receiver answered 503.");
        assertThat(only().log()).hasSize(6);
        // It can drop doubles: nothing of it has changed.
        assertThat(receiver.got())
                .extracting(Receiver.Got::body)
                .hasSize(6)
                .containsOnly(receiver.got().getFirst().body());
    }

    @Test
    void aReceiverThatIsBackGetsWhatWaited() {
        receiver.answers(500);
        somethingToTell();
        parts.deliver();
        receiver.answers(200);
        parts.clock().advance(Duration.ofMinutes(1));

        parts.deliver();

        assertThat(only().status()).isEqualTo(Status.DELIVERED);
        assertThat(only().log()).hasSize(2);
        assertThat(only().cause()).isEmpty();
    }

    @Test
    void stopsWhenTheReceiverSaysSo() {
        receiver.answers(406);
        somethingToTell();

        parts.deliver();

        assertThat(only().status()).isEqualTo(Status.FAILED);
        assertThat(only().cause()).contains("The receiver answered 406, which asks not to be tried again.");
    }

    @Test
    void countsAnAttemptThatAMistakeOfOursBrokeOff() {
        somethingToTell();
        parts.get(JdbcClient.class)
                .sql("update integration set url = 'https://no address' where id = :id")
                .param("id", webhook.id())
                .update();

        parts.deliver();

        assertThat(only().status()).isEqualTo(Status.WAITING);
        assertThat(only().due()).isEqualTo(parts.clock().instant().plus(Duration.ofMinutes(1)));
        assertThat(only().log()).hasSize(1);
        assertThat(only().cause()).hasValueSatisfying(cause -> assertThat(cause)
                .contains("because of a mistake in Gatehouse: IllegalArgumentException in Requests.")
                .doesNotContain("no address"));
    }

    @Test
    void whatAProcessTookAndDidNotEndIsTriedByAnother() {
        somethingToTell();
        var table = parts.get(DeliveryTable.class);
        var lost = table.claim(10, 4, DeliveryLoop.PATIENCE);
        assertThat(lost).hasSize(1);

        assertThat(parts.deliver()).isZero();
        parts.clock().advance(DeliveryLoop.PATIENCE);
        receiver.answers(500);
        assertThat(parts.deliver()).isEqualTo(1);
        // The one that was thought to be dead has no say any more.
        table.end(lost.getFirst(), new Receipt.Taken(OptionalInt.of(200)), Duration.ZERO);

        assertThat(only().status()).isEqualTo(Status.WAITING);
        assertThat(only().log()).hasSize(1);
    }

    @Test
    void aDestinationGetsAFewAtOnceHoweverManyWait() {
        parts.rule(webhook, EventName.INVESTIGATION_CREATED);
        try (var other = new Receiver()) {
            var second = parts.webhook(parts.acme, "Another", other.url()).integration();
            for (var number = 0; number < 10; number++) {
                happens();
            }
            parts.rule(second, EventName.INVESTIGATION_CREATED);
            happens();

            var table = parts.get(DeliveryTable.class);
            assertThat(table.claim(100, 4, DeliveryLoop.PATIENCE))
                    .extracting(claimed -> claimed.destination())
                    .hasSize(5)
                    .containsOnlyOnce(second.destination());
            assertThat(table.claim(100, 4, DeliveryLoop.PATIENCE)).isEmpty();
        }
    }

    @Test
    void nobodyWaitsForAReceiverThatHangs() {
        receiver.hangs();
        parts.rule(webhook, EventName.INVESTIGATION_CREATED);
        try (var other = new Receiver()) {
            for (var number = 0; number < 8; number++) {
                happens();
            }
            var second = parts.webhook(parts.acme, "Another", other.url()).integration();
            parts.rule(second, EventName.INVESTIGATION_CREATED);
            happens();

            parts.loop.round();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> other.got().size() == 1 && receiver.got().size() == DeliveryLoop.PER_DESTINATION);
        }
    }

    @Test
    void followsNoRedirectAndSaysSo() {
        try (var elsewhere = new Receiver()) {
            receiver.answers(302, "", Map.of("Location", elsewhere.url()));
            somethingToTell();

            parts.deliver();

            assertThat(elsewhere.got()).isEmpty();
            assertThat(only().cause().orElseThrow()).contains("a redirect. Redirects are not followed");
        }
    }

    @Test
    void goesNowhereInsideOfTheOwnNetworkThatNobodyHasAllowed() throws InterruptedException {
        var inside = URI.create(receiver.url());
        var hidden = parts.webhook(parts.acme, "Inside", "https://127.0.0.1:%d/".formatted(inside.getPort()))
                .integration();

        var tested = parts.get(Integrations.class).test(ALL, hidden.id(), ADA);

        assertThat(tested.test().status()).isEqualTo(Integration.Status.TEST_FAIL);
        assertThat(tested.test().result())
                .contains("127.0.0.1 leads to 127.0.0.1, which is in the network of Gatehouse itself")
                .contains("gatehouse.notifications.allowed-destinations");
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void sendsAgainWhatSomebodyWantsToHaveAgain() {
        receiver.answers(406);
        somethingToTell();
        parts.deliver();
        receiver.answers(200);

        assertThat(parts.get(Deliveries.class).again(ALL, webhook, only().id())).isTrue();
        parts.deliver();

        assertThat(only().status()).isEqualTo(Status.DELIVERED);
        assertThat(receiver.got())
                .extracting(got -> got.json().path("guid").asString())
                .containsExactly(only().id().toString(), only().id().toString());
    }

    @Test
    void forgetsWhatIsOldAndKeepsWhatStillWaits() {
        somethingToTell();
        parts.deliver();
        receiver.answers(500);
        happens();
        parts.deliver();
        var table = parts.get(DeliveryTable.class);
        parts.clock().advance(Deliveries.KEPT.plusMinutes(1));

        assertThat(table.forget(parts.clock().instant().minus(Deliveries.KEPT), 1_000))
                .isEqualTo(1);

        assertThat(parts.rows("select status from notification_delivery")).containsExactly("(WAITING)");
        assertThat(table.numbers()).isEqualTo(new DeliveryTable.Numbers(1, 0));
    }

    @Test
    void anIntegrationThatIsRemovedGetsNothingMore() {
        receiver.answers(500);
        somethingToTell();
        parts.deliver();

        parts.get(Integrations.class).remove(ALL, webhook.id(), 0, ADA);
        parts.clock().advance(Duration.ofHours(1));

        assertThat(parts.deliver()).isZero();
        assertThat(parts.rows("select destinations from notification_rule")).containsExactly("({})");
        assertThat(parts.rows("select status from notification_delivery")).containsExactly("(FAILED)");
    }

    @Test
    void whatAReceiverRepeatsOfTheSecretIsNotShown() {
        var bearer = parts.get(Integrations.class)
                .add(
                        ALL,
                        Optional.of(parts.acme.id()),
                        new IntegrationDraft("webhook", "Chatty", receiver.url(), "BEARER", "", "open-sesame"),
                        ADA)
                .integration();
        receiver.answers(401, "bad token open-sesame", Map.of());
        parts.rule(bearer, EventName.INVESTIGATION_CREATED);
        happens();

        parts.deliver();

        assertThat(receiver.got().getFirst().headers()).containsEntry("Authorization", "Bearer open-sesame");
        assertThat(parts.get(Deliveries.class)
                        .to(ALL, bearer, 0, 10)
                        .rows()
                        .getFirst()
                        .cause())
                .contains("The receiver answered 401: it does not accept the credentials. It said: bad token ••••••");
        assertThat(List.of(
                        bearer.toString(),
                        parts.rows("select * from integration").getFirst()))
                .noneMatch(text -> text.contains("open-sesame"));
    }
}
