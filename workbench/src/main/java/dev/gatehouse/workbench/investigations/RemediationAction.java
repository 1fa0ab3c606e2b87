package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the customer, or an automation, has to do.
 *
 * @param id ours
 * @param type what kind of thing
 * @param status how far it is
 * @param what it is about
 * @param assignee whose it is
 * @param assets what it is to be done to
 * @param createdBy who recommended it
 * @param created when
 * @param completed when it was done; empty while it is not
 * @param revision goes up with each change, those of its assets included
 */
public record RemediationAction(
        UUID id,
        Type type,
        Status status,
        Said what,
        Optional<Actor> assignee,
        List<Asset> assets,
        String createdBy,
        Instant created,
        Optional<Instant> completed,
        int revision) {

    public RemediationAction {
        assets = List.copyOf(assets);
    }

    /** What kind of thing is to be done. */
    public enum Type {
        DISABLE_USER_ACCOUNT("Disable user account"),
        RESET_CREDENTIALS_AZURE("Reset credentials in Entra ID"),
        RESET_CREDENTIALS_O365("Reset credentials in Microsoft 365"),
        CONTAIN_HOSTS("Contain hosts"),
        BLOCK_MALICIOUS_DOMAINS_AND_IPS("Block malicious domains and IP addresses"),
        OTHER_REMEDIATION("Other remediation");

        private final String title;

        Type(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** How far it is. */
    public enum Status {
        IN_PROGRESS("In progress"),
        COMPLETED("Completed"),
        CLOSED("Closed");

        private final String title;

        Status(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** What something can be done to. */
    public enum AssetType {
        ACCOUNT("Account"),
        HOST("Host"),
        IP_ADDRESS("IP address"),
        DOMAIN_NAME("Domain name"),
        DEVICE("Device"),
        EMAIL("Email"),
        INBOX_RULE_NAME("Inbox rule"),
        FILE("File"),
        HASH("Hash"),
        ACCESS_KEY("Access key"),
        DESCRIPTION("Description");

        private final String title;

        AssetType(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * One thing that it is to be done to.
     *
     * @param id ours
     * @param type what it is
     * @param value its name
     * @param isCompleted whether it was done to this one
     */
    public record Asset(UUID id, AssetType type, String value, boolean isCompleted) {}

    /**
     * What it is about.
     *
     * @param title what is to be done, in a line
     * @param detail how, in Markdown
     * @param comment what came of it, in Markdown
     */
    public record Said(String title, String detail, String comment) {

        Map<String, String> values() {
            var values = new LinkedHashMap<String, String>();
            values.put("title", title);
            values.put("detail", detail);
            values.put("comment", comment);
            return values;
        }
    }

    /** How many of its assets are done with. */
    public long done() {
        return assets.stream().filter(Asset::isCompleted).count();
    }
}
