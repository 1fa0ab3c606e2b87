package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Pasted;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gives a draft the application, and the secret or certificate, of another device, which nobody has to see for that. */
@Component
class SharedApplications {

    private final DeviceTable table;
    private final DeviceCredentials credentials;

    SharedApplications(DeviceTable table, DeviceCredentials credentials) {
        this.table = table;
        this.credentials = credentials;
    }

    /**
     * A draft with all that it takes from another device.
     *
     * @param draft as typed when nothing is to be taken, or it cannot be
     * @param problem why it cannot be
     */
    record Filled(DeviceDraft draft, Optional<FieldProblem> problem) {}

    /** Fills a draft in. */
    Filled fill(Scope scope, DeviceDraft draft) {
        return fill(scope, List.of(draft)).getFirst();
    }

    /**
     * Fills drafts in, with one look at the devices that there are, and none when nothing is to be taken.
     *
     * @param scope what whoever typed them may see: the application of a device that they may not see is not theirs to use
     * @return one for each draft, in their order
     */
    List<Filled> fill(Scope scope, List<DeviceDraft> drafts) {
        var devices = drafts.stream().allMatch(draft -> draft.isBlank(DeviceField.APPLICATION_OF))
                ? List.<SecurityDevice>of()
                : table.all(scope);
        return drafts.stream().map(draft -> fill(draft, devices)).toList();
    }

    private Filled fill(DeviceDraft draft, List<SecurityDevice> devices) {
        if (draft.isBlank(DeviceField.APPLICATION_OF)) {
            return new Filled(draft, Optional.empty());
        }
        var named = draft.text(DeviceField.APPLICATION_OF);
        var meant = devices.stream()
                .filter(device -> device.id().toString().equalsIgnoreCase(named)
                        || device.name().equalsIgnoreCase(named))
                .toList();
        if (meant.size() != 1) {
            return refused(
                    draft,
                    DeviceField.APPLICATION_OF,
                    meant.isEmpty()
                            ? "There is no device '%s'. Choose one whose application is to be used, or leave this empty."
                                    .formatted(named)
                            : "Several devices are called '%s'. Give the id of the one that is meant."
                                    .formatted(named));
        }
        return fill(draft, meant.getFirst());
    }

    private Filled fill(DeviceDraft draft, SecurityDevice device) {
        if (draft.bringsCredential()) {
            return refused(
                    draft,
                    draft.bringsCertificate() ? DeviceField.CLIENT_CERTIFICATE : DeviceField.CLIENT_SECRET,
                    "The secret or certificate of device '%s' is to be used. Leave this empty, or choose no device."
                            .formatted(device.name()));
        }
        for (var field : List.of(DeviceField.DIRECTORY_ID, DeviceField.APPLICATION_ID)) {
            var typed = Pasted.value(draft.text(field));
            if (!typed.isEmpty() && !typed.equalsIgnoreCase(device.text(field))) {
                return refused(
                        draft,
                        field,
                        "The %s of device '%s' is another one: %s. Leave this empty, or choose no device."
                                .formatted(field.label(), device.name(), device.text(field)));
            }
        }
        return switch (credentials.of(device)) {
            case Credentials.Usable(var connection) -> new Filled(filled(draft, device, connection), Optional.empty());
            case Credentials.Unusable(var diagnosis) ->
                refused(
                        draft,
                        DeviceField.APPLICATION_OF,
                        "Device '%s' cannot share its application: %s %s"
                                .formatted(device.name(), diagnosis.cause(), diagnosis.cure()));
        };
    }

    private static DeviceDraft filled(DeviceDraft draft, SecurityDevice device, Connection connection) {
        var credential = device.credential();
        var taken = DeviceDraft.of(connection, credential.id().orElse(""), credential.expires());
        return draft.with(DeviceField.APPLICATION_OF, "")
                .with(field -> Optional.of(taken.text(field)).filter(text -> !text.isEmpty()));
    }

    private static Filled refused(DeviceDraft draft, DeviceField field, String message) {
        return new Filled(draft, Optional.of(FieldProblem.error(field.key(), message)));
    }
}
