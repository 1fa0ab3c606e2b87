package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * One customer's Microsoft Defender for Identity as we are connected to it. Its client secret is not in here.
 *
 * @param id ours
 * @param name what people call it
 * @param location where it is, in the customer's words, e.g. {@code cloud}
 * @param directory the customer's tenant
 * @param application the app registration that we sign in as
 * @param cloud the name of a cloud, see {@link Clouds}
 * @param credential what it signs in with, without the secret itself
 * @param enabled whether it is polled
 * @param createdAt when it was added
 * @param updatedAt when somebody last changed it
 */
public record SecurityDevice(
        UUID id,
        String name,
        String location,
        TenantId directory,
        ApplicationId application,
        String cloud,
        DeviceCredential credential,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {}
