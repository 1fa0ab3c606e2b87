package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Addresses that pages about one thing have of pages about another, so that none has to know the other: the lists, and the
 * pages of single records, whatever their ids are made of.
 */
@Component
public class Links {

    /** The list of alerts. */
    public static final String ALERTS = "/alerts";

    /** The list of investigations and incidents. */
    public static final String ACTIVITY = "/activity";

    /** The list of vendor alerts. */
    public static final String VENDOR_ALERTS = "/vendor-alerts";

    /** The list of vendor incidents. */
    public static final String VENDOR_INCIDENTS = "/vendor-incidents";

    /** The list of security devices. */
    public static final String DEVICES = "/settings/security-devices";

    /** The list of customers who are set up. */
    public static final String SETUP_GUIDES = "/settings/setup-guide";

    /** The list of detection rules. */
    public static final String DETECTION_RULES = "/detections/rules";

    /** Accounts, hosts, addresses and whatever else vendor alerts name. */
    public static final String ENTITIES = "/entities";

    /** What somebody has chosen about how pages look. */
    public static final String PREFERENCES = "/account/preferences";

    /** The views that somebody keeps. */
    public static final String VIEWS = "/account/views";

    /** Where all that is about collecting begins. */
    public static final String COLLECTION = "/settings/collection";

    /** The list of records that could not be understood. */
    public static final String UNREADABLE = COLLECTION + "/unreadable";

    /** One alert. */
    public String alert(UUID id) {
        return "%s/%s".formatted(ALERTS, id);
    }

    /** One investigation. */
    public String investigation(UUID id) {
        return "%s/%s".formatted(ACTIVITY, id);
    }

    /** One account, host, address or the like of a directory. */
    public Address entity(TenantId tenant, EntityKind kind, String name) {
        return Address.of(ENTITIES)
                .with("tenant", tenant)
                .with("kind", kind.name().toLowerCase(Locale.ROOT))
                .with("name", name);
    }

    public String vendorAlert(TenantId tenant, String id) {
        return "%s/%s/%s".formatted(VENDOR_ALERTS, tenant, AddressedId.of(id));
    }

    /** What could not be understood of a feed, of all that came from one moment to another. */
    public Address unreadable(UUID device, Feed feed, Instant from, Instant to) {
        return unreadable(device, feed).with("from", Typed.text(from)).with("to", Typed.text(to.plusSeconds(1)));
    }

    /** What could not be understood of a feed. */
    public Address unreadable(UUID device, Feed feed) {
        return Address.of(UNREADABLE).with("device", device).with("feed", feed.key());
    }

    public String vendorIncident(TenantId tenant, String id) {
        return "%s/%s/%s".formatted(VENDOR_INCIDENTS, tenant, AddressedId.of(id));
    }
}
