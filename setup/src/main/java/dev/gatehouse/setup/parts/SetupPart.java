package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.profile.EntraRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one part of a tenant's set-up is read, planned, made and removed. Verifying is planning again: a part that the plan
 * would keep has not drifted. The classes have no state; what a run knows is handed in.
 *
 * <p>To add a part, add its name and its roles to {@link Part}, write its class here, and register that in
 * {@link SetupParts}.
 */
public interface SetupPart {

    /** Which part it is. */
    Part part();

    /** Whether a tenant should have it. */
    default boolean isWanted(Desired desired) {
        return true;
    }

    /** Whether a plan makes sense without it when the administrator may not read it. */
    default boolean mayStayUnread() {
        return false;
    }

    /** Reads what the tenant has of it; empty when it has nothing. */
    Optional<?> read(TenantReading reading) throws InterruptedException;

    /** Compares what the tenant has with what it should have. Asks nobody and changes nothing. */
    PartPlan plan(Desired desired, Present present);

    /** The roles of which the administrator needs one and has none; empty when nothing stands in the way. */
    default Set<EntraRole> missingRoles(Admin admin, Action action) {
        return admin.missingFor(part(), action);
    }

    /** Makes it as it should be, or says why it is not. Looks at it right before. */
    Outcome make(SetupRun run) throws InterruptedException;

    /** Notes for later parts what is there, when this administrator may not make it. */
    default void lookUp(SetupRun run) throws InterruptedException {
        // Most parts are needed by no other.
    }

    /**
     * Whether the owner of an app registration may make it. Whoever made the registration is its owner, as soon as
     * Microsoft's servers know; until then they refuse.
     */
    default boolean mayBeMadeByOwner() {
        return false;
    }

    /** How to undo what the journal says was done; empty when there is nothing left to undo. */
    Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException;

    /** What Gatehouse made although the journal does not say so, as when the journal was lost. */
    default List<Entry> unrecorded(RemovalRun run) throws InterruptedException {
        return List.of();
    }
}
