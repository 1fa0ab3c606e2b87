package dev.gatehouse.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.Intake;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.hunt.HuntOutcome;
import dev.gatehouse.intake.hunt.HuntingQuery;
import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.kql.Table;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.faults.Endpoint;
import dev.gatehouse.simulator.faults.Fault;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.world.ScriptedDefender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be had at once is had in pieces: what reads Graph and the pretend Graph agree on how. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskingForLessTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Window QUARTER = new Window(NOW.minus(Duration.ofMinutes(15)), NOW);

    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withClock(InstantSource.fixed(NOW)));
    private final Intake intake = new Intake(HttpSettings.defaults(), InstantSource.fixed(NOW));
    private final ScriptedDefender defender = new ScriptedDefender();
    private final SimulatedTenant tenant = simulator.addTenant("Asked for less", DefenderSource.scripted(defender));
    private final Connection connection = new Connection(
            new TenantId(tenant.tenantId()),
            new ApplicationId(tenant.applicationId()),
            new ClientSecret(tenant.clientSecret()),
            new Cloud("simulator", simulator.authority(), simulator.graph(), Optional.of(simulator.caCertificate())));

    AskingForLessTest() {
        defender.putTable(
                "IdentityLogonEvents",
                List.of(
                        new Table.Column("Timestamp", Table.Type.DATETIME),
                        new Table.Column("ReportId", Table.Type.STRING)));
        for (var row = 0; row < 5; row++) {
            defender.putRow(
                    "IdentityLogonEvents",
                    Map.of("Timestamp", NOW.minusSeconds(60), "ReportId", "r" + row),
                    Instant.MIN);
            defender.putAlert(Json.object()
                    .put("id", "a" + row)
                    .put("description", "x".repeat(1_000))
                    .put("serviceSource", "microsoftDefenderForIdentity")
                    .put("createdDateTime", NOW.minusSeconds(60).toString())
                    .put("lastUpdateDateTime", NOW.minusSeconds(60).toString()));
        }
    }

    @AfterEach
    void calmDown() {
        simulator.faults().clear();
    }

    @AfterAll
    void close() {
        intake.close();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGON_EVENTS", "ALERTS"})
    void getsAtEveryRecordOfOneTimeButTheSpoiltOne(Feed feed) throws InterruptedException {
        var spoilt = feed.isHuntingTable() ? "r2" : "a2";
        simulator.faults().everywhere().always(new Fault.SpoiltId(spoilt, 500));
        var came = new ArrayList<String>();
        var failed = 0;

        for (var skipped = 0; skipped < 5; skipped++) {
            switch (poll(feed, Reading.of(new Lookup.Behind(skipped), QUARTER, 1))) {
                case PollOutcome.Page page -> page.records().forEach(record -> came.add(record.text()));
                case PollOutcome.Failed failure -> failed++;
                case PollOutcome.Partial partial -> throw new AssertionError("That was all: " + partial);
            }
        }

        assertThat(came).hasSize(4).doesNotHaveDuplicates().noneMatch(text -> text.contains('"' + spoilt + '"'));
        assertThat(failed).isEqualTo(1);
        assertThat(poll(feed, Reading.of(new Lookup.Behind(5), QUARTER, 1)))
                .isInstanceOfSatisfying(PollOutcome.Page.class, page -> assertThat(page.records())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatBreaksOffForItsSizeComesInSmallerPages(boolean byReset) throws InterruptedException {
        simulator.faults().at(Endpoint.ALERTS).always(new Fault.BreaksOffAbove(4_000, byReset));

        var large = poll(Feed.ALERTS, Reading.of(QUARTER, 5));

        assertThat(large).isInstanceOfSatisfying(PollOutcome.Failed.class, failure -> {
            assertThat(failure.diagnosis().trouble()).isEqualTo(Trouble.BROKEN_OFF);
            assertThat(failure.isEasedByAskingForLess(Feed.ALERTS)).isTrue();
        });
        assertThat(poll(Feed.ALERTS, Reading.of(QUARTER, 2))).isInstanceOf(PollOutcome.Page.class);
    }

    @Test
    void aHuntingQueryThatIsTooHeavyIsAskedForShorterTimesAndAPersonIsTold() throws InterruptedException {
        simulator.faults().everywhere().always(new Fault.Preempted(Duration.ofMinutes(5)));
        var lastMinutes = new Window(NOW.minus(Duration.ofMinutes(5)), NOW);

        var heavy = poll(Feed.LOGON_EVENTS, Reading.of(QUARTER, 50));

        assertThat(heavy).isInstanceOfSatisfying(PollOutcome.Failed.class, failure -> assertThat(
                        failure.isAboutTheWindow(Feed.LOGON_EVENTS))
                .isTrue());
        assertThat(poll(Feed.LOGON_EVENTS, Reading.of(lastMinutes, 50)))
                .isInstanceOfSatisfying(PollOutcome.Page.class, page -> assertThat(page.records())
                        .hasSize(5));
        assertThat(intake.hunter().hunt(connection, new HuntingQuery("IdentityLogonEvents", Duration.ofDays(1), 10)))
                .isInstanceOfSatisfying(HuntOutcome.Failed.class, failure -> {
                    assertThat(failure.diagnosis().cause()).contains("too heavy");
                    assertThat(failure.diagnosis().cure()).startsWith("Narrow it");
                });
    }

    @Test
    void whatAWarningTakesNothingFromIsWhole() throws InterruptedException {
        var other = simulator.faults().at(Endpoint.ALERTS).always(new Fault.Warned(199, "Microsoft/WDATP/504/10000"));
        assertThat(poll(Feed.ALERTS, Reading.of(QUARTER, 50))).isInstanceOfSatisfying(PollOutcome.Page.class, page -> {
            assertThat(page.records()).hasSize(5);
            assertThat(page.receipt().warning()).isPresent();
        });
        other.stop();

        simulator.faults().at(Endpoint.ALERTS).always(new Fault.Warned(199, "Microsoft/MDI/504/10000"));
        assertThat(poll(Feed.ALERTS, Reading.of(QUARTER, 50)))
                .isInstanceOfSatisfying(
                        PollOutcome.Partial.class,
                        partial -> assertThat(partial.page().records()).hasSize(5));
    }

    private PollOutcome poll(Feed feed, Reading reading) throws InterruptedException {
        try (var room = PageMemory.ofHeap().open()) {
            return intake.poller().poll(connection, feed, reading, room);
        }
    }
}
