package dev.gatehouse.workbench.devices;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tries the connection of a device, or of what somebody typed, without saving anything. */
@Component
public class ConnectionTests {

    private final SecurityDevices devices;
    private final DeviceEditing editing;
    private final SharedApplications applications;
    private final Clouds clouds;
    private final ConnectionTester tester;

    ConnectionTests(
            SecurityDevices devices,
            DeviceEditing editing,
            SharedApplications applications,
            Clouds clouds,
            ConnectionTester tester) {
        this.devices = devices;
        this.editing = editing;
        this.applications = applications;
        this.clouds = clouds;
        this.tester = tester;
    }

    /**
     * Tries what somebody typed.
     *
     * @param scope what they may see
     * @throws InvalidDevice when the ids, the secret or the cloud make no sense, so that there is nothing to try
     */
    public List<Check> test(Scope scope, DeviceDraft typed) {
        var draft = applications.fill(scope, typed).draft();
        refuse(draft, editing.check(scope, draft));
        return test(draft, draft.credential());
    }

    /**
     * Tries what somebody typed as a change of a device; a blank secret means the one we have.
     *
     * @throws InvalidDevice when the ids or the cloud make no sense, so that there is nothing to try
     * @throws NoSuchDevice when the device was removed
     */
    public List<Check> test(Scope scope, UUID id, DeviceDraft typed) {
        var draft = applications.fill(scope, typed).draft();
        if (draft.bringsCredential()) {
            return test(scope, draft);
        }
        refuse(draft, editing.check(scope, id, draft));
        return switch (devices.credentials(id)) {
            case Credentials.Usable usable -> test(draft, usable.connection().credential());
            case Credentials.Unusable unusable -> List.of(Check.failed("Stored credentials", unusable.diagnosis()));
        };
    }

    private List<Check> test(DeviceDraft draft, Credential credential) {
        return tester.test(new Connection(
                TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)),
                ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID)),
                credential,
                clouds.named(draft.text(DeviceField.CLOUD)).orElseThrow()));
    }

    /**
     * Tries a saved device.
     *
     * @throws NoSuchDevice when it was removed
     */
    public List<Check> test(UUID id) {
        return switch (devices.credentials(id)) {
            case Credentials.Usable usable -> tester.test(usable.connection());
            case Credentials.Unusable unusable -> List.of(Check.failed("Stored credentials", unusable.diagnosis()));
        };
    }

    private static void refuse(DeviceDraft draft, List<FieldProblem> problems) {
        InvalidDevice.refuse(problems.stream()
                .filter(problem -> isNeededToConnect(draft, problem))
                .toList());
    }

    /** Names can wait, and so can the question whether the directory is connected already. */
    private static boolean isNeededToConnect(DeviceDraft draft, FieldProblem problem) {
        var field = DeviceField.of(problem.field());
        return field.filter(each -> each == DeviceField.DIRECTORY_ID).isPresent()
                ? DeviceChecks.directory(draft).isEmpty()
                : field.filter(DeviceField::isNeededToConnect).isPresent();
    }
}
