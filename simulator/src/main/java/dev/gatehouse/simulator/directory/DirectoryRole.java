package dev.gatehouse.simulator.directory;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Built-in roles, with their real template ids, which are their definition ids too.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference">Microsoft
 *     Entra built-in roles</a>
 */
public enum DirectoryRole {
    GLOBAL_ADMINISTRATOR("Global Administrator", "62e90394-69f5-4237-9190-012177145e10"),
    PRIVILEGED_ROLE_ADMINISTRATOR("Privileged Role Administrator", "e8611ab8-c189-46e8-94e1-60213ab1f814"),
    SECURITY_ADMINISTRATOR("Security Administrator", "194ae4cb-b126-40b2-bd5b-6091b380977d"),
    USER_ADMINISTRATOR("User Administrator", "fe930be7-5e62-47db-91af-98c3a49a38b1"),
    GUEST_INVITER("Guest Inviter", "95e79109-95c0-4d8e-aee3-d01accf2d47b"),
    APPLICATION_ADMINISTRATOR("Application Administrator", "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"),
    CLOUD_APPLICATION_ADMINISTRATOR("Cloud Application Administrator", "158c047a-c907-4556-b7ef-446551a6b5f7"),
    APPLICATION_DEVELOPER("Application Developer", "cf1c38e5-3621-4004-a7cb-879624dced7c"),
    GLOBAL_READER("Global Reader", "f2ef992c-3afb-46b9-b7cf-a126ee74c451"),
    SECURITY_READER("Security Reader", "5d6b6bb7-de71-4623-b4af-96380a352509");

    private final String title;
    private final String templateId;

    DirectoryRole(String title, String templateId) {
        this.title = title;
        this.templateId = templateId;
    }

    public String title() {
        return title;
    }

    public UUID templateId() {
        return UUID.fromString(templateId);
    }

    static Optional<DirectoryRole> of(String templateId) {
        return Arrays.stream(values())
                .filter(role -> role.templateId.equalsIgnoreCase(templateId))
                .findFirst();
    }
}
