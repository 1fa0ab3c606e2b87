package dev.gatehouse.intake.diagnose;

import static dev.gatehouse.intake.diagnose.Answers.answer;
import static dev.gatehouse.intake.diagnose.Answers.graph;
import static dev.gatehouse.intake.diagnose.Answers.graphBody;
import static dev.gatehouse.intake.diagnose.Answers.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphDiagnosisTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "302, UNREADABLE_ANSWER",
        "400, REQUEST_REFUSED",
        "401, REQUEST_REFUSED",
        "403, CONSENT_MISSING",
        "404, REQUEST_REFUSED",
        "405, REQUEST_REFUSED",
        "408, TIMED_OUT",
        "409, REQUEST_REFUSED",
        "413, TOO_BIG",
        "429, THROTTLED",
        "500, MICROSOFT_ERROR",
        "502, MICROSOFT_ERROR",
        "503, MICROSOFT_ERROR",
        "504, TIMED_OUT",
        "509, THROTTLED",
        "204, UNREADABLE_ANSWER",
    })
    void explainsEveryStatusWhateverTheBody(int status, Trouble trouble) {
        for (var body : new String[] {
            graphBody("Code", "Text"),
            graphBody("", ""),
            "<html>Bad gateway</html>",
            "",
            "{}",
            "[1]",
            "null",
            "{\"error\":7}"
        }) {
            var diagnosis = graph(Feed.ALERTS, status, body);

            assertThat(diagnosis.trouble())
                    .as("status %d with %s", status, body)
                    .isEqualTo(trouble);
            assertThat(diagnosis.httpStatus()).hasValue(status);
            assertThat(diagnosis.cause()).isNotBlank().doesNotContain("null", "  ");
            assertThat(diagnosis.cure()).endsWith(".");
        }
    }

    @ParameterizedTest(name = "{2} for {0} is {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LOGON_EVENTS | 400 | 'take' operator: Failed to resolve table or column expression named 'IdentityLogonEvents'. Fix semantic errors in your query. | TABLE_MISSING",
                "LOGON_EVENTS | 400 | Failed to resolve table expression named 'identitylogonevents' | TABLE_MISSING",
                "LOGON_EVENTS | 400 | Failed to resolve table or column expression named 'EmailEvents'. | REQUEST_REFUSED",
                "LOGON_EVENTS | 400 | 'project' operator: Failed to resolve scalar expression named 'x' | REQUEST_REFUSED",
                "LOGON_EVENTS | 400 | A recognition error occurred. | REQUEST_REFUSED",
                "LOGON_EVENTS | 400 | Query execution has exceeded the allowed result size. Optimize your query. | TOO_BIG",
                "LOGON_EVENTS | 400 | Query exceeded the timeout period. | TIMED_OUT",
                "ALERTS | 400 | The limit of '50' for Top query has been exceeded. The value from the incoming request is '100'. | REQUEST_REFUSED",
                "ALERTS | 401 | Access token validation failure. Invalid audience. | WRONG_CLOUD",
                "ALERTS | 401 | Access token has expired or is not yet valid. | REQUEST_REFUSED",
                "ALERTS | 403 | The tenant has no valid license for this. | LICENSE_MISSING",
                "ALERTS | 403 | insufficient_claims | BLOCKED_BY_POLICY",
                "ALERTS | 403 | Missing application roles. API required roles: SecurityAlert.Read.All,SecurityIncident.Read.All, application roles: . | CONSENT_MISSING",
                "ALERTS | 403 | Missing application roles. API required roles: SecurityAlert.Read.All, application roles: User.Read.All. | PERMISSION_MISSING",
            })
    void explainsByMicrosoftsWordsWhereTheStatusIsNotEnough(Feed feed, int status, String message, Trouble trouble) {
        assertThat(graph(feed, status, graphBody("Code", message)).trouble()).isEqualTo(trouble);
    }

    @Test
    void namesThePermissionThatIsMissingAndThoseThatAreThere() {
        var body = graphBody(
                "Forbidden",
                "Missing application roles. API required roles: SecurityIncident.Read.All,SecurityIncident.ReadWrite.All, application roles: SecurityAlert.Read.All.");

        var diagnosis = GraphDiagnosis.of(answer(403, body), question(Feed.INCIDENTS, "SecurityAlert.Read.All"));

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.PERMISSION_MISSING);
        assertThat(diagnosis.cause())
                .isEqualTo(
                        "The application may not read vendor incidents: permission SecurityIncident.Read.All is missing. It has SecurityAlert.Read.All.");
        assertThat(diagnosis.cure()).contains("SecurityIncident.Read.All", "API permissions", "Grant admin consent");
        assertThat(diagnosis.code()).contains("Forbidden");
        assertThat(diagnosis.requestId()).contains("inner");
    }

    @Test
    void readsWhatIsMissingFromTheTokenWhenTheAnswerSaysNothing() {
        var diagnosis = GraphDiagnosis.of(answer(403, ""), question(Feed.QUERY_EVENTS, "SecurityAlert.Read.All"));

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.PERMISSION_MISSING);
        assertThat(diagnosis.cause()).contains("ThreatHunting.Read.All");
    }

    @Test
    void doesNotGuessWhenThePermissionIsThere() {
        var diagnosis = GraphDiagnosis.of(
                answer(403, graphBody("Forbidden", "Access denied.")), question(Feed.ALERTS, "SecurityAlert.Read.All"));

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.REQUEST_REFUSED);
        assertThat(diagnosis.cause())
                .isEqualTo(
                        "Microsoft Graph does not let the application read vendor alerts although its token carries SecurityAlert.Read.All, for a reason that is not known to us. Microsoft says: Access denied.");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 500})
    void aTenantThatIsNotProvisionedIsAboutLicenceOrOnboardingWhateverTheStatus(int status) {
        var diagnosis = GraphDiagnosis.of(
                answer(status, graphBody("Unauthorized", "Account is not provisioned.")),
                question(Feed.ALERTS, "SecurityAlert.Read.All"));

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.LICENSE_MISSING);
        assertThat(diagnosis.cause()).contains("Account is not provisioned.");
        assertThat(diagnosis.cure()).contains("licensed and set up");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aPermissionThatGraphDoesNotSeeYetIsNotMissing(int status) {
        var words =
                "Missing application roles. API required roles: SecurityIncident.Read.All,SecurityIncident.ReadWrite.All, application roles: Group.Read.All,User.Read.All.";

        var diagnosis = GraphDiagnosis.of(
                answer(status, graphBody("Forbidden", words)),
                question(Feed.INCIDENTS, "SecurityIncident.Read.All", "Group.Read.All", "User.Read.All"));

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.PERMISSION_PENDING);
        assertThat(diagnosis.trouble().isPassing()).isTrue();
        assertThat(diagnosis.cause())
                .isEqualTo(
                        "The application's token carries SecurityIncident.Read.All, which Microsoft Graph does not see yet for vendor incidents.");
        assertThat(diagnosis.cure()).contains("new token", "asks again");
        assertThat(diagnosis.cause() + diagnosis.cure()).doesNotContain("missing", "Add ");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void whatIsNoTokenHasACureThatIsNotInTheTenant(int status) {
        var diagnosis = GraphDiagnosis.of(
                answer(
                        status,
                        graphBody(
                                "InvalidAuthenticationToken",
                                "IDX14100: JWT is not well formed, there are no dots (.).")),
                question(Feed.ALERTS, "SecurityAlert.Read.All"));

        assertThat(diagnosis.cause()).contains("IDX14100", "is not one");
        assertThat(diagnosis.cure())
                .contains("Authorization header", "addresses")
                .doesNotContain("enabled");
    }

    @Test
    void saysThatPermissionsCannotBeSeenWhenTheTokenCannotBeRead() {
        var unknown = new GraphDiagnosis.Question(Cloud.GLOBAL, Feed.ALERTS, Optional.empty(), false);

        var diagnosis = GraphDiagnosis.of(answer(403, graphBody("Forbidden", "No.")), unknown);

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.REQUEST_REFUSED);
        assertThat(diagnosis.cause()).contains("cannot be seen", "not known to us", "Microsoft says: No.");
        assertThat(diagnosis.cause()).doesNotContain("carries no application permission");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 429, 503})
    void throttlingIsToldByItsCodeWhateverTheStatus(int status) {
        assertThat(graph(Feed.ALERTS, status, graphBody("ApplicationThrottled", "Slow down."))
                        .trouble())
                .isEqualTo(Trouble.THROTTLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 405, 409})
    void whatIsNotKnownIsSaidToBeSoWithMicrosoftsWords(int status) {
        var diagnosis = graph(Feed.ALERTS, status, graphBody("NeverSeen", "Something new."));

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.REQUEST_REFUSED);
        assertThat(diagnosis.cause()).contains("not known to us", "Microsoft says: Something new.");
    }

    @Test
    void recognisesAClaimsChallenge() {
        var diagnosis =
                graph(Feed.ALERTS, 401, "", "WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"eyJ\"");

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.BLOCKED_BY_POLICY);
    }

    @Test
    void waitsAsManySecondsAsMicrosoftAsks() {
        assertThat(graph(Feed.ALERTS, 429, "", "Retry-After", "10").retryAfter())
                .contains(Duration.ofSeconds(10));
        assertThat(graph(Feed.ALERTS, 503, "", "Retry-After", "2.5").retryAfter())
                .contains(Duration.ofSeconds(3));
        assertThat(graph(Feed.ALERTS, 429, "").retryAfter()).isEmpty();
        assertThat(graph(Feed.ALERTS, 429, "", "Retry-After", "soon").retryAfter())
                .isEmpty();
    }

    @Test
    void waitsUntilTheDateThatMicrosoftNamesByMicrosoftsClock() {
        var diagnosis = graph(
                Feed.ALERTS,
                429,
                "",
                "Date",
                "Mon, 23 Nov 2026 09:00:00 GMT",
                "Retry-After",
                "Mon, 23 Nov 2026 09:00:40 GMT");

        assertThat(diagnosis.retryAfter()).contains(Duration.ofSeconds(40));
        assertThat(graph(Feed.ALERTS, 429, "", "Retry-After", "Mon, 23 Nov 2020 09:00:40 GMT")
                        .retryAfter())
                .contains(Duration.ZERO);
    }

    @Test
    void doesNotWaitForEverBecauseOfASlip() {
        assertThat(graph(Feed.ALERTS, 429, "", "Retry-After", "999999999").retryAfter())
                .contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "You have exceeded processing resources allocated to this tenant. You can run queries again in 00:12:30. | PT12M30S",
                "You have exceeded processing resources allocated to this tenant. You can run queries again in 3 minutes. | PT3M",
                "You have exceeded processing resources allocated to this tenant. | PT7M30S",
                "CPU quota exceeded | PT7M30S",
            })
    void waitsForTheNextQuarterHourWhenTheHuntingAllotmentIsUsedUp(String message, Duration pause) {
        var diagnosis = graph(Feed.LOGON_EVENTS, 429, graphBody("TooManyRequests", message), "Retry-After", "60");

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.THROTTLED);
        assertThat(diagnosis.cause()).contains("allotment");
        assertThat(diagnosis.retryAfter()).contains(pause);
    }

    @Test
    void aLinkThatMicrosoftHasForgottenIsAPassingTrouble() {
        var question = new GraphDiagnosis.Question(Cloud.GLOBAL, Feed.ALERTS, Optional.of(Set.of()), true);

        for (var status : new int[] {400, 404, 410}) {
            assertThat(GraphDiagnosis.of(answer(status, ""), question).trouble())
                    .isEqualTo(Trouble.PAGING_FAILED);
        }
    }

    @Test
    void saysWhereARedirectLeadsWithoutItsPath() {
        var diagnosis = graph(Feed.ALERTS, 302, "", "Location", "https://login.hotel.example/?token=x");

        assertThat(diagnosis.cause()).contains("login.hotel.example").doesNotContain("token=x");
    }

    @Test
    void prefersTheRequestIdOfTheHeader() {
        assertThat(graph(Feed.ALERTS, 500, graphBody("UnknownError", ""), "request-id", "outer")
                        .requestId())
                .contains("outer");
    }

    @Test
    void findsTheInnerCodeWhenTheOuterIsEmpty() {
        var body = "{\"error\":{\"code\":\"\",\"message\":\"\",\"innererror\":{\"code\":\"Deep\",\"innererror\":{}}}}";

        assertThat(graph(Feed.ALERTS, 400, body).code()).contains("Deep");
    }

    @Test
    void quotesMicrosoftOnOneShortLine() {
        var diagnosis = graph(Feed.ALERTS, 400, graphBody("BadRequest", "one\\r\\n two " + "x".repeat(5_000)));

        assertThat(diagnosis.cause()).contains("one two").hasSizeLessThan(500);
    }

    @Test
    void reportsAPartialAnswerAndAWarning() {
        var diagnosis = GraphDiagnosis.incomplete(answer(206, "{}"), question(Feed.ALERTS), "Microsoft/MDI/504/20000");

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.MICROSOFT_ERROR);
        assertThat(diagnosis.cause()).contains("Microsoft/MDI/504/20000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Query execution has exceeded the allowed limits. The query execution was preempted. This is due to high CPU and/or memory resource consumption.",
                "The query was pre-empted.",
            })
    void aQueryThatMicrosoftPreemptsIsTooHeavy(String words) {
        var ours = graph(Feed.LOGON_EVENTS, 400, graphBody("BadRequest", words));
        var ofAPerson = GraphDiagnosis.ofPersonsQuery(
                answer(400, graphBody("BadRequest", words)), Cloud.GLOBAL, Optional.of(Set.of()));

        assertThat(ours.trouble()).isEqualTo(Trouble.TOO_HEAVY);
        assertThat(ours.cure()).contains("shorter stretches of time");
        assertThat(ofAPerson.trouble()).isEqualTo(Trouble.TOO_HEAVY);
        assertThat(ofAPerson.cause()).contains("too heavy").contains(words);
        assertThat(ofAPerson.cure()).startsWith("Narrow it");
    }

    @ParameterizedTest
    @CsvSource({
        "Query execution has exceeded the allowed result size., TOO_BIG",
        "Query exceeded the timeout period., TOO_HEAVY",
    })
    void tellsAPersonToAskForLessAndNotThatGatehouseDoes(String words, Trouble trouble) {
        var diagnosis = GraphDiagnosis.ofPersonsQuery(
                answer(400, graphBody("BadRequest", words)), Cloud.GLOBAL, Optional.of(Set.of()));

        assertThat(diagnosis.trouble()).isEqualTo(trouble);
        assertThat(diagnosis.cure()).doesNotContain("Gatehouse").containsIgnoringCase("shorter time span");
    }
}
