package dev.gatehouse.workbench.reconcile;

import java.util.UUID;

/** Hours of a device were compared, or could not be; published once it is in the database. */
public record HoursCompared(UUID deviceId) {}
