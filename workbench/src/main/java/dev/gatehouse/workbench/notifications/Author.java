package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.people.Right;
import java.util.Optional;
import java.util.UUID;

/**
 * Who writes rules and integrations.
 *
 * @param actor as histories name them
 * @param account whose own rules they may write; empty for a program
 * @param mayManage whether they may write those of organizations, too
 */
public record Author(Actor actor, Optional<UUID> account, boolean mayManage) {

    /** Whoever stands behind a request. */
    public static Author of(Caller who) {
        return new Author(Actor.of(who), who.accountId(), who.may(Right.MANAGE_NOTIFICATIONS));
    }
}
