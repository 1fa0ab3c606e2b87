package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.stories.stage.Product;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Microsoft is never asked more often than planned, however much there is to read; and a person's query does not wait for
 * what the machine wants.
 */
class RequestBudgetTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What is planned, and what the pretend Microsoft allows: little more, as it counts when requests arrive. */
    private static final int PLANNED = 12;

    private static final int ALLOWED = 14;

    /** More than a minute's plan, so that the plan must have held somebody back. */
    private static final int ANSWERED = 20;

    @Test
    void staysBelowMicrosoftsLimitsWithAMonthToReadAndLetsPeopleGoFirst(@TempDir Path directory) {
        try (var simulator = Simulator.start(SimulatorSettings.defaults()
                        .withTenants(1)
                        .withGraph(GraphBehaviour.likeliest().withCallsPerMinute(ALLOWED, ALLOWED))
                        .withDefenders(DefenderSource.companies(Pace.DEMO)));
                var gatehouse = Product.start(
                        directory,
                        simulator,
                        "--gatehouse.poll.interval=20s",
                        "--gatehouse.poll.hunting-interval=20s",
                        "--gatehouse.budget.requests-per-minute=" + PLANNED,
                        "--gatehouse.budget.hunting-queries-per-minute=" + PLANNED,
                        "--gatehouse.budget.hunting-queries-for-people=4")) {
            var device = gatehouse.connect(simulator.tenants().getFirst());
            await().atMost(PATIENCE).until(() -> answered(gatehouse) >= ANSWERED);

            var hunted = gatehouse.call("POST", "/api/v2/hunting_queries", """
                    {"data":{"type":"hunting_queries","attributes":{"device_id":"%s","query":"IdentityLogonEvents | take 3",\
                    "timespan":"P7D"}}}""".formatted(device));

            assertThat(hunted.status()).as(hunted.body().toString()).isEqualTo(200);
            assertThat(hunted.body().at("/data/attributes/rows").size()).isBetween(1, 3);
            assertThat(gatehouse
                            .get("/api/v2/poll_windows?filter%5Boutcome%5D=failed")
                            .path("data"))
                    .as("windows that failed, because Microsoft was asked too often")
                    .isEmpty();
            for (var budget : gatehouse.get("/api/v2/request_budgets").path("data")) {
                var attributes = budget.path("attributes");
                assertThat(attributes.path("planned_per_minute").asInt(0)).isEqualTo(PLANNED);
                assertThat(attributes.path("last_minute").asInt(0)).isBetween(1, PLANNED);
            }
        }
    }

    /** Requests for lists so far, of all windows that the ledger has. */
    private static int answered(Product gatehouse) {
        var requests = 0;
        for (var window :
                gatehouse.get("/api/v2/poll_windows?page%5Blimit%5D=200").path("data")) {
            requests += isOfAList(window) ? window.at("/attributes/requests").asInt(0) : 0;
        }
        return requests;
    }

    private static boolean isOfAList(JsonNode window) {
        var feed = window.at("/attributes/feed").asString("");
        return feed.equals("alerts") || feed.equals("incidents");
    }
}
