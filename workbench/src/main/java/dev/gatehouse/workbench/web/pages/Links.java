package dev.gatehouse.workbench.web.pages;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Addresses of the pages of single records, whatever their ids are made of. */
@Component
public class Links {

    public String alert(TenantId tenant, String id) {
        return "%s/%s/%s".formatted(VendorAlertQuery.PATH, tenant, AddressedId.of(id));
    }

    /** What could not be understood of a feed, of all that came from one moment to another. */
    public Address unreadable(UUID device, Feed feed, Instant from, Instant to) {
        return unreadable(device, feed).with("from", typed(from)).with("to", typed(to.plusSeconds(1)));
    }

    /** What could not be understood of a feed. */
    public Address unreadable(UUID device, Feed feed) {
        return Address.of(UnreadablePages.LIST).with("device", device).with("feed", feed.key());
    }

    /** To the second, as browsers' fields take it. */
    private static String typed(Instant time) {
        return LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC)
                .toString();
    }

    public String incident(TenantId tenant, String id) {
        return "%s/%s/%s".formatted(VendorIncidentPages.LIST, tenant, AddressedId.of(id));
    }
}
