package dev.gatehouse.workbench.people;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Something that one may do or may not. Which role has which rights is the table of {@link Role}. */
public enum Right {
    /** To see vendor alerts and incidents, devices, set-ups and how they are read, with their histories. */
    READ("Read vendor alerts and incidents, devices, set-ups and collection, with their histories"),
    /** To send queries of one's own to Microsoft. */
    HUNT("Hunt"),
    /** To take, close and reopen alerts, and to investigate. */
    WORK_ALERTS("Assign, close and reopen alerts; investigate"),
    /** To ask the SOC for its support with an investigation. */
    REQUEST_SUPPORT("Ask for the SOC's support with an investigation"),
    /** To have things done again or at once: poll now, replay, compare, retry. */
    OPERATE("Poll now, replay, compare, and retry quarantine and unreadable records"),
    /** To add and change devices and set-ups, and to see what they sign in with being made. */
    MANAGE_DEVICES("Add, change, test and remove devices and set-ups"),
    /** To add, change, remove and switch detection rules, to suppress alerts, to say how new devices are tuned, and to label. */
    MANAGE_DETECTIONS("Add, change, remove and switch detection rules; suppress and tune alerts; write context"),
    /** To say where an organization's notifications go: integrations, and its rules. One's own need no right. */
    MANAGE_NOTIFICATIONS("Add, change, test and remove integrations and the organization's notification rules"),
    /** To see who has an account or a token. */
    SEE_PEOPLE("See accounts and tokens"),
    /** To add and change accounts and tokens. */
    MANAGE_PEOPLE("Add, change, lock and reset accounts; create and revoke tokens"),
    /** To see how the whole installation is doing. Only the provider's own people have it. */
    SEE_INSTALLATION("See organizations, processes, request budgets and metrics"),
    /** To add and change organizations. Only the provider's own people have it. */
    MANAGE_ORGANIZATIONS("Add and change organizations");

    private final String title;

    Right(String title) {
        this.title = title;
    }

    /** What it is to, as {@code docs/people.md} says it. */
    public String title() {
        return title;
    }

    /** Whether it is about what no single organization owns, so that nobody who belongs to one can have it. */
    boolean isOfProvider() {
        return this == SEE_INSTALLATION || this == MANAGE_ORGANIZATIONS;
    }

    GrantedAuthority authority() {
        return new SimpleGrantedAuthority(name());
    }
}
