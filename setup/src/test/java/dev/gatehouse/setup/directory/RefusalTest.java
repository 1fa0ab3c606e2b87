package dev.gatehouse.setup.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void saysWhatWasTriedWhatMicrosoftSaidAndWhatItsSupportAsksFor() {
        assertThat(reason(
                                GraphOperation.ASSIGN_ROLE,
                                "assign the role",
                                403,
                                "Authorization_RequestDenied",
                                "Insufficient privileges to complete the operation.")
                        .sentence())
                .isEqualTo(
                        "Tried to assign the role, but Microsoft answered 403 Authorization_RequestDenied: Insufficient privileges to complete the operation (request-id 4a5b).");
    }

    @Test
    void saysWhatHelpsWhereThatIsKnown() {
        assertThat(reason(
                                GraphOperation.REGISTER_APPLICATION,
                                "register the application",
                                403,
                                "Directory_QuotaExceeded",
                                "The directory object quota limit for the Principal has been exceeded.")
                        .sentence())
                .contains("another administrator can do it");
    }

    @Test
    void namesWhoHasTheAddressWhenMicrosoftDoes() {
        var taken = reason(
                GraphOperation.INVITE,
                "invite",
                400,
                "BadRequest",
                "The invited user already exists in the directory as object ID: 0b7c5f0e-6a53-4f1a-9d0c-3a1f6f0f5d11. They can");

        assertThat(taken.objectId()).contains("0b7c5f0e-6a53-4f1a-9d0c-3a1f6f0f5d11");
    }

    private static Refusal.Reason reason(GraphOperation order, String action, int status, String code, String words) {
        return new Refusal.Reason(
                order, action, new Refusal.Said(status, code, List.of(), words), Optional.of("4a5b"), Optional.empty());
    }
}
