package dev.gatehouse.workbench.onboard;

import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.workbench.devices.ConsoleAccess;
import dev.gatehouse.workbench.devices.ConsoleAccess.State;
import java.util.Optional;

/**
 * What a look at the guest account says about analysts' access to Microsoft's consoles.
 *
 * @param state how far it has got
 * @param reason what is missing, or why it failed; empty when nothing is
 */
record ConsoleLook(State state, String reason) {

    /**
     * Judges by the account, its invitation and its role.
     *
     * @param before what was known; something that was there and is gone has failed
     * @return empty when this administrator could not see enough
     */
    static Optional<ConsoleLook> at(Plan plan, ConsoleAccess before) {
        var present = plan.present();
        var unreadable = present.unreadable();
        if (unreadable.containsKey(Part.GUEST) || unreadable.containsKey(Part.ROLE)) {
            return Optional.empty();
        }
        return Optional.of(look(plan, present, before));
    }

    private static ConsoleLook look(Plan plan, Present present, ConsoleAccess before) {
        var mail = plan.desired().guestMail();
        var role = plan.desired().profile().guest().role().title();
        if (present.guest().isEmpty()) {
            return before.state() == State.SET_UP_LATER
                    ? new ConsoleLook(State.SET_UP_LATER, "There is no guest user %s yet.".formatted(mail))
                    : new ConsoleLook(
                            State.FAILED, "The guest user %s is gone. Invite it again (step 1).".formatted(mail));
        }
        var guest = present.guest().get();
        if (!guest.enabled()) {
            return new ConsoleLook(
                    State.FAILED, "The guest user %s is blocked from signing in. Unblock it.".formatted(mail));
        }
        var hasRole = present.has(Part.ROLE);
        if (!hasRole && before.state() == State.ACTIVE) {
            return new ConsoleLook(
                    State.FAILED, "%s was taken away from %s. Assign it again (step 1).".formatted(role, mail));
        }
        var missing = hasRole ? "" : "%s is not assigned yet.".formatted(role);
        // An account that was not invited, such as a member, has nothing to redeem.
        if (guest.invitation().isPresent() && !guest.isRedeemed()) {
            return new ConsoleLook(
                    State.INVITED,
                    "The invitation is redeemed at the first sign-in. %s"
                            .formatted(missing)
                            .strip());
        }
        return hasRole ? new ConsoleLook(State.ACTIVE, "") : new ConsoleLook(State.REDEEMED, missing);
    }
}
