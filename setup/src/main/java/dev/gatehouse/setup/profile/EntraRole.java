package dev.gatehouse.setup.profile;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The built-in roles of Microsoft Entra that matter for the set-up, with their template ids, which are the same in every
 * tenant.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference">Microsoft
 *     Entra built-in roles</a>
 */
public enum EntraRole {
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
    private final UUID templateId;

    EntraRole(String title, String templateId) {
        this.title = title;
        this.templateId = UUID.fromString(templateId);
    }

    /** The name in Microsoft's portal. */
    public String title() {
        return title;
    }

    /** The role's template id; for a built-in role it is its definition id too. */
    public UUID templateId() {
        return templateId;
    }

    /** The role with that template id, when it is one of these. */
    public static Optional<EntraRole> of(UUID templateId) {
        return Arrays.stream(values())
                .filter(role -> role.templateId.equals(templateId))
                .findFirst();
    }

    /**
     * The role with that {@link #title()}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static EntraRole named(String title) {
        return Arrays.stream(values())
                .filter(role -> role.title.equalsIgnoreCase(title.strip()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'%s' is not a role that Gatehouse knows".formatted(title)));
    }

    /** Names in the order declared, joined for a sentence: {@code A, B or C}. */
    public static String anyOf(Set<EntraRole> roles) {
        var titles = Arrays.stream(values())
                .filter(roles::contains)
                .map(EntraRole::title)
                .toList();
        if (titles.size() < 2) {
            return String.join("", titles);
        }
        return titles.stream().limit(titles.size() - 1L).collect(Collectors.joining(", ")) + " or " + titles.getLast();
    }
}
