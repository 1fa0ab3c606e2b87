package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.DeviceCredential.Kind;
import java.time.Instant;
import java.util.UUID;

/**
 * One of Microsoft's products at one customer, as we are connected to it. Its client secret is not in here.
 *
 * @param id ours
 * @param kind which product
 * @param name what people call it
 * @param location where it is, in the customer's words, e.g. {@code cloud}
 * @param directory the customer's tenant
 * @param application the app registration that we sign in as
 * @param cloud the name of a cloud, see {@link Clouds}
 * @param organization whose directory it is
 * @param credential what it signs in with, without the secret itself
 * @param enabled whether it is polled
 * @param createdAt when it was added
 * @param updatedAt when somebody last changed it
 */
public record SecurityDevice(
        UUID id,
        DeviceKind kind,
        String name,
        String location,
        TenantId directory,
        ApplicationId application,
        String cloud,
        DeviceOrganization organization,
        DeviceCredential credential,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {

    /** What the device has in a field, as forms and the API write it; blank for a secret and for what nobody knows. */
    public String text(DeviceField field) {
        return switch (field) {
            case KIND -> kind.key();
            case NAME -> name;
            case LOCATION -> location;
            case ORGANIZATION -> organization.shortName();
            case DIRECTORY_ID -> directory.toString();
            case APPLICATION_ID -> application.toString();
            case CLIENT_SECRET_EXPIRES ->
                credential.kind() == Kind.CLIENT_SECRET
                        ? credential.expires().map(Instant::toString).orElse("")
                        : "";
            case CLOUD -> cloud;
            case APPLICATION_OF, CLIENT_SECRET, CLIENT_SECRET_ID, CLIENT_CERTIFICATE -> "";
        };
    }
}
