package dev.gatehouse.model;

import java.util.UUID;

/**
 * A Microsoft Entra tenant, known to people as the Directory (tenant) ID.
 *
 * @param value the GUID that Entra shows on the app registration's overview page
 */
public record TenantId(UUID value) {

    /**
     * Reads what somebody pasted; surrounding blanks are forgiven.
     *
     * @throws IllegalArgumentException when the text is not a GUID; the message names the field and the cure
     */
    public static TenantId parse(String text) {
        return new TenantId(Guid.parse(text, "Directory ID"));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
