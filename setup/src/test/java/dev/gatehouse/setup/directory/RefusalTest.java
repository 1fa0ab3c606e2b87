package dev.gatehouse.setup.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    /** What repeats answer, from the contract with Microsoft's documents. */
    @ParameterizedTest
    @CsvSource({
        "400, Request_BadRequest, A conflicting object with one or more of the specified property values is present in the directory.",
        "400, RoleAssignmentExists, The Role assignment already exists.",
        "400, Request_BadRequest, Another object with the same value for property tenantId already exists.",
        "409, Request_MultipleObjectsWithSameKeyValue, Permission entry already exists.",
        "400, Request_BadRequest, Permission being assigned already exists on the object"
    })
    void knowsThatItIsThereAlready(int status, String code, String message) {
        assertThat(reason(status, code, message).isConflict()).isTrue();
    }

    @Test
    void aWrongReferenceIsNoConflict() {
        assertThat(reason(400, "Request_BadRequest", "Not a valid reference update.")
                        .isConflict())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "500, true", "504, true", "400, false", "403, false", "429, false"})
    void onlyAnAnswerOfMicrosoftsMakesAnOrdersFateClear(int status, boolean isUnclear) {
        assertThat(reason(status, "", "").isUnclear()).isEqualTo(isUnclear);
    }

    @Test
    void saysWhatWasTriedWhatMicrosoftSaidAndWhatItsSupportAsksFor() {
        var reason = new Refusal.Reason(
                "assign the role",
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.",
                Optional.of("4a5b"),
                Optional.empty());

        assertThat(reason.sentence())
                .isEqualTo(
                        "Tried to assign the role, but Microsoft answered 403 Authorization_RequestDenied: Insufficient privileges to complete the operation (request-id 4a5b).");
    }

    private static Refusal.Reason reason(int status, String code, String message) {
        return new Refusal.Reason("do it", status, code, message, Optional.empty(), Optional.empty());
    }
}
