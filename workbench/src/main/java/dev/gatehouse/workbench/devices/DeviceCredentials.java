package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.secrets.Opened;
import dev.gatehouse.workbench.platform.secrets.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What each device signs in with: opened for whoever connects, and replaced. */
@Component
public class DeviceCredentials {

    private final DeviceTable table;
    private final DeviceHistory history;
    private final Feeds feeds;
    private final Vault vault;
    private final Clouds clouds;
    private final Fence fence;
    private final ApplicationEventPublisher events;

    DeviceCredentials(
            DeviceTable table,
            DeviceHistory history,
            Feeds feeds,
            Vault vault,
            Clouds clouds,
            Fence fence,
            ApplicationEventPublisher events) {
        this.table = table;
        this.history = history;
        this.feeds = feeds;
        this.vault = vault;
        this.clouds = clouds;
        this.fence = fence;
        this.events = events;
    }

    /** Changes when what secrets are opened with does. */
    String edition() {
        return vault.edition();
    }

    /** What a device connects with. */
    Credentials of(SecurityDevice device) {
        var cloud = clouds.named(device.cloud());
        if (cloud.isEmpty()) {
            return new Credentials.Unusable(Diagnosis.of(
                    Trouble.WRONG_CLOUD,
                    "The cloud '%s' of this device is not configured.".formatted(device.cloud()),
                    "Add gatehouse.clouds.%s to the configuration and start again, or edit the device and choose another cloud."
                            .formatted(device.cloud())));
        }
        return switch (vault.open(table.sealed(device.id()), device.id())) {
            case Opened.Plain plain ->
                new Credentials.Usable(
                        new Connection(device.directory(), device.application(), plain.credential(), cloud.get()));
            case Opened.Locked locked ->
                new Credentials.Unusable(Diagnosis.of(Trouble.SECRET_UNREADABLE, locked.cause(), locked.cure()));
        };
    }

    /**
     * Gives a device a new secret or certificate of the same application, in one step, and with it every device that signs
     * in as this application. Its polls start anew.
     *
     * @param fresh the tenant and the application that the device has, with the new one
     * @param keyId Microsoft's id of it; of a secret, the Secret ID
     * @param expires until when it works
     * @return whether it was done; not, when the device was removed or has another directory or application by now
     */
    public boolean replace(UUID id, Connection fresh, String keyId, Instant expires, String actor) {
        var kind = DeviceCredential.Kind.of(fresh.credential());
        var isDone = fence.write(() -> {
            // The old one goes, so that every device that signs in as this application needs the new one.
            var sharing = table.of(fresh.tenant(), fresh.application());
            if (!sharing.contains(id)) {
                return false;
            }
            give(sharing, fresh.tenant(), fresh.application(), fresh.credential(), keyId, Optional.of(expires));
            remember(
                    sharing,
                    "%s replaced by a new one that works until %s"
                            .formatted(kind.title(), ExpiryText.day(Optional.of(expires))),
                    actor);
            feeds.forgetTrouble(fresh.tenant());
            return true;
        });
        if (isDone) {
            events.publishEvent(new DeviceChanged(id));
        }
        return isDone;
    }

    /** Stores what a change of a device brings to sign in with, or when the secret that it has ends. */
    void change(SecurityDevice before, SecurityDevice after, DeviceDraft draft, String actor) {
        if (!draft.bringsCredential()) {
            return;
        }
        var credential = draft.credential();
        var isSecret = credential instanceof ClientSecret;
        var sharing = table.of(after.directory(), after.application());
        give(
                sharing,
                after.directory(),
                after.application(),
                credential,
                draft.credentialId(),
                isSecret ? after.credential().expires() : draft.expires());
        remember(sharing, isSecret ? "Client secret replaced" : "Signs in with %s".formatted(credential), actor);
    }

    /** Each device has it sealed for itself. */
    private void give(
            List<UUID> devices,
            TenantId directory,
            ApplicationId application,
            Credential credential,
            @Nullable String keyId,
            Optional<Instant> expires) {
        devices.forEach(device -> table.updateCredential(device, directory, application, credential, keyId, expires));
    }

    private void remember(List<UUID> devices, String detail, String actor) {
        history.remember(
                "UPDATED_SECRETS", devices.stream().collect(Collectors.toMap(Function.identity(), _ -> detail)), actor);
    }

    /** Stores when the secret ends, if somebody says something new of it; a certificate says so itself. */
    void changeExpiry(SecurityDevice before, DeviceDraft draft) {
        var typed = draft.text(DeviceField.CLIENT_SECRET_EXPIRES);
        var known = before.credential().expires();
        var isKnownByItself =
                before.credential().kind() == DeviceCredential.Kind.CERTIFICATE && !draft.bringsCredential();
        if (isKnownByItself || draft.bringsCertificate()) {
            return;
        }
        if (known.isEmpty() || !DeviceChecks.isSame(known.get(), typed)) {
            table.updateExpiry(before.id(), ExpiryText.parse(typed));
        }
    }
}
