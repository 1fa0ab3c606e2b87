package dev.gatehouse.workbench.devices;

import java.util.List;
import java.util.UUID;

/** Many devices were added at once; published after they are in the database. Other processes hear of each. */
public record DevicesAdded(List<UUID> deviceIds) {

    public DevicesAdded {
        deviceIds = List.copyOf(deviceIds);
    }
}
