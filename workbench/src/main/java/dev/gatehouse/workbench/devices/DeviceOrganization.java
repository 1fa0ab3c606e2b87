package dev.gatehouse.workbench.devices;

import java.util.UUID;

/**
 * Whose directory a device reads.
 *
 * @param id of the organization
 * @param name what people call it
 * @param shortName the prefix of its case numbers, e.g. {@code ACME}
 */
public record DeviceOrganization(UUID id, String name, String shortName) {}
