package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Optional;
import java.util.UUID;

/**
 * Who manages accounts and tokens. Whoever belongs to an organization manages only what belongs to it, and everything else
 * is not there for them.
 *
 * @param scope whose people they manage
 * @param account their own, which they cannot lock or demote; empty for a program, and for whoever owns the machine
 */
public record Administrator(Scope scope, Optional<UUID> account) {

    /** Whoever stands behind a request. */
    public static Administrator of(Caller who) {
        return new Administrator(who.scope(), who.accountId());
    }

    /** Whoever may read the data directory: everything is theirs anyway. */
    public static Administrator ofMachine() {
        return new Administrator(Scope.everything(), Optional.empty());
    }

    boolean is(UUID other) {
        return account.filter(other::equals).isPresent();
    }
}
