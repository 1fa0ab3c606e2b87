package dev.gatehouse.workbench.notifications;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What notifications can be brought to. */
public enum IntegrationType {
    /** Programs of the organization's own, see docs/notifications.md. */
    WEBHOOK("Webhook", "", "The secret that requests are signed with"),
    /** A channel, by an incoming webhook: https://api.slack.com/messaging/webhooks. */
    SLACK("Slack", "", "The address of the incoming webhook"),
    /** A channel, by a workflow that posts to it when a webhook request is received. */
    TEAMS("Microsoft Teams", "", "The address that the workflow has given"),
    /** A service, by its Events API v2: https://developer.pagerduty.com/docs/events-api-v2-overview. */
    PAGERDUTY("PagerDuty", "https://events.pagerduty.com/v2/enqueue", "The integration key of the service"),
    /** Alerts, by the Alert API: https://docs.opsgenie.com/docs/alert-api. */
    OPS_GENIE("Opsgenie", "https://api.opsgenie.com/v2/alerts", "The key of the API integration");

    private final String title;
    private final String usualUrl;
    private final String secretIs;

    IntegrationType(String title, String usualUrl, String secretIs) {
        this.title = title;
        this.usualUrl = usualUrl;
        this.secretIs = secretIs;
    }

    public String title() {
        return title;
    }

    /** Where requests go when nobody says; empty when somebody has to. */
    public String usualUrl() {
        return usualUrl;
    }

    /** What its secret is, in words. */
    public String secretIs() {
        return secretIs;
    }

    /** Whether whoever knows the address may send there, so that the address is the secret. */
    public boolean isSecretAddress() {
        return this == SLACK || this == TEAMS;
    }

    /** The word in the API and the database, e.g. {@code ops_genie}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with that {@link #key()}; empty when there is none. */
    public static Optional<IntegrationType> named(String key) {
        return Arrays.stream(values()).filter(type -> type.key().equals(key)).findFirst();
    }
}
