package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.web.frame.Address;
import dev.gatehouse.workbench.web.frame.Links;
import java.util.Optional;

/**
 * Where the rows are that the numbers of Alert Analysis count.
 *
 * @param directory of one directory; empty for all that may be seen
 */
public record RowsBehind(Days days, Optional<TenantId> directory) {

    private Address of(String path) {
        return Address.of(path)
                .with("from", days.from())
                .with("to", days.to())
                .with("directory", directory.map(TenantId::toString).orElse(""));
    }

    /** Everything that came for the first time in these days. */
    public Address rawEvents() {
        return of(RawEventPages.PATH);
    }

    /** Vendor alerts that came for the first time in these days. */
    public Address vendorAlerts() {
        return of(Links.VENDOR_ALERTS);
    }

    /** Alerts that were made in these days. */
    public Address alerts() {
        return of(Links.ALERTS).with("status", "any");
    }

    /** Those of them that are not closed. */
    public Address open() {
        return of(Links.ALERTS);
    }

    /** Those of them that Gatehouse closed at once. */
    public Address suppressed() {
        return of(Links.ALERTS).with("severity", "tuning");
    }

    /** Those of them that are in an investigation. */
    public Address investigated() {
        return alerts().with("investigated", "yes");
    }

    /** The investigations that they are in. */
    public Address investigations() {
        return Address.of(Links.ACTIVITY)
                .with("status", "any")
                .with("alerts_from", days.from())
                .with("alerts_to", days.to())
                .with("directory", directory.map(TenantId::toString).orElse(""));
    }

    /** Those of the investigations that are incidents. */
    public Address incidents() {
        return investigations().with("show", "incidents");
    }
}
