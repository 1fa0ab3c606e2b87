package dev.gatehouse.setup.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a security provider wants to find in every customer's tenant. Declared once, as JSON; the built-in one says what
 * Expel's setup guide for Microsoft Defender for Identity says.
 *
 * @param provider how people call the provider, e.g. {@code Expel}
 * @param tenantId the provider's own directory, whose sign-ins the customer trusts
 * @param guest the account that the provider's analysts use in the customer's consoles
 * @param trust what the customer trusts of sign-ins from the provider's directory
 * @param application the app registration that collects
 */
public record ProviderProfile(
        String provider, UUID tenantId, GuestProfile guest, TrustProfile trust, ApplicationProfile application) {

    /**
     * What lets an application change the registrations that it owns, and make further ones. It has to own itself for it to
     * replace its own secret.
     *
     * @see <a href="https://learn.microsoft.com/graph/permissions-reference">Microsoft Graph permissions reference</a>
     */
    public static final String ROTATION_PERMISSION = "Application.ReadWrite.OwnedBy";

    /** Every field that a profile may have. */
    private static final List<String> KNOWN = List.of(
            "/provider",
            "/tenantId",
            "/guest",
            "/guest/domain",
            "/guest/displayName",
            "/guest/role",
            "/crossTenantAccess",
            "/crossTenantAccess/trustMultifactorAuthentication",
            "/crossTenantAccess/trustCompliantDevices",
            "/crossTenantAccess/trustHybridJoinedDevices",
            "/crossTenantAccess/redeemInvitationsAutomatically",
            "/application",
            "/application/displayName",
            "/application/secretDescription",
            "/application/secretDays",
            "/application/applicationPermissions",
            "/application/delegatedPermissions",
            "/application/rotatesItself",
            "/application/usesCertificate");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The guest account.
     *
     * @param domain what stands behind the {@code @}; the organization GUID stands before it
     * @param displayName as shown in the customer's directory
     * @param role the directory role it holds
     */
    public record GuestProfile(String domain, String displayName, EntraRole role) {}

    /** The four switches of the guide's "Trust settings" tab. */
    public record TrustProfile(
            boolean multifactorAuthentication,
            boolean compliantDevices,
            boolean hybridJoinedDevices,
            boolean automaticRedemption) {}

    /**
     * The app registration.
     *
     * @param displayName as shown in the customer's directory
     * @param secretDescription the description of its client secret
     * @param secretLifetime how long a new client secret lives
     * @param usesCertificate whether it signs in with a certificate in place of a secret
     * @param rotatesItself whether it may replace its own secret; the guide does not ask for that right
     * @param applicationPermissions permissions of Microsoft Graph that it holds by itself, by name
     * @param delegatedPermissions permissions of Microsoft Graph that it holds on behalf of users, by name
     */
    public record ApplicationProfile(
            String displayName,
            String secretDescription,
            Duration secretLifetime,
            boolean usesCertificate,
            boolean rotatesItself,
            List<String> applicationPermissions,
            List<String> delegatedPermissions) {

        public ApplicationProfile {
            applicationPermissions = List.copyOf(applicationPermissions);
            delegatedPermissions = List.copyOf(delegatedPermissions);
        }

        private ApplicationProfile rotatingItself() {
            var permissions = new LinkedHashSet<>(applicationPermissions);
            permissions.add(ROTATION_PERMISSION);
            return new ApplicationProfile(
                    displayName,
                    secretDescription,
                    secretLifetime,
                    usesCertificate,
                    true,
                    List.copyOf(permissions),
                    delegatedPermissions);
        }

        private ApplicationProfile usingCertificate() {
            return new ApplicationProfile(
                    displayName,
                    secretDescription,
                    secretLifetime,
                    true,
                    rotatesItself,
                    applicationPermissions,
                    delegatedPermissions);
        }
    }

    /** The same, with the right of the application to replace its own secret. */
    public ProviderProfile allowingRotation() {
        return new ProviderProfile(provider, tenantId, guest, trust, application.rotatingItself());
    }

    /** The same, with a certificate in place of a secret. */
    public ProviderProfile usingCertificate() {
        return new ProviderProfile(provider, tenantId, guest, trust, application.usingCertificate());
    }

    /** The profile that Gatehouse brings along. */
    public static ProviderProfile expel() {
        try (InputStream text = ProviderProfile.class.getResourceAsStream("expel.json")) {
            if (text == null) {
                throw new IllegalStateException("expel.json is missing from this build");
            }
            return parse(new String(text.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException when something is missing or of the wrong kind; the message names it
     */
    public static ProviderProfile parse(String json) {
        JsonNode profile;
        try {
            profile = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "The provider profile is not JSON: line %d, column %d"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
                    e);
        }
        refuseUnknown(profile, "");
        var read = new ProviderProfile(
                text(profile, "/provider"),
                uuid(profile, "/tenantId"),
                new GuestProfile(
                        domain(profile, "/guest/domain"),
                        text(profile, "/guest/displayName"),
                        role(profile, "/guest/role")),
                new TrustProfile(
                        flag(profile, "/crossTenantAccess/trustMultifactorAuthentication"),
                        flag(profile, "/crossTenantAccess/trustCompliantDevices"),
                        flag(profile, "/crossTenantAccess/trustHybridJoinedDevices"),
                        flag(profile, "/crossTenantAccess/redeemInvitationsAutomatically")),
                new ApplicationProfile(
                        text(profile, "/application/displayName"),
                        text(profile, "/application/secretDescription"),
                        Duration.ofDays(days(profile, "/application/secretDays")),
                        false,
                        false,
                        names(profile, "/application/applicationPermissions"),
                        names(profile, "/application/delegatedPermissions")));
        var chosen = isChosen(profile, "/application/rotatesItself") ? read.allowingRotation() : read;
        return isChosen(profile, "/application/usesCertificate") ? chosen.usingCertificate() : chosen;
    }

    /** A name that is misspelt would otherwise be passed over in silence. */
    private static void refuseUnknown(JsonNode node, String pointer) {
        for (var field : node.properties()) {
            var here = pointer + "/" + field.getKey();
            if (!KNOWN.contains(here)) {
                throw new IllegalArgumentException(
                        "The provider profile has a field %s, which means nothing. There are: %s."
                                .formatted(here, String.join(", ", KNOWN)));
            }
            refuseUnknown(field.getValue(), here);
        }
    }

    /** Whether something was asked for that the guide does not ask for. */
    private static boolean isChosen(JsonNode profile, String pointer) {
        return !profile.at(pointer).isMissingNode() && flag(profile, pointer);
    }

    private static String text(JsonNode profile, String pointer) {
        var value = profile.at(pointer);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw wrong(pointer, "a text");
        }
        return value.stringValue().strip();
    }

    private static String domain(JsonNode profile, String pointer) {
        var domain = text(profile, pointer);
        if (!domain.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")) {
            throw wrong(pointer, "a domain such as soc.example.com");
        }
        return domain;
    }

    private static EntraRole role(JsonNode profile, String pointer) {
        try {
            return EntraRole.named(text(profile, pointer));
        } catch (IllegalArgumentException e) {
            throw wrong(pointer, "one of the roles " + EntraRole.anyOf(EnumSet.allOf(EntraRole.class)));
        }
    }

    private static UUID uuid(JsonNode profile, String pointer) {
        try {
            return UUID.fromString(text(profile, pointer));
        } catch (IllegalArgumentException e) {
            throw wrong(pointer, "a GUID");
        }
    }

    private static boolean flag(JsonNode profile, String pointer) {
        var value = profile.at(pointer);
        if (!value.isBoolean()) {
            throw wrong(pointer, "true or false");
        }
        return value.booleanValue();
    }

    private static int days(JsonNode profile, String pointer) {
        var value = profile.at(pointer);
        if (!value.isInt() || value.intValue() < 1) {
            throw wrong(pointer, "a number of days");
        }
        return value.intValue();
    }

    private static List<String> names(JsonNode profile, String pointer) {
        var value = profile.at(pointer);
        if (!value.isArray()) {
            throw wrong(pointer, "a list of names");
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    private static IllegalArgumentException wrong(String pointer, String expected) {
        return new IllegalArgumentException("The provider profile needs %s at %s".formatted(expected, pointer));
    }
}
