package dev.gatehouse.model;

import java.util.UUID;

/**
 * An app registration, known to people as the Application (client) ID.
 *
 * @param value the GUID that Entra shows on the app registration's overview page
 */
public record ApplicationId(UUID value) {

    /**
     * Reads what somebody pasted; surrounding blanks are forgiven.
     *
     * @throws IllegalArgumentException when the text is not a GUID; the message names the field and the cure
     */
    public static ApplicationId parse(String text) {
        return new ApplicationId(Guid.parse(text, "Application ID"));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
