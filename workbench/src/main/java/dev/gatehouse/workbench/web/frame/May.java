package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.people.SignedIn;
import org.jspecify.annotations.Nullable;

/**
 * What the person who is looking may do, so that pages show only the buttons that work. {@code people.OpenAddresses} refuses
 * the rest in any case.
 *
 * @param who is looking; null on the pages for people who have not signed in
 */
public record May(@Nullable SignedIn who) {

    public boolean hunt() {
        return has(Right.HUNT);
    }

    public boolean operate() {
        return has(Right.OPERATE);
    }

    public boolean manageDetections() {
        return has(Right.MANAGE_DETECTIONS);
    }

    public boolean manageNotifications() {
        return has(Right.MANAGE_NOTIFICATIONS);
    }

    public boolean workAlerts() {
        return has(Right.WORK_ALERTS);
    }

    public boolean requestSupport() {
        return has(Right.REQUEST_SUPPORT);
    }

    public boolean seePeople() {
        return has(Right.SEE_PEOPLE);
    }

    public boolean managePeople() {
        return has(Right.MANAGE_PEOPLE);
    }

    public boolean seeInstallation() {
        return has(Right.SEE_INSTALLATION);
    }

    public boolean manageOrganizations() {
        return has(Right.MANAGE_ORGANIZATIONS);
    }

    private boolean has(Right right) {
        return who != null && who.may(right);
    }
}
