package dev.gatehouse.workbench.onboard;

/** Somebody is at work in this tenant already. Two plans at once would get in each other's way. */
public class AlreadyRunning extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyRunning(String customer, String actor) {
        super(
                "%s is at work in the tenant of %s already. Wait until that run has ended, or cancel it. If Gatehouse was stopped in the middle of it, try again in a minute."
                        .formatted(actor, customer));
    }
}
