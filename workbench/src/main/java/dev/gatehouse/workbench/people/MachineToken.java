package dev.gatehouse.workbench.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A token that lives in the memory of this process only, and lets in whoever owns the machine. There is none unless somebody
 * drew one, which only {@link MaintenanceDoor} does.
 */
@Component
class MachineToken {

    private static final ApiToken OWNER =
            new ApiToken(new UUID(0, 0), "command line on this machine", Membership.ofProvider(Role.SOC_ADMIN));

    private volatile byte @Nullable [] drawn;

    /** From now on this token lets in, and none before it. */
    void accept(String token) {
        drawn = bytes(token);
    }

    /** Whether that is whoever owns the machine. */
    static boolean isOwner(ApiToken token) {
        return OWNER.equals(token);
    }

    /** The owner, when it is theirs. */
    Optional<ApiToken> present(String token) {
        var known = drawn;
        return known != null && MessageDigest.isEqual(known, bytes(token)) ? Optional.of(OWNER) : Optional.empty();
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }
}
