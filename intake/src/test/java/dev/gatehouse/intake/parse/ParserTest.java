package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Classification;
import dev.gatehouse.model.Comment;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Severity;
import dev.gatehouse.model.VendorAlertStatus;
import dev.gatehouse.model.VendorIncidentStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

    private static final String DCSYNC = """
            {"@odata.type":"#microsoft.graph.security.alert","id":"aa638","providerAlertId":"p1","incidentId":"29",
             "title":"Suspected DCSync attack (replication of directory services)","description":"d","recommendedActions":"r",
             "severity":"high","status":"inProgress","classification":"truePositive","determination":"compromisedAccount",
             "category":"CredentialAccess","serviceSource":"microsoftDefenderForIdentity",
             "detectionSource":"microsoftDefenderForIdentity","productName":"Microsoft Defender for Identity",
             "detectorId":"xdr_DcSync","tenantId":"other","assignedTo":"jane@contoso.com","alertWebUrl":"https://security/a",
             "mitreTechniques":["T1003.006"],"createdDateTime":"2026-01-02T03:00:00Z",
             "lastUpdateDateTime":"2026-01-02T03:04:05.1234567Z","resolvedDateTime":null,
             "firstActivityDateTime":"2026-01-02T02:00:00Z","lastActivityDateTime":"2026-01-02T02:30:00.5Z",
             "comments":[{"comment":"c","createdByDisplayName":"Jane","createdDateTime":"2026-01-02T03:03:00Z"}],
             "evidence":[{"@odata.type":"#microsoft.graph.security.ipEvidence","ipAddress":"10.1.4.7"}],
             "aNewMember":{"x":1}}""";

    @Test
    void readsAnAlertAsTheSchemaHasIt() {
        var alert = Parse.alert(DCSYNC);

        assertThat(alert.tenant()).isEqualTo(Parse.CONTOSO);
        assertThat(alert.id()).isEqualTo("aa638");
        assertThat(alert.providerAlertId()).isEqualTo("p1");
        assertThat(alert.incidentId()).isEqualTo("29");
        assertThat(alert.title()).startsWith("Suspected DCSync");
        assertThat(alert.description()).isEqualTo("d");
        assertThat(alert.recommendedActions()).isEqualTo("r");
        assertThat(alert.severity().is(Severity.HIGH)).isTrue();
        assertThat(alert.status().is(VendorAlertStatus.IN_PROGRESS)).isTrue();
        assertThat(alert.classification().is(Classification.TRUE_POSITIVE)).isTrue();
        assertThat(alert.determination()).isEqualTo("compromisedAccount");
        assertThat(alert.category()).isEqualTo("CredentialAccess");
        assertThat(alert.serviceSource()).isEqualTo("microsoftDefenderForIdentity");
        assertThat(alert.detectorId()).isEqualTo("xdr_DcSync");
        assertThat(alert.assignedTo()).isEqualTo("jane@contoso.com");
        assertThat(alert.webUrl()).isEqualTo("https://security/a");
        assertThat(alert.techniques()).containsExactly("T1003.006");
        assertThat(alert.created()).isEqualTo("2026-01-02T03:00:00Z");
        assertThat(alert.orderedBy()).isEqualTo("2026-01-02T03:04:05.1234567Z");
        assertThat(alert.resolved()).isEmpty();
        assertThat(alert.firstActivity()).contains(Instant.parse("2026-01-02T02:00:00Z"));
        assertThat(alert.lastActivity()).contains(Instant.parse("2026-01-02T02:30:00.5Z"));
        assertThat(alert.comments())
                .containsExactly(new Comment("c", "Jane", Optional.of(Instant.parse("2026-01-02T03:03:00Z"))));
        assertThat(alert.evidence()).hasSize(1);
        assertThat(alert.original()).isEqualTo(Original.of(DCSYNC));
    }

    @Test
    void anAlertNeedsNoMoreThanAnIdAndATime() {
        var alert = Parse.alert("{\"id\":\"a1\",\"createdDateTime\":\"2026-01-02T03:04:05Z\"}");

        assertThat(alert.updated()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(alert.title()).isEmpty();
        assertThat(alert.severity().known()).isEmpty();
        assertThat(alert.evidence()).isEmpty();
    }

    @Test
    void takesTheLastUpdateWhenThereIsNoTimeOfCreation() {
        assertThat(Parse.alertWith("\"title\":\"t\"").created()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @ParameterizedTest
    @CsvSource({"high,HIGH", "High,HIGH", "HIGH,HIGH", "informational,INFORMATIONAL"})
    void readsEnumerationsInAnyCase(String written, Severity severity) {
        assertThat(Parse.alertWith("\"severity\":\"%s\"".formatted(written))
                        .severity()
                        .is(severity))
                .isTrue();
    }

    @Test
    void keepsTheWordOfAnEnumerationThatIsNewToUs() {
        var alert = Parse.alertWith("\"status\":\"awaitingAction\",\"severity\":\"unknownFutureValue\"");

        assertThat(alert.status().written()).isEqualTo("awaitingAction");
        assertThat(alert.status().known()).isEmpty();
        assertThat(alert.severity().written()).isEqualTo("unknownFutureValue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"comment\":\"c\",\"createdByDisplayName\":\"Jane\",\"createdDateTime\":\"2026-01-01T00:00:00Z\"}",
                "{\"comment\":\"c\",\"createdBy\":\"Jane\",\"createdTime\":\"2026-01-01T00:00:00.0000000Z\"}"
            })
    void readsCommentsByBothNames(String comment) {
        assertThat(Parse.alertWith("\"comments\":[" + comment + "]").comments())
                .containsExactly(new Comment("c", "Jane", Optional.of(Instant.parse("2026-01-01T00:00:00Z"))));
    }

    @Test
    void readsCommentsThatAreBareTextsOrNoList() {
        assertThat(Parse.alertWith("\"comments\":[\"c\"]").comments())
                .containsExactly(new Comment("c", "", Optional.empty()));
        assertThat(Parse.alertWith("\"comments\":{\"comment\":\"c\"}").comments())
                .containsExactly(new Comment("c", "", Optional.empty()));
    }

    @Test
    void replacesWhatADatabaseCannotStore() {
        assertThat(Parse.alertWith("\"title\":\"a\\u0000b\\ud800c\\ud83d\\ude00\"")
                        .title())
                .isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00");
    }

    @Test
    void readsNumbersWhereTextsShouldBeAndTextsWhereNumbersShouldBe() {
        var alert = Parse.alert("{\"id\":17,\"incidentId\":29,\"lastUpdateDateTime\":\"2026-01-02T03:04:05Z\"}");

        assertThat(alert.id()).isEqualTo("17");
        assertThat(alert.incidentId()).isEqualTo("29");
    }

    @Test
    void readsAnIncidentAsTheSchemaHasIt() {
        var incident = Parse.incident("""
                {"id":"29","displayName":"Multi-stage incident","description":"d","severity":"Medium","status":"redirected",
                 "classification":"unknown","determination":"other","redirectIncidentId":"30","assignedTo":"jane",
                 "incidentWebUrl":"https://security/i","customTags":["Demo"],"systemTags":["Defender Experts"],
                 "createdDateTime":"2026-01-02T03:00:00Z","lastUpdateDateTime":"2026-01-02T03:04:05Z","comments":[]}""");

        assertThat(incident.displayName()).isEqualTo("Multi-stage incident");
        assertThat(incident.severity().is(Severity.MEDIUM)).isTrue();
        assertThat(incident.status().is(VendorIncidentStatus.REDIRECTED)).isTrue();
        assertThat(incident.redirectIncidentId()).isEqualTo("30");
        assertThat(incident.customTags()).containsExactly("Demo");
        assertThat(incident.systemTags()).containsExactly("Defender Experts");
        assertThat(incident.webUrl()).isEqualTo("https://security/i");
        assertThat(incident.orderedBy()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void readsAnIncidentsTagsByTheirOlderName() {
        var incident =
                Parse.incident("{\"id\":\"1\",\"createdDateTime\":\"2026-01-02T03:00:00Z\",\"tags\":[\"Demo\"]}");

        assertThat(incident.customTags()).containsExactly("Demo");
    }

    @Test
    void readsAHuntingRow() {
        var json = """
                {"Timestamp":"2026-01-02T03:04:05.1234567Z","ActionType":"LogonSuccess","AccountName":"jdoe",
                 "AccountUpn":"jdoe@contoso.com","DeviceName":"WS01","IPAddress":"10.1.4.7","TargetDeviceName":"DC01",
                 "Port":"389","ReportId":"abc","AdditionalFields":"{\\"Count\\":1}"}""";
        var row = Parse.row(json);

        assertThat(row.timestamp()).isEqualTo("2026-01-02T03:04:05.1234567Z");
        assertThat(row.actionType()).isEqualTo("LogonSuccess");
        assertThat(row.accountName()).isEqualTo("jdoe");
        assertThat(row.accountUpn()).isEqualTo("jdoe@contoso.com");
        assertThat(row.deviceName()).isEqualTo("WS01");
        assertThat(row.ipAddress()).isEqualTo("10.1.4.7");
        assertThat(row.target()).isEqualTo("DC01");
        assertThat(row.reportId()).isEqualTo("abc");
        assertThat(row.id()).isEqualTo(row.version().toString());
        assertThat(row.original()).isEqualTo(Original.of(json));
    }

    @Test
    void readsColumnsInAnyCaseAndDynamicOnesInAnyForm() {
        var row = Parse.row(
                "{\"timestamp\":\"2026-01-02T03:04:05Z\",\"IpAddress\":\"10.1.4.7\",\"ISP\":null,\"Port\":389,"
                        + "\"IsAdminOperation\":1,\"AdditionalFields\":{\"Count\":1},\"ReportId\":77}");

        assertThat(row.ipAddress()).isEqualTo("10.1.4.7");
        assertThat(row.reportId()).isEqualTo("77");
    }

    @Test
    void passesOverEmptyTargets() {
        var row = Parse.row(
                "{\"Timestamp\":\"2026-01-02T03:04:05Z\",\"TargetAccountUpn\":\"\",\"QueryTarget\":\"krbtgt\"}");

        assertThat(row.target()).isEqualTo("krbtgt");
    }

    @ParameterizedTest
    @EnumSource(Feed.class)
    void keepsWhatIsNoObject(Feed feed) {
        assertThat(Parse.whyUnreadable(feed, "[1,2]")).isEqualTo("It is not a JSON object but array");
        assertThat(Parse.whyUnreadable(feed, "null")).isEqualTo("It is not a JSON object but null");
        assertThat(Parse.whyUnreadable(feed, "\"secret\"")).doesNotContain("secret");
    }

    /**
     * Why, of what cannot be read. Whoever makes more of these readable raises {@link Parser#VERSION} and the number here, so
     * that what lies in databases is tried again.
     */
    @Test
    void tellsTheTrueCauseForEachRecordThatVersionOneCannotRead() {
        assertThat(Parser.VERSION).isEqualTo(1);
        assertThat(why("{")).isEqualTo("It breaks off after 1 bytes, in the middle of its JSON");
        assertThat(why("{\"id\":\"17\"")).isEqualTo("It breaks off after 10 bytes, in the middle of its JSON");
        assertThat(why("{\"id\":}")).isEqualTo("It is not well-formed JSON near byte 6 of 7");
        assertThat(why("{\"id\":tru}")).startsWith("It is not well-formed JSON near byte ");
        assertThat(why("{\"id\":\"1\"} {}")).startsWith("Something follows behind its end near byte ");
        assertThat(why(" ")).isEqualTo("It is empty");
        assertThat(why(with("[".repeat(520) + "]".repeat(520)))).isEqualTo("It is nested more than 500 levels deep");
        assertThat(why(with("7".repeat(1_001)))).isEqualTo("A number in it has more than 1,000 digits");
        assertThat(why(with("{\"" + "n".repeat(60_000) + "\":1}")))
                .isEqualTo("A member's name in it has more than 50,000 characters");
        assertThat(why(with("{\"score\": 1e-99999999999}"))).isEqualTo(Reasons.NUMBER_OUT_OF_RANGE);
        assertThat(why(with("1e99999999999"))).isEqualTo(Reasons.NUMBER_OUT_OF_RANGE);
        assertThat(why(with("0.1e-2147483647"))).isEqualTo(Reasons.NUMBER_OUT_OF_RANGE);
        assertThat(why("[1,2]")).isEqualTo("It is not a JSON object but array");
        assertThat(why("{}")).isEqualTo("It has no id");
        assertThat(why("{\"id\":\"1\"}"))
                .isEqualTo("It has neither a usable lastUpdateDateTime nor a usable createdDateTime");
    }

    @Test
    void tellsThatARecordIsNotInUtf8() {
        var record = new Original(new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xff, '"', '}'});

        assertThat(new Parser().parse(Parse.CONTOSO, Feed.ALERTS, record))
                .isEqualTo(new Parsed.Unreadable(record, "It is not in UTF-8 near byte 8 of 10"));
    }

    @Test
    void quotesNothingOfARecordThatItCannotRead() {
        assertThat(why("{\"id\":\"hunter2\",\"hunter2\":hunter2}")).doesNotContain("hunter2");
        assertThat(why(with("\"hunter2\" hunter2"))).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483647", "10e2147483647", "1E+999999999", "-0.0", "9007199254740993"})
    void readsNumbersOfEverySize(String number) {
        assertThat(Parse.text(Feed.ALERTS, with(number))).isInstanceOf(Parsed.Understood.class);
    }

    private static String why(String record) {
        return Parse.whyUnreadable(Feed.ALERTS, record);
    }

    /** An alert with something odd in it. */
    private static String with(String odd) {
        return "{\"id\":\"1\",\"createdDateTime\":\"2026-01-02T03:04:05Z\",\"additionalData\":" + odd + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\" \",\"createdDateTime\":\"2026-01-02T03:04:05Z\"}"})
    void keepsARecordWithoutAnId(String text) {
        assertThat(Parse.whyUnreadable(Feed.ALERTS, text)).isEqualTo("It has no id");
        assertThat(Parse.whyUnreadable(Feed.INCIDENTS, text)).isEqualTo("It has no id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"1\"}",
                "{\"id\":\"1\",\"lastUpdateDateTime\":\"yesterday\",\"createdDateTime\":17}",
                "{\"id\":\"1\",\"lastUpdateDateTime\":\"+99999-01-01T00:00:00Z\"}"
            })
    void keepsARecordWithoutAUsableTime(String text) {
        assertThat(Parse.whyUnreadable(Feed.ALERTS, text)).contains("lastUpdateDateTime", "createdDateTime");
        assertThat(Parse.whyUnreadable(Feed.INCIDENTS, text)).contains("lastUpdateDateTime", "createdDateTime");
    }

    @Test
    void keepsAHuntingRowWithoutATime() {
        assertThat(Parse.whyUnreadable(Feed.QUERY_EVENTS, "{\"ActionType\":\"x\"}"))
                .isEqualTo("It has no usable Timestamp");
    }
}
