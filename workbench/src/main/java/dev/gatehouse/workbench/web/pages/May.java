package dev.gatehouse.workbench.web.pages;

import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.people.SignedIn;
import org.jspecify.annotations.Nullable;

/**
 * What whoever is looking may do, for pages that show only what works. The access rules refuse the rest all the same.
 *
 * @param who is looking; nobody on the pages for strangers
 */
public record May(@Nullable SignedIn who) {

    public boolean hunt() {
        return has(Right.HUNT);
    }

    public boolean operate() {
        return has(Right.OPERATE);
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
