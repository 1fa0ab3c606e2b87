package dev.gatehouse.workbench.devices;

import java.util.UUID;

/** A device was added, changed, switched on or off, or removed; published after the change is in the database. */
public record DeviceChanged(UUID deviceId) implements ToldEverywhere {

    /** What it is called between processes. */
    public static final String FACT = "device-changed";

    @Override
    public UUID about() {
        return deviceId;
    }
}
