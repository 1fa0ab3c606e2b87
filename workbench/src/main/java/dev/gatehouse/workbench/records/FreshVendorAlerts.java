package dev.gatehouse.workbench.records;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.platform.database.Columns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Vendor alerts as they were read when they came, for whoever looks at them next, so that they need not be read again from
 * the database. Some of the latest are here, and only small ones: who finds one missing reads it from there. What is known by
 * the hash of its content cannot be out of date, also where the transaction that brought it was not kept.
 */
@Component
final class FreshVendorAlerts {

    private static final int MOST = 1_000;

    /** Of the text, in bytes. What is read out of it may take some times as much. */
    private static final int SMALL = 8 * 1024;

    private final Map<Key, VendorAlert> alerts = new LinkedHashMap<>();

    private record Key(TenantId tenant, String id, ContentHash version) {}

    synchronized void add(TenantId tenant, VendorAlert alert) {
        if (alert.original().length() > SMALL) {
            return;
        }
        alerts.put(new Key(tenant, Columns.key(alert.id()), alert.version()), alert);
        if (alerts.size() > MOST) {
            alerts.remove(alerts.keySet().iterator().next());
        }
    }

    /** Takes one away; empty when it is not here. */
    synchronized Optional<VendorAlert> take(TenantId tenant, String id, ContentHash version) {
        return Optional.ofNullable(alerts.remove(new Key(tenant, id, version)));
    }
}
