package dev.gatehouse.workbench.people;

import static dev.gatehouse.workbench.people.Right.HUNT;
import static dev.gatehouse.workbench.people.Right.MANAGE_DETECTIONS;
import static dev.gatehouse.workbench.people.Right.MANAGE_DEVICES;
import static dev.gatehouse.workbench.people.Right.MANAGE_NOTIFICATIONS;
import static dev.gatehouse.workbench.people.Right.MANAGE_PEOPLE;
import static dev.gatehouse.workbench.people.Right.OPERATE;
import static dev.gatehouse.workbench.people.Right.READ;
import static dev.gatehouse.workbench.people.Right.REQUEST_SUPPORT;
import static dev.gatehouse.workbench.people.Right.SEE_INSTALLATION;
import static dev.gatehouse.workbench.people.Right.SEE_PEOPLE;
import static dev.gatehouse.workbench.people.Right.WORK_ALERTS;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an account or a token is, with the table of what it may do. Within what it may do it is {@link Membership}. */
public enum Role {
    ORGANIZATION_ADMIN("Organization Admin", Home.ORGANIZATION),
    ORGANIZATION_ANALYST("Organization Analyst", Home.ORGANIZATION),
    SOC_ANALYST("SOC Analyst", Home.PROVIDER),
    SOC_ADMIN("SOC Admin", Home.PROVIDER),
    AUDITOR("Auditor", Home.EITHER);

    /** All that it may do, unless an {@linkplain Membership organization} narrows it. */
    public Set<Right> rights() {
        return switch (this) {
            case ORGANIZATION_ADMIN ->
                Set.of(
                        READ,
                        HUNT,
                        WORK_ALERTS,
                        REQUEST_SUPPORT,
                        OPERATE,
                        MANAGE_DEVICES,
                        MANAGE_DETECTIONS,
                        MANAGE_NOTIFICATIONS,
                        SEE_PEOPLE,
                        MANAGE_PEOPLE);
            case ORGANIZATION_ANALYST -> Set.of(READ, HUNT, WORK_ALERTS);
            case SOC_ANALYST ->
                Set.of(READ, HUNT, WORK_ALERTS, OPERATE, MANAGE_DETECTIONS, SEE_PEOPLE, SEE_INSTALLATION);
            case SOC_ADMIN -> Set.of(Right.values());
            case AUDITOR -> Set.of(READ, SEE_PEOPLE, SEE_INSTALLATION);
        };
    }

    /** Where somebody with a role belongs. */
    enum Home {
        /** To exactly one organization. */
        ORGANIZATION,
        /** To none: to the provider, who sees all organizations. */
        PROVIDER,
        /** To one organization or to none. */
        EITHER
    }

    private final String title;
    private final Home home;

    Role(String title, Home home) {
        this.title = title;
        this.home = home;
    }

    /** The name on the screen. */
    public String title() {
        return title;
    }

    /** The word in the database and the API, e.g. {@code organization_admin}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with that {@link #key()}. */
    public static Role of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** The role with that {@link #key()}, in any case; empty when there is none. */
    public static Optional<Role> named(String key) {
        return Arrays.stream(values())
                .filter(role -> role.key().equalsIgnoreCase(key.strip()))
                .findFirst();
    }

    /** Whether somebody with it may belong to an organization. */
    public boolean mayBelongToOrganization() {
        return home != Home.PROVIDER;
    }

    /** Whether somebody with it may belong to the provider. */
    public boolean mayBelongToProvider() {
        return home != Home.ORGANIZATION;
    }
}
