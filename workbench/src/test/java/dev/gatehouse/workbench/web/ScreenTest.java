package dev.gatehouse.workbench.web;

import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.Workbench;
import dev.gatehouse.workbench.WorkbenchDatabase;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.notifications.Receiver;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.People;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Chore;
import dev.gatehouse.workbench.processes.Leases;
import dev.gatehouse.workbench.records.Delivery.LeftOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The whole Workbench on a real PostgreSQL, without Microsoft. All subclasses share one. */
@SpringBootTest(classes = Workbench.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@Import({Pretend.class, People.class})
public abstract class ScreenTest {

    protected static final String DIRECTORY = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
    protected static final String APPLICATION = "6fa459ea-ee8a-4ca4-894e-db77e160355e";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final WorkbenchDatabase POSTGRES = WorkbenchDatabase.create();
    private static final Path DATA = temporaryDirectory();

    @Autowired
    protected MockMvc mvc;

    @Autowired
    protected SettableClock clock;

    @Autowired
    protected SecurityDevices devices;

    @Autowired
    protected DeviceEditing editing;

    @Autowired
    protected Feeds feeds;

    @Autowired
    protected JdbcClient database;

    @Autowired
    protected People people;

    @Autowired
    private PageTransaction records;

    @Autowired
    private Leases leases;

    @Autowired
    private Pauses pauses;

    @Autowired
    private List<Chore> chores;

    @Autowired
    private Parser parser;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("gatehouse.data-directory", DATA::toString);
        registry.add("gatehouse.sign-in.second-factor", () -> "optional");
        registry.add("gatehouse.notifications.allowed-destinations", () -> "localhost");
        registry.add("gatehouse.notifications.ca-certificate", Receiver::certificateFile);
        registry.add("gatehouse.database.url", POSTGRES::url);
        registry.add("gatehouse.database.username", POSTGRES::username);
        registry.add("gatehouse.database.password", POSTGRES::password);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("gatehouse-screens");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a data directory for the tests", e);
        }
    }

    /** Where this Workbench keeps its files. */
    protected static Path data() {
        return DATA;
    }

    @BeforeEach
    void startWithNothing() {
        clock.set(Pretend.START);
        // What is under way for the devices of the test before would hold on to rows of these tables.
        leases.stop();
        // With all that belongs to a device: feeds, replays, ledger and whatever else refers to it.
        empty("""
                security_device, vendor_alert, vendor_alert_version, vendor_alert_entities,
                alert_vendor_alert, alert_history, alert_name,
                vendor_incident, vendor_incident_version, hunting_row, unreadable_record, left_out_vendor_alert, request_pause,
                alert_day_total, record_day_total, alert_rule_day_total,
                tenant, investigation, investigation_number, investigation_count,
                detection_rule, detection_rule_switch, detection_rule_history, alert_tuning, alert_tuning_history, suppression,
                rule_reread, context_label, context_history, note,
                integration, notification_rule, notification_event
                """);
        // All but the one that the schema came with, which is the oldest however a test sets the clock.
        database.sql("delete from account where organization_id is not null").update();
        database.sql("delete from api_token where organization_id is not null").update();
        database.sql("""
                update account set organization_id = (select id from organization where short_name = 'ORG')
                where organization_id is not null
                """).update();
        database.sql("delete from organization where short_name <> 'ORG'").update();
        database.sql("update organization set name = 'My Organization'").update();
        pauses.look();
        // Rules and suppressions of the test before are in memory for some seconds yet.
        chores.stream()
                .filter(chore -> chore.name().startsWith("Looking for changed"))
                .forEach(Chore::run);
        leases.start();
    }

    /** Lets no loop write meanwhile, for whoever compares what is stored. */
    protected void workOnNothing() {
        leases.stop();
    }

    /** Empties tables and what refers to them. Whoever reads several of them meanwhile may get in each other's way. */
    protected void empty(String tables) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(PessimisticLockingFailureException.class)
                .untilAsserted(
                        () -> database.sql("truncate " + tables + " cascade").update());
    }

    /** As if its server were away. */
    protected static void takeDatabaseAway() {
        POSTGRES.takeAway();
    }

    /** Undoes {@link #takeDatabaseAway()}; twice is as good. */
    protected static void bringDatabaseBack() {
        POSTGRES.bringBack();
    }

    // The stage

    protected SecurityDevice device(String name) {
        return editing.add(
                Scope.everything(),
                DeviceDraft.empty()
                        .with(DeviceField.NAME, name)
                        .with(DeviceField.LOCATION, "cloud")
                        .with(
                                DeviceField.DIRECTORY_ID,
                                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                                        .toString())
                        .with(DeviceField.APPLICATION_ID, APPLICATION)
                        .with(DeviceField.CLIENT_SECRET, Pretend.RIGHT_SECRET),
                "test");
    }

    /** Lets a page with these records come in. */
    protected void receive(SecurityDevice device, Feed feed, String... originals) {
        var kept = Arrays.stream(originals)
                .map(json -> understood(device, feed, json))
                .toList();
        keep(device, feed, kept, List.of());
    }

    /** Lets a page with these vendor alerts of other products come in. */
    protected void receiveLeftOut(SecurityDevice device, String... originals) {
        var leftOut = Arrays.stream(originals)
                .map(json -> LeftOut.of((VendorAlert) understood(device, Feed.ALERTS, json)))
                .toList();
        keep(device, Feed.ALERTS, List.of(), leftOut);
    }

    private void keep(SecurityDevice device, Feed feed, List<Collected> kept, List<LeftOut> leftOut) {
        var now = clock.instant();
        records.keep(new ReadPage(
                new Request(
                        device.directory(),
                        feed,
                        PollWindow.begin(Purpose.POLL, new Window(now.minus(Duration.ofHours(1)), now)),
                        now,
                        Duration.ofMillis(84),
                        12_000,
                        Optional.of("request-1"),
                        ""),
                kept,
                leftOut,
                List.of(),
                Optional.of(now),
                Optional.empty()));
    }

    private Collected understood(SecurityDevice device, Feed feed, String json) {
        return switch (parser.parse(device.directory(), feed, Original.of(json))) {
            case Parsed.Understood understood -> understood.record();
            case Parsed.Unreadable unreadable -> throw new IllegalArgumentException(unreadable.reason());
        };
    }

    // Acting

    protected MvcTestResult open(String address) {
        return tester().perform(get(URI.create(address)).with(people.admin()));
    }

    protected MvcTestResult openAsAnalyst(String address) {
        return tester().perform(get(URI.create(address)).with(people.analyst()));
    }

    protected MvcTestResult openAs(Membership who, String address) {
        return tester().perform(get(URI.create(address)).with(people.a(who)));
    }

    protected MvcTestResult send(String address, Map<String, String> form) {
        return tester().perform(fill(address, form));
    }

    protected MvcTestResult sendAsAnalyst(String address, Map<String, String> form) {
        return tester().perform(fill(address, form).with(people.analyst()));
    }

    /** A form that an admin has filled in. */
    protected MockHttpServletRequestBuilder fill(String address, Map<String, String> form) {
        var request = post(URI.create(address));
        form.forEach(request::param);
        return request.with(people.admin()).with(csrf());
    }

    protected static String textOf(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private MockMvcTester tester() {
        return MockMvcTester.create(mvc);
    }
}
