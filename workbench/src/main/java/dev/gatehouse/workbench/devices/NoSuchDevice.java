package dev.gatehouse.workbench.devices;

import java.util.UUID;

/** Somebody asked for a device that never was, or that was removed. */
public class NoSuchDevice extends RuntimeException {

    public NoSuchDevice(UUID id) {
        super("There is no security device with the id %s. It may have been removed.".formatted(id));
    }
}
