package dev.gatehouse.setup.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KnownAnswersTest {

    /** GraphOperation, status, code, code of the details, Microsoft's words, what it means; whole texts as Microsoft sends them. */
    private static final List<String> EXAMPLES = """
            REGISTER_APPLICATION | 403 | Directory_QuotaExceeded | | The directory object quota limit for the Principal has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota. | FINAL
            INVITE | 403 | Directory_QuotaExceeded | | The directory object quota limit for the Tenant has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota. | FINAL
            ADD_SECRET | 400 | Directory_ResourceSizeExceeded | | The size of the object has exceeded its limit. Please reduce the number of values and retry your request. | FINAL
            ADD_SECRET | 400 | CredentialInvalidLifetimeAsPerAppPolicy | InvalidKeyEndDate | Credential lifetime exceeds the max value allowed as per assigned policy 'aaaaaaa'. | LIVES_TOO_LONG
            ADD_SECRET | 403 | CredentialTypeNotAllowedAsPerAppPolicy | | Credential type not allowed as per assigned policy 'passwordAddition'. | FINAL
            CHANGE_CERTIFICATES | 400 | CredentialTypeNotAllowedAsPerAppPolicy | | Credential type not allowed as per assigned policy. | FINAL
            INVITE | 401 | Unauthorized | | Guest invitations not allowed for your company. Contact your company administrator for more details. | FINAL
            INVITE | 400 | BadRequest | | This invitation is blocked by cross-tenant access settings. Admins in both your organization and the invited user's organization must configure cross-tenant access settings to allow the invitation. | FINAL
            ASSIGN_ROLE | 401 | InvalidAuthenticationToken | | Lifetime validation failed, the token is expired. | FINAL
            ASSIGN_ROLE | 400 | RoleAssignmentExists | | The Role assignment already exists. | THERE_ALREADY
            ASSIGN_ROLE | 400 | Request_BadRequest | | A conflicting object with one or more of the specified property values is present in the directory. | THERE_ALREADY
            ADD_PARTNER | 400 | Request_BadRequest | | Another object with the same value for property tenantId already exists. | THERE_ALREADY
            REGISTER_APPLICATION | 400 | Request_BadRequest | | Another object with the same value for property uniqueName already exists. | THERE_ALREADY
            CREATE_SERVICE_PRINCIPAL | 409 | Request_MultipleObjectsWithSameKeyValue | | The service principal cannot be created, updated, or restored because the service principal name 7082611d is already in use. | THERE_ALREADY
            GRANT_APPLICATION_PERMISSION | 400 | Request_BadRequest | | Permission being assigned already exists on the object | THERE_ALREADY
            GRANT_APPLICATION_PERMISSION | 400 | Request_BadRequest | | EntitlementGrant entry already exists. | THERE_ALREADY
            GRANT_DELEGATED_PERMISSION | 409 | Request_MultipleObjectsWithSameKeyValue | | Permission entry already exists. | THERE_ALREADY
            ADD_OWNER | 400 | Request_BadRequest | | One or more added object references already exist for the following modified properties: 'owners'. | THERE_ALREADY
            INVITE | 400 | BadRequest | | The invited user already exists in the directory as object ID: 00000000-0000-0000-0000-000000000001. They can use that account to sign in to shared apps and resources. | THERE_ALREADY
            CHANGE_APPLICATION | 400 | Request_BadRequest | ObjectConflict | The values are in use. | THERE_ALREADY
            CHANGE_USER | 400 | Request_MultipleObjectsWithSameKeyValue | | The values are in use. | THERE_ALREADY
            CHANGE_APPLICATION | 409 | Directory_ConcurrencyViolation | | Unable to complete the request due to data concurrency violation. | BUSY
            READ | 429 | TooManyRequests | | Too many requests. | BUSY
            READ | 509 | | | Bandwidth limit exceeded. | BUSY
            CHANGE_PARTNER | 409 | Conflict | | Somebody else changes it. | THERE_ALREADY
            GRANT_APPLICATION_PERMISSION | 400 | Request_BadRequest | | Not a valid reference update. | NOT_THERE_YET
            GRANT_DELEGATED_PERMISSION | 400 | Request_BadRequest | | Not a valid reference update. | NOT_THERE_YET
            CREATE_SERVICE_PRINCIPAL | 400 | Request_BadRequest | NoBackingApplicationObject | The appId '7082611d-fb66-4d45-8324-ae157467e565' of the service principal does not reference a valid application object. | NOT_THERE_YET
            CREATE_SERVICE_PRINCIPAL | 400 | Request_BadRequest | NoBackingApplicationObject | In other words. | NOT_THERE_YET
            CREATE_SERVICE_PRINCIPAL | 403 | Authorization_RequestDenied | | When using this permission, the backing application of the service principal being created must in the local tenant | NOT_THERE_YET
            REMOVE_SECRET | 400 | Request_BadRequest | | No password credential found with keyId. | NOT_THERE_YET
            ADD_OWNER | 400 | Request_BadRequest | | Resource '4a5b' does not exist or one of its queried reference-property objects are not present. | NOT_THERE_YET
            ASSIGN_ROLE | 400 | Request_ResourceNotFound | | The principal is not known. | NOT_THERE_YET
            READ | 404 | NotFound | | | NOT_THERE_YET
            ADD_PARTNER | 403 | Authorization_RequestDenied | | Insufficient privileges to complete the operation. | NOT_ALLOWED
            """.lines().toList();

    private record Example(GraphOperation order, Refusal.Said said, Meaning meaning) {

        static Example of(String line) {
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            var details = cells.get(3).isEmpty() ? List.<String>of() : List.of(cells.get(3));
            return new Example(
                    GraphOperation.valueOf(cells.get(0)),
                    new Refusal.Said(Integer.parseInt(cells.get(1)), cells.get(2), details, cells.get(4)),
                    Meaning.valueOf(cells.get(5)));
        }
    }

    static List<String> examples() {
        return EXAMPLES;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void knowsWhatMicrosoftMeans(String line) {
        var example = Example.of(line);

        assertThat(KnownAnswers.of(example.order(), example.said()).meaning()).isEqualTo(example.meaning());
    }

    @Test
    void everyRowOfTheTableDecidesAnExample() {
        var decided = EXAMPLES.stream()
                .map(Example::of)
                .map(example -> KnownAnswers.of(example.order(), example.said()))
                .collect(Collectors.toSet());

        assertThat(decided).containsExactlyInAnyOrderElementsOf(KnownAnswers.ALL);
    }

    @ParameterizedTest
    @CsvSource({"0, UNCLEAR", "500, UNCLEAR", "504, UNCLEAR", "400, FINAL", "413, FINAL"})
    void whatIsNotInTheTableIsUnclearOnlyWhenMicrosoftDidNotSayNo(int status, Meaning meaning) {
        var said = new Refusal.Said(status, "Something", List.of(), "that nobody has reported");

        assertThat(KnownAnswers.of(GraphOperation.ADD_SECRET, said).meaning()).isEqualTo(meaning);
    }

    @Test
    void wordsOfOneOrderMeanNothingForAnother() {
        var said = new Refusal.Said(400, "Request_BadRequest", List.of(), "Not a valid reference update.");

        assertThat(KnownAnswers.of(GraphOperation.ADD_PARTNER, said).meaning()).isEqualTo(Meaning.FINAL);
    }
}
