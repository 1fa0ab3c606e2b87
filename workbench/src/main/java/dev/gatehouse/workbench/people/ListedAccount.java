package dev.gatehouse.workbench.people;

import java.time.Instant;
import java.util.Optional;

/**
 * An account as those see it who manage it.
 *
 * @param account whose
 * @param createdAt when it was added
 * @param lastSignIn when somebody last signed in with it
 * @param lockedAt since when nobody can; empty when somebody can
 */
public record ListedAccount(
        Account account, Instant createdAt, Optional<Instant> lastSignIn, Optional<Instant> lockedAt) {

    public boolean isLocked() {
        return lockedAt.isPresent();
    }
}
