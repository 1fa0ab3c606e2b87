package dev.gatehouse.workbench.people;

import dev.gatehouse.model.OrganizationGuid;
import java.time.Instant;
import java.util.UUID;

/**
 * A customer.
 *
 * @param id ours
 * @param guid the organization GUID that the guest account in its tenant is named after
 * @param name what people call it
 * @param shortName the prefix of its case numbers, e.g. {@code ACME}; capital letters and digits
 * @param region where it is; empty when nobody said
 * @param notes free text; empty when there is none
 * @param createdAt when it was added
 * @param updatedAt when somebody last changed it
 */
public record Organization(
        UUID id,
        OrganizationGuid guid,
        String name,
        String shortName,
        String region,
        String notes,
        Instant createdAt,
        Instant updatedAt) {}
