package dev.gatehouse.intake.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntraDiagnosisTest {

    @ParameterizedTest(name = "AADSTS{0} is {3}")
    @CsvSource({
        "90002, invalid_request, 400, BAD_TENANT",
        "90002, invalid_tenant, 400, BAD_TENANT",
        "900023, invalid_request, 400, BAD_TENANT",
        "700016, unauthorized_client, 400, BAD_APPLICATION",
        "7000215, invalid_client, 401, BAD_SECRET",
        "7000222, invalid_client, 401, SECRET_EXPIRED",
        "7000218, invalid_client, 401, BAD_SECRET",
        "700025, invalid_client, 401, REQUEST_REFUSED",
        "7000112, unauthorized_client, 400, APPLICATION_DISABLED",
        "70001, unauthorized_client, 400, APPLICATION_DISABLED",
        "7000229, unauthorized_client, 400, BAD_APPLICATION",
        "7000229, unauthorized_client, 401, BAD_APPLICATION",
        "53003, invalid_grant, 400, BLOCKED_BY_POLICY",
        "53003, interaction_required, 400, BLOCKED_BY_POLICY",
        "530032, interaction_required, 400, BLOCKED_BY_POLICY",
        "70011, invalid_scope, 400, REQUEST_REFUSED",
        "1002012, invalid_scope, 400, REQUEST_REFUSED",
        "700022, invalid_request, 400, REQUEST_REFUSED",
        "9001023, invalid_request, 400, BAD_TENANT",
        "50194, invalid_request, 400, BAD_TENANT",
        "9002313, invalid_request, 400, REQUEST_REFUSED",
        "900144, invalid_request, 400, REQUEST_REFUSED",
        "5000224, invalid_request, 400, BAD_TENANT",
        "90038, invalid_request, 400, WRONG_CLOUD",
        "900382, invalid_request, 400, WRONG_CLOUD",
        "900432, invalid_request, 400, WRONG_CLOUD",
        "500011, invalid_resource, 400, WRONG_CLOUD",
        "500014, invalid_resource, 400, APPLICATION_DISABLED",
        "90024, temporarily_unavailable, 503, MICROSOFT_ERROR",
        "90033, temporarily_unavailable, 400, MICROSOFT_ERROR",
        "90006, server_error, 500, MICROSOFT_ERROR",
        "90090, server_error, 400, MICROSOFT_ERROR",
        "90055, temporarily_unavailable, 429, THROTTLED",
        "50196, invalid_grant, 400, THROTTLED",
        "65001, invalid_grant, 400, CONSENT_MISSING",
        "90094, consent_required, 400, CONSENT_MISSING",
        "650056, invalid_grant, 400, CONSENT_MISSING",
        "650057, invalid_grant, 400, CONSENT_MISSING",
        "65002, invalid_request, 400, PERMISSION_MISSING",
    })
    void explainsEveryCodeOfTheContractToADeviceWithASecret(int code, String error, int status, Trouble trouble) {
        var diagnosis = Answers.entra(status, body(error, code));

        assertThat(diagnosis.trouble()).isEqualTo(trouble);
        assertThat(diagnosis.code()).contains("AADSTS" + code);
        assertThat(diagnosis.httpStatus()).hasValue(status);
        assertThat(diagnosis.requestId()).contains("trace");
        assertThat(diagnosis.cause()).isNotBlank().endsWith(".").doesNotContain("{", "null");
        assertThat(diagnosis.cure()).isNotBlank().endsWith(".").doesNotContain("{", "null");
    }

    @ParameterizedTest(name = "{0} with status {1} is {2}")
    @CsvSource({
        "invalid_client, 401, BAD_SECRET",
        "unauthorized_client, 400, BAD_APPLICATION",
        "invalid_tenant, 400, BAD_TENANT",
        "invalid_request, 400, REQUEST_REFUSED",
        "invalid_scope, 400, REQUEST_REFUSED",
        "invalid_grant, 400, REQUEST_REFUSED",
        "interaction_required, 400, REQUEST_REFUSED",
        "consent_required, 400, CONSENT_MISSING",
        "temporarily_unavailable, 400, MICROSOFT_ERROR",
        "server_error, 400, MICROSOFT_ERROR",
        "anything, 500, MICROSOFT_ERROR",
        "anything, 429, THROTTLED",
        "anything, 400, REQUEST_REFUSED",
    })
    void explainsAnAnswerWithoutANumberByTheErrorAndTheStatus(String error, int status, Trouble trouble) {
        var diagnosis = Answers.entra(status, "{\"error\":\"%s\",\"error_description\":\"text\"}".formatted(error));

        assertThat(diagnosis.trouble()).isEqualTo(trouble);
        assertThat(diagnosis.cause()).endsWith("Microsoft says: text");
    }

    @Test
    void whatMayPassIsDecidedByTheStatusWhereTheNumberSaysNothing() {
        assertThat(Answers.entra(503, body("temporarily_unavailable", 7999999)).trouble())
                .isEqualTo(Trouble.MICROSOFT_ERROR);
        assertThat(Answers.entra(429, body("invalid_request", 7999999)).trouble())
                .isEqualTo(Trouble.THROTTLED);
        assertThat(Answers.entra(503, body("temporarily_unavailable", 7000215)).trouble())
                .isEqualTo(Trouble.BAD_SECRET);
    }

    @Test
    void recognisesASecretIdThatWasPastedForTheValue() {
        var answer = Answers.answer(401, body("invalid_client", 7000215));

        var diagnosis = EntraDiagnosis.of(answer, Answers.connection("7a4f9c1e-0d6b-4a55-9d7e-3f2b8c1d0e9f"));

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.SECRET_ID_NOT_VALUE);
        assertThat(diagnosis.cause()).isEqualTo("This looks like the Secret ID. Paste the secret's Value.");
    }

    @Test
    void findsTheCodeInTheTextWhenThereIsNoList() {
        var diagnosis = Answers.entra(
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: expired\\r\\nTrace ID: x\"}");

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.SECRET_EXPIRED);
    }

    @Test
    void namesTheIdsAndThePageWhereTheyStand() {
        var diagnosis = Answers.entra(400, body("unauthorized_client", 700016));

        assertThat(diagnosis.cause())
                .contains("b3c1b5fc-828c-45fa-a1e1-10d74f6d6e9c", "1b4e28ba-2fa1-41d2-883f-0016d3cca427");
        assertThat(diagnosis.cure()).contains("Entra admin center > App registrations", "swapped");
    }

    @Test
    void waitsAsLongAsEntraAsks() {
        assertThat(Answers.entra(429, "{}", "Retry-After", "17").retryAfter()).contains(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<html>Sign in to the network</html> | web page", "'' | no body", "gibberish | not JSON"})
    void explainsABodyThatIsNotEntras(String body, String words) {
        var diagnosis = Answers.entra(407, body);

        assertThat(diagnosis.trouble()).isEqualTo(Trouble.UNREADABLE_ANSWER);
        assertThat(diagnosis.cause()).contains(words, "407");
    }

    @Test
    void explainsSuccessWithoutAToken() {
        assertThat(Answers.entra(200, "{}").trouble()).isEqualTo(Trouble.UNREADABLE_ANSWER);
    }

    private static String body(String error, int code) {
        return "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: Text.\",\"error_codes\":[%d],\"trace_id\":\"trace\"}"
                .formatted(error, code, code);
    }
}
