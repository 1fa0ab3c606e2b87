package dev.gatehouse.workbench.onboard;

/** Somebody is at work in this tenant already. Two plans at once would get in each other's way. */
public class AlreadyRunning extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyRunning(String customer, String actor, String since) {
        super("%s has been at work in the tenant of %s since %s. Wait until that run has ended, or cancel it."
                .formatted(actor, customer, since));
    }
}
