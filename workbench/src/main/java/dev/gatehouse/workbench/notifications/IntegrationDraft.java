package dev.gatehouse.workbench.notifications;

/**
 * What somebody typed about an integration.
 *
 * @param type by its key; cannot become another
 * @param name what people are to call it
 * @param url where requests are to go; blank for the usual place of its type
 * @param auth of a webhook: {@code BASIC}, {@code HMAC} or {@code BEARER}; cannot become another
 * @param username for {@code BASIC}; cannot become another
 * @param secret blank to have one made for a webhook, and to keep what is there on a change
 */
public record IntegrationDraft(String type, String name, String url, String auth, String username, String secret) {

    @Override
    public String toString() {
        return "IntegrationDraft[%s, %s]".formatted(type, name);
    }
}
