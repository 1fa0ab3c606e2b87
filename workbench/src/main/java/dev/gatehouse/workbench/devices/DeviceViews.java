package dev.gatehouse.workbench.devices;

import dev.gatehouse.workbench.platform.database.ReadView;

/** What others may list of security devices by columns, see {@link ReadView}. */
public final class DeviceViews {

    private DeviceViews() {}

    /** What was done to devices. */
    public static final ReadView HISTORY = ReadView.ofDevices("""
            select h.id, h.device_id, t.organization_id, h.action, h.at, h.actor as actor_name,
                   jsonb_build_object('detail', h.detail) as value
            from security_device_history h
            join security_device d on d.id = h.device_id
            left join tenant t on t.tenant_id = d.directory_id
            where {scope}
            """, "h.device_id");
}
