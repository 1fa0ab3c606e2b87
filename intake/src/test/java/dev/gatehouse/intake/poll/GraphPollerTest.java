package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.intake.testing.Asked;
import dev.gatehouse.intake.testing.PretendMicrosoft;
import dev.gatehouse.intake.testing.Reply;
import dev.gatehouse.intake.testing.SettableClock;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphPollerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Window WINDOW =
            new Window(Instant.parse("2026-11-23T11:00:00.1234567Z"), Instant.parse("2026-11-23T12:00:00Z"));
    private static final Reading READING = Reading.of(WINDOW, 2);

    private final SettableClock clock = new SettableClock(NOW);
    private final CloudHttp http = new CloudHttp(
            new HttpSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 2_000, 4), clock);
    private final PageMemory.Room room = PageMemory.of(1024 * 1024).open();
    private final PretendMicrosoft microsoft = new PretendMicrosoft();
    private final GraphPoller poller = new GraphPoller(http, new EntraSignIn(http, clock, new Random(1)), clock);

    @AfterEach
    void close() {
        microsoft.close();
        http.close();
    }

    @Test
    void asksForAlertsOfAClosedWindowAndHowManyThereAre() throws Exception {
        page(Feed.ALERTS);

        var asked = microsoft.reads().getFirst();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.uri().getPath()).isEqualTo("/v1.0/security/alerts_v2");
        assertThat(asked.uri().getRawQuery())
                .isEqualTo("$filter=lastUpdateDateTime%20ge%202026-11-23T11%3A00%3A00.1234567Z"
                        + "%20and%20lastUpdateDateTime%20lt%202026-11-23T12%3A00%3A00.0000000Z"
                        + "&$top=2&$count=true");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer " + tokenValue());
        assertThat(asked.header("Accept")).isEqualTo("application/json");
        assertThat(asked.header("Prefer")).isEqualTo("include-unknown-enum-members");
        assertThat(asked.header("client-request-id")).hasSize(36);
    }

    @Test
    void asksForIncidentsWithoutTheirAlerts() throws Exception {
        page(Feed.INCIDENTS);

        assertThat(microsoft.reads().getFirst().uri().toString())
                .startsWith("/v1.0/security/incidents?")
                .doesNotContain("expand");
    }

    @Test
    void asksAHuntingTableByAQuery() throws Exception {
        page(Feed.QUERY_EVENTS);

        var asked = microsoft.reads().getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.uri()).hasToString("/v1.0/security/runHuntingQuery");
        assertThat(asked.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"Query\":\"IdentityQueryEvents | where Timestamp >= datetime(2026-11-23T11:00:00.1234567Z)"
                                + " and Timestamp < datetime(2026-11-23T12:00:00.0000000Z) | order by Timestamp asc | take 2\","
                                + "\"Timespan\":\"2026-11-23T11:00:00Z/2026-11-23T12:00:01Z\"}");
    }

    @Test
    void asksForWhatWasMadeInAWindow() throws Exception {
        page(Feed.INCIDENTS, Reading.of(new Lookup.Created(), WINDOW, 2));

        assertThat(microsoft.reads().getFirst().uri().getRawQuery())
                .isEqualTo("$filter=createdDateTime%20ge%202026-11-23T11%3A00%3A00.1234567Z"
                        + "%20and%20createdDateTime%20lt%202026-11-23T12%3A00%3A00.0000000Z"
                        + "&$top=2&$count=true");
    }

    @Test
    void asksForOneRecordByItsId() throws Exception {
        microsoft.onRead(Reply.json(200, "{\"@odata.context\":\"x\",\"id\":\"da/1 _2\"}"));

        var page = page(Feed.ALERTS, Reading.of(new Lookup.One("da/1 _2"), WINDOW, 2));

        assertThat(microsoft.reads().getFirst().uri()).hasToString("/v1.0/security/alerts_v2/da%2F1%20_2");
        assertThat(page.records()).containsExactly(Original.of("{\"@odata.context\":\"x\",\"id\":\"da/1 _2\"}"));
        assertThat(page.next()).isEmpty();
    }

    @Test
    void aRecordThatMicrosoftDoesNotHaveIsAnEmptyPageAndNotAFailure() throws Exception {
        microsoft.onRead(Reply.graphError(404, "ResourceNotFound", "It does not exist."));

        assertThat(page(Feed.INCIDENTS, Reading.of(new Lookup.One("77"), WINDOW, 1))
                        .records())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"id\":\"1\"", "{\"id\":\"1\"} {}"})
    void anAnswerThatIsNoRecordIsAFailure(String body) throws Exception {
        microsoft.onRead(Reply.json(200, body));

        var outcome =
                poller.poll(microsoft.connection(), Feed.ALERTS, Reading.of(new Lookup.One("1"), WINDOW, 1), room);

        assertThat(((PollOutcome.Failed) outcome).diagnosis().trouble()).isEqualTo(Trouble.UNREADABLE_ANSWER);
    }

    @Test
    void keepsTheRecordsOfAPageWhoseLinkIsNoAddress() throws Exception {
        microsoft.onRead(Reply.json(200, "{\"value\":[{\"id\":\"1\"}],\"@odata.nextLink\":\"https://[::\"}"));

        var partial = partial(Feed.ALERTS);

        assertThat(partial.page().records()).containsExactly(Original.of("{\"id\":\"1\"}"));
        assertThat(partial.failure().diagnosis().trouble()).isEqualTo(Trouble.UNREADABLE_ANSWER);
    }

    @Test
    void countsAHuntingTablesRowsByTheHour() throws Exception {
        microsoft.onRead(Reply.rows("{\"Hour\":\"2026-11-23T11:00:00Z\",\"Rows\":7}"));

        var page = page(Feed.LOGON_EVENTS, Reading.of(new Lookup.HourlyCounts(), WINDOW, 1));

        assertThat(microsoft.reads().getFirst().body())
                .contains("and Timestamp < datetime(2026-11-23T12:00:00.0000000Z)"
                        + " | summarize Rows = count() by Hour = bin(Timestamp, 1h)\"");
        assertThat(page.records()).hasSize(1);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void givesTheRecordsAsTheyCameAndAReceipt() throws Exception {
        var reply = Reply.page("{ \"id\":\"1\" }", "17").with("request-id", "r1");
        microsoft.onRead(reply);

        var page = page(Feed.ALERTS);

        assertThat(page.records()).containsExactly(Original.of("{ \"id\":\"1\" }"), Original.of("17"));
        assertThat(page.next()).isEmpty();
        assertThat(page.count()).isEmpty();
        assertThat(page.receipt().requestId()).contains("r1");
        assertThat(page.receipt().bytes()).isEqualTo(reply.body().length());
        assertThat(page.receipt().receivedAt()).isEqualTo(NOW);
    }

    @Test
    void aPageCountsWhenTheClockIsWrongAndTheReceiptSaysSo() throws Exception {
        clock.advance(Duration.ofHours(-3));

        var receipt = page(Feed.ALERTS).receipt();

        // The pretend Microsoft's Date header is this machine's real time, which is years from the clock of this test.
        assertThat(receipt.serverTime()).isPresent();
        assertThat(receipt.clockSkew())
                .contains(Duration.between(clock.instant(), receipt.serverTime().get()));
        assertThat(receipt.clockTrouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.trouble()).isEqualTo(Trouble.CLOCK_SKEW));
    }

    @Test
    void followsALinkAsItStands() throws Exception {
        var link = microsoft.address() + "/v1.0/security/alerts_v2?$skiptoken=a%2Bb";
        microsoft.onRead(
                Reply.json(200, "{\"value\":[{\"id\":\"1\"}],\"@odata.nextLink\":\"" + link + "\"}"),
                Reply.page("{\"id\":\"2\"}"));

        var first = page(Feed.ALERTS);
        var second = poller.poll(
                microsoft.connection(),
                Feed.ALERTS,
                Progress.after(Feed.ALERTS, READING, first, List.of()).rest().orElseThrow(),
                room);

        assertThat(((PollOutcome.Page) second).records()).containsExactly(Original.of("{\"id\":\"2\"}"));
        assertThat(microsoft.reads().getLast().uri()).hasToString("/v1.0/security/alerts_v2?$skiptoken=a%2Bb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1.0/security/alerts_v2?$skiptoken=1",
                "http://localhost:1/v1.0/security/alerts_v2",
                "http://localhost@evil.example/",
                "/v1.0/security/alerts_v2?$skiptoken=1",
                "file:///etc/passwd"
            })
    void followsNoLinkToAnotherHost(String link) throws Exception {
        microsoft.onRead(Reply.json(200, "{\"value\":[{\"id\":\"1\"}],\"@odata.nextLink\":\"" + link + "\"}"));

        var partial = partial(Feed.ALERTS);
        assertThat(partial.failure().diagnosis().trouble()).isEqualTo(Trouble.FOREIGN_LINK);
        assertThat(partial.page().records()).hasSize(1);
        assertThat(microsoft.reads()).hasSize(1);
    }

    @Test
    void readsHowManyRecordsThereAre() throws Exception {
        microsoft.onRead(
                Reply.json(200, "{\"@odata.count\":7,\"value\":[]}"),
                Reply.json(200, "{\"@odata.count\":\"8\",\"value\":[]}"),
                Reply.json(200, "{\"@odata.count\":-1,\"value\":[]}"));

        assertThat(page(Feed.ALERTS).count()).hasValue(7);
        assertThat(page(Feed.ALERTS).count()).hasValue(8);
        assertThat(page(Feed.ALERTS).count()).isEmpty();
    }

    @Test
    void aHuntingPageIsFullWhenItHasAsManyRowsAsAskedFor() throws Exception {
        microsoft.onRead(Reply.rows("{}", "{}"), Reply.rows("{}"));

        assertThat(page(Feed.LOGON_EVENTS).isFull()).isTrue();
        assertThat(page(Feed.LOGON_EVENTS).isFull()).isFalse();
    }

    @Test
    void takesANewTokenOnceWhenGraphRefusesIt() throws Exception {
        microsoft.onSignIn(Reply.token("old"), Reply.token("new"));
        microsoft.onRead(Reply.graphError(401, "InvalidAuthenticationToken", "expired"), Reply.page());

        page(Feed.ALERTS);

        assertThat(microsoft.signIns()).hasSize(2);
        assertThat(microsoft.reads())
                .extracting(asked -> asked.header("Authorization"))
                .containsExactly("Bearer " + Reply.jwt("old"), "Bearer " + Reply.jwt("new"));
    }

    @Test
    void doesNotTakeNewTokensForEver() throws Exception {
        microsoft.onRead(Reply.graphError(401, "InvalidAuthenticationToken", "expired"));

        assertThat(failed(Feed.ALERTS).httpStatus()).hasValue(401);
        assertThat(microsoft.reads()).hasSize(2);
    }

    @Test
    void looksForNewPermissionsAfterARefusal() throws Exception {
        microsoft.onSignIn(
                Reply.token("old", "SecurityIncident.Read.All"), Reply.token("new", "SecurityAlert.Read.All"));
        microsoft.onRead(Reply.graphError(403, "Forbidden", "no"), Reply.page());

        assertThat(failed(Feed.ALERTS).trouble()).isEqualTo(Trouble.PERMISSION_MISSING);
        page(Feed.ALERTS);

        assertThat(microsoft.signIns()).hasSize(2);
    }

    @Test
    void goesOnWithoutTheCountWhereGraphRefusesItAndRemembersThat() throws Exception {
        microsoft.onRead(GraphPollerTest::refuseCount);

        page(Feed.ALERTS);
        page(Feed.ALERTS);
        page(Feed.INCIDENTS);

        assertThat(microsoft.reads())
                .extracting(asked -> asked.uri().getPath().substring(15) + " "
                        + asked.uri().toString().contains("$count"))
                .containsExactly(
                        "alerts_v2 true", "alerts_v2 false", "alerts_v2 false", "incidents true", "incidents false");
    }

    private static Reply refuseCount(Asked asked) {
        return asked.uri().toString().contains("$count")
                ? Reply.graphError(400, "BadRequest", "Query option 'Count' is not allowed.")
                : Reply.page();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>Sign in</html>", "{\"value\":[{\"id\":\"1\"},{\"id\"", "{\"error\":{\"code\":\"x\"}}"
            })
    void countsNothingOfAPageThatCannotBeRead(String body) throws Exception {
        microsoft.onRead(Reply.json(200, body));

        var diagnosis = failed(Feed.ALERTS);

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.UNREADABLE_ANSWER);
        assertThat(diagnosis.cause()).startsWith("Microsoft Graph's answer for vendor alerts could not be read");
    }

    @Test
    void keepsWhatCameWithAnAnswerThatIsNotAllAndSaysSo() throws Exception {
        microsoft.onRead(
                Reply.page("{\"id\":\"1\"}").with("Warning", "199 - \"Microsoft/MDI/504/10000\""),
                Reply.json(206, "{\"value\":[{\"id\":\"2\"}]}"));

        for (var id : List.of("1", "2")) {
            var partial = partial(Feed.ALERTS);
            assertThat(partial.page().records()).containsExactly(Original.of("{\"id\":\"%s\"}".formatted(id)));
            assertThat(partial.failure().diagnosis().trouble()).isEqualTo(Trouble.MICROSOFT_ERROR);
            assertThat(partial.failure().isEasedByAskingForLess(Feed.ALERTS)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "299 - \"This version is deprecated\"",
                "199 - \"Microsoft/WDATP/504/10000\"",
            })
    void aWarningThatTakesNothingFromUsIsANoticeBesideAWholePage(String warning) throws Exception {
        microsoft.onRead(Reply.page("{\"id\":\"1\"}").with("Warning", warning));

        var page = page(Feed.ALERTS);

        assertThat(page.records()).hasSize(1);
        assertThat(page.receipt().warning())
                .hasValueSatisfying(notice -> assertThat(notice.trouble()).isEqualTo(Trouble.WARNED));
    }

    @Test
    void asksBehindTheFirstRecordsOfAWindow() throws Exception {
        microsoft.onRead(Reply.page(), Reply.rows("{}", "{}"));

        page(Feed.ALERTS, Reading.of(new Lookup.Behind(3), WINDOW, 2));
        var rows = page(Feed.LOGON_EVENTS, Reading.of(new Lookup.Behind(3), WINDOW, 2));

        assertThat(microsoft.reads().getFirst().uri().getQuery())
                .contains("$top=2")
                .contains("$skip=3");
        assertThat(microsoft.reads().getLast().body())
                .contains("| order by Timestamp asc, ReportId asc | extend RowNumber = row_number()"
                        + " | where RowNumber > 3 | take 2 | project-away RowNumber");
        assertThat(rows.isFull()).isTrue();
    }

    @Test
    void shorterWindowsMayHelpWhereMicrosoftRefusesAHuntingQueryForAReasonThatIsNotKnown() throws Exception {
        microsoft.onRead(
                Reply.graphError(400, "BadRequest", "The query execution was preempted."),
                Reply.graphError(400, "BadRequest", "Something that nobody has seen before."),
                Reply.graphError(400, "BadRequest", "Failed to resolve table expression named 'IdentityLogonEvents'"),
                Reply.graphError(504, "UnknownError", ""));

        for (var expected : new boolean[] {true, true, false, true}) {
            var outcome = (PollOutcome.Failed) poller.poll(microsoft.connection(), Feed.LOGON_EVENTS, READING, room);
            assertThat(outcome.isAboutTheWindow(Feed.LOGON_EVENTS))
                    .as("%s", outcome.diagnosis())
                    .isEqualTo(expected);
            assertThat(outcome.isEasedByAskingForLess(Feed.LOGON_EVENTS)).isEqualTo(expected);
        }
    }

    @Test
    void smallerPagesHelpWhereMicrosoftGivesUpOnTheSize() throws Exception {
        microsoft.onRead(
                Reply.json(500, ""),
                Reply.json(504, ""),
                Reply.page("\"%s\"".formatted("x".repeat(3_000))),
                Reply.json(429, ""),
                Reply.json(403, ""));

        for (var expected : new boolean[] {true, true, true, false, false}) {
            var outcome = (PollOutcome.Failed) poller.poll(microsoft.connection(), Feed.ALERTS, READING, room);
            assertThat(outcome.isEasedByAskingForLess(Feed.ALERTS))
                    .as("%s", outcome.diagnosis())
                    .isEqualTo(expected);
        }
    }

    @Test
    void keepsTheRequestIdOfAFailure() throws Exception {
        microsoft.onRead(Reply.graphError(503, "ServiceUnavailable", "later").with("request-id", "r9"));

        var outcome = (PollOutcome.Failed) poller.poll(microsoft.connection(), Feed.ALERTS, READING, room);

        assertThat(outcome.receipt().requestId()).contains("r9");
        assertThat(outcome.diagnosis().requestId()).contains("r9");
    }

    @Test
    void doesNotAskGraphWithoutAToken() throws Exception {
        microsoft.onSignIn(Reply.entraError(401, "invalid_client", 7000222));

        assertThat(failed(Feed.ALERTS).trouble()).isEqualTo(Trouble.SECRET_EXPIRED);
        assertThat(microsoft.reads()).isEmpty();
    }

    private PollOutcome.Page page(Feed feed) throws InterruptedException {
        return page(feed, READING);
    }

    private PollOutcome.Page page(Feed feed, Reading reading) throws InterruptedException {
        var outcome = poller.poll(microsoft.connection(), feed, reading, room);
        assertThat(outcome).isInstanceOf(PollOutcome.Page.class);
        return (PollOutcome.Page) outcome;
    }

    private PollOutcome.Partial partial(Feed feed) throws InterruptedException {
        var outcome = poller.poll(microsoft.connection(), feed, READING, room);
        assertThat(outcome).isInstanceOf(PollOutcome.Partial.class);
        return (PollOutcome.Partial) outcome;
    }

    private Diagnosis failed(Feed feed) throws InterruptedException {
        var outcome = poller.poll(microsoft.connection(), feed, READING, room);
        assertThat(outcome).isInstanceOf(PollOutcome.Failed.class);
        return ((PollOutcome.Failed) outcome).diagnosis();
    }

    private static String tokenValue() {
        return Reply.jwt(
                "first",
                "SecurityAlert.Read.All",
                "SecurityEvents.Read.All",
                "ThreatHunting.Read.All",
                "SecurityIncident.Read.All");
    }
}
