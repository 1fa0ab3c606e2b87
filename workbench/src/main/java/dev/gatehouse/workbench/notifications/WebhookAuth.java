package dev.gatehouse.workbench.notifications;

/** How a webhook's receiver knows that a request is ours. Every request is signed with the secret, whatever else it has. */
public enum WebhookAuth {
    BASIC("Basic Auth"),
    HMAC("HMAC Header"),
    BEARER("Bearer Token");

    private final String title;

    WebhookAuth(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
