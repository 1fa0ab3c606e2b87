package dev.gatehouse.workbench.web.api.dialect;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.model.TenantId;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What resources of several kinds lead to, so that none has to know the other: security devices and vendor alerts. */
public final class Relations {

    /** The type of a security device. */
    public static final String DEVICES = "security_devices";

    /** Where security devices are found. */
    public static final String DEVICES_PATH = "/api/v2/" + DEVICES;

    /** The type of a vendor alert. */
    public static final String ALERTS = "vendor_alerts";

    /** Where vendor alerts are found. */
    public static final String ALERTS_PATH = "/api/v2/" + ALERTS;

    private Relations() {}

    /** Says which device a resource belongs to. */
    public static void toDevice(ObjectNode resource, UUID device) {
        Documents.relate(
                resource,
                "security_device",
                DEVICES_PATH + "/" + device,
                Optional.of(new Documents.Linkage(DEVICES, device.toString())));
    }

    /** Says which vendor alert a resource has become. */
    public static void toAlert(ObjectNode resource, TenantId tenant, String id) {
        Documents.relate(
                resource,
                "vendor_alert",
                alertAddress(tenant, id),
                Optional.of(new Documents.Linkage(ALERTS, alertId(tenant, id))));
    }

    /** Microsoft's ids are unique in a tenant only, so ours has both: {@code <directory>:<alert>}. */
    public static String alertId(TenantId tenant, String id) {
        return tenant + ":" + id;
    }

    /** Where a vendor alert is found. Its id may be of characters that an address cannot have. */
    public static String alertAddress(TenantId tenant, String id) {
        return ALERTS_PATH + "/" + tenant + ":" + AddressedId.of(id);
    }
}
