package dev.gatehouse.workbench.devices;

import java.util.UUID;

/** Somebody does not want to wait for a device's next poll. */
public record PollRequested(UUID deviceId) implements ToldEverywhere {}
