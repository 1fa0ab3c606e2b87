package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.stories.stage.Product;
import dev.gatehouse.stories.stage.Receiver;
import dev.gatehouse.stories.stage.Receiver.Got;
import dev.gatehouse.stories.stage.Visitor;
import dev.gatehouse.stories.stage.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A customer's program is told of each new alert once, signed, also when it was away and when the product was killed. Whatever the
 * product prints and keeps, the secret that it signs with is not in it.
 */
class NotificationsArriveOnceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CREATED = "expel_alert_created";
    private static final String SECRET = "a-secret-of-the-receiver-and-nobody-else";
    private static final String INTEGRATIONS = "/settings/integrations";

    private final ScriptedDefender defender = new ScriptedDefender();

    @Test
    void eachNewAlertIsToldOnceAndSigned(@TempDir Path directory) throws IOException {
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withTenants(0)
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(1_000_000, 1_000_000)));
                var receiver = new Receiver()) {
            var gatehouse = start(directory, simulator, receiver);
            gatehouse.connect(simulator.addTenant("Contoso", DefenderSource.scripted(defender)));
            var integration = addWebhook(gatehouse, receiver);
            addRule(gatehouse, integration);

            happens("ada");
            var first = await().atMost(PATIENCE).until(() -> receiver.got(CREATED), got -> !got.isEmpty());
            assertThat(first.getFirst()).satisfies(NotificationsArriveOnceTest::isSigned);
            assertThat(first.getFirst().json().at("/data/expel_alert_id").asString())
                    .isEqualTo(theOnlyAlertOf(gatehouse));
            awaitStates(gatehouse, "DELIVERED");

            // The receiver is away: it is tried again, in a minute for the first time.
            receiver.answers(503);
            happens("ben");
            await().atMost(PATIENCE).until(() -> receiver.got(CREATED).size() == 2);
            awaitStates(gatehouse, "DELIVERED", "WAITING");

            gatehouse.kill();
            assertThat(gatehouse.printed()).doesNotContain(SECRET);
            assertThat(filesWith(SECRET, directory)).isEmpty();
            receiver.answers(204);
            try (var again = start(directory, simulator, receiver)) {
                assertThat(pageOf(again, integration)).contains("The receiver answered 503.", "Next attempt:");
                var guid = receiver.got(CREATED).get(1).json().path("guid").asString();
                sendAgain(again, integration, guid);
                happens("cleo");

                // Had anything been due again, it would have been sent before what has only just happened.
                await().atMost(PATIENCE).until(() -> receiver.got(CREATED).size() == 4);
                awaitStates(again, "DELIVERED", "DELIVERED", "DELIVERED");
                assertThat(acknowledged(receiver))
                        .doesNotHaveDuplicates()
                        .hasSize(3)
                        .contains(guid);
                assertThat(receiver.got(CREATED)).allSatisfy(NotificationsArriveOnceTest::isSigned);
                assertThat(again.printed()).doesNotContain(SECRET);
            }
        }
    }

    private static Product start(Path directory, Simulator simulator, Receiver receiver) throws IOException {
        var certificate = Files.writeString(directory.resolve("receiver-ca.pem"), receiver.caCertificate());
        return Product.start(
                directory,
                simulator,
                Product.SHORT_LEASE,
                "--gatehouse.notifications.allowed-destinations=localhost",
                "--gatehouse.notifications.ca-certificate=" + certificate);
    }

    /** Adds it on the pages, tests it, and gives its id. */
    private static String addWebhook(Product gatehouse, Receiver receiver) {
        try (var visitor = Visitor.signedIn(gatehouse)) {
            var form = INTEGRATIONS + "/add?type=webhook";
            var page = visitor.send(
                    form,
                    INTEGRATIONS,
                    Map.of(
                            "integration_type",
                            "webhook",
                            "organization",
                            organization(gatehouse),
                            "name",
                            "Our program",
                            "url",
                            receiver.url(),
                            "auth_type",
                            "HMAC",
                            "secret",
                            SECRET));
            assertThat(page).contains("“Our program” is saved.").doesNotContain(SECRET);
            var id = gatehouse.get("/api/v2/integrations").at("/data/0/id").asString();
            var one = INTEGRATIONS + "/" + id;
            assertThat(visitor.send(one, one + "/test", Map.of())).contains("The receiver answered 204.");
            assertThat(receiver.got("test")).singleElement().satisfies(NotificationsArriveOnceTest::isSigned);
            return id;
        }
    }

    private static String organization(Product gatehouse) {
        return gatehouse.get("/api/v2/organizations").at("/data/0/id").asString();
    }

    private static void addRule(Product gatehouse, String integration) {
        var made = gatehouse.call(
                "POST", "/api/v2/notification_rules", """
                {"data": {"type": "notification_rules",
                          "attributes": {"name": "New alerts", "event_names": ["%s"], "destinations": ["integration:%s"]},
                          "relationships": {"organization": {"data": {"type": "organizations", "id": "%s"}}}}}""".formatted(CREATED, integration, organization(gatehouse)));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    }

    /** Defender for Identity finds something about another account. */
    private void happens(String account) {
        var now = Instant.now();
        defender.putAlert(Written.alertAbout(account, now, now));
    }

    private static String theOnlyAlertOf(Product gatehouse) {
        var alerts = gatehouse.get("/api/v2/expel_alerts").path("data");
        assertThat(alerts).hasSize(1);
        return alerts.path(0).path("id").asString();
    }

    /** Waits until this has come of the deliveries so far, the oldest first. */
    private static void awaitStates(Product gatehouse, String... states) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(gatehouse
                        .get("/api/v2/notification_events?sort=created_at")
                        .path("data")
                        .valueStream()
                        .flatMap(event -> event.at("/attributes/deliveries").valueStream())
                        .map(delivery -> delivery.path("status").asString()))
                .containsExactly(states));
    }

    private static String pageOf(Product gatehouse, String integration) {
        try (var visitor = Visitor.signedIn(gatehouse)) {
            return visitor.read(INTEGRATIONS + "/" + integration);
        }
    }

    private static void sendAgain(Product gatehouse, String integration, String guid) {
        try (var visitor = Visitor.signedIn(gatehouse)) {
            var delivery = "%s/%s/deliveries/%s".formatted(INTEGRATIONS, integration, guid);
            assertThat(visitor.send(delivery, delivery + "/again", Map.of())).contains("It is sent again.");
        }
    }

    private static List<String> acknowledged(Receiver receiver) {
        return receiver.got(CREATED).stream()
                .filter(got -> got.answered() == 204)
                .map(got -> got.json().path("guid").asString())
                .toList();
    }

    /** As docs/notifications.md says, with nothing of the product's. */
    private static void isSigned(Got got) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var wanted = HexFormat.of().formatHex(mac.doFinal(got.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(got.signature()).contains("sha256=" + wanted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which files below a folder hold a text: logs, settings, and all that the database has written. */
    private static List<Path> filesWith(String text, Path folder) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    if (attributes.isRegularFile()
                            && Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(text)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
            }

            // The database goes on tidying for a moment.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
                if (cause instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw cause;
            }
        });
        return found;
    }
}
