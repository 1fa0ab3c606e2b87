package dev.gatehouse.workbench.rotation;

import java.util.UUID;

/** A replacement of what a device signs in with has begun, got further, or ended. */
public record RotationChanged(UUID deviceId) {}
