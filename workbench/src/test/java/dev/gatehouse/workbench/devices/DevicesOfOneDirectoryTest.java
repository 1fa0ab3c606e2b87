package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several devices on one directory, and the application that they may share. */
class DevicesOfOneDirectoryTest {

    private static final Instant NINE = WorkbenchParts.START;

    private final List<Connection> tried = new ArrayList<>();
    private final WorkbenchParts parts = new WorkbenchParts()
            .with(ConnectionTester.class, () -> connection -> {
                tried.add(connection);
                return List.of();
            })
            .open();
    private final DeviceEditing editing = parts.get(DeviceEditing.class);
    private final DeviceDraft draft = WorkbenchParts.draft("Contoso");
    private final SecurityDevice identity = editing.add(Scope.everything(), draft, "ada");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void aDirectoryHasOneDeviceOfEachKind() {
        var xdr = editing.add(Scope.everything(), xdr(), "ada");

        assertThat(xdr.kind()).isEqualTo(DeviceKind.DEFENDER_XDR);
        assertThat(parts.get(SecurityDevices.class).of(Scope.everything(), identity.directory()))
                .containsExactlyInAnyOrder(identity, xdr);
        assertThatThrownBy(() -> editing.add(Scope.everything(), xdr(), "ada"))
                .isInstanceOfSatisfying(InvalidDevice.class, twice -> {
                    assertThat(twice.isConnectedAlready()).isTrue();
                    assertThat(twice).hasMessageContaining("already connected as device 'Contoso XDR'");
                });
    }

    @Test
    void aKindThatNobodyKnowsIsRefusedWithThoseThatThereAre() {
        assertThat(editing.check(Scope.everything(), xdr().with(DeviceField.KIND, "okta")))
                .filteredOn(FieldProblem::isError)
                .singleElement()
                .returns("plugin_slug", FieldProblem::field)
                .satisfies(problem -> assertThat(problem.message())
                        .contains("'okta'", "microsoft_defender_for_identity, microsoft_defender_xdr"));
    }

    @Test
    void aDeviceStaysWhatItIs() {
        var renamed = draft.with(DeviceField.NAME, "Contoso Ltd").with(DeviceField.CLIENT_SECRET, "");

        assertThat(editing.update(Scope.everything(), identity.id(), renamed, "ada"))
                .returns(DeviceKind.DEFENDER_FOR_IDENTITY, SecurityDevice::kind);
        var xdr = editing.add(Scope.everything(), xdr(), "ada");
        assertThat(editing.update(
                        Scope.everything(),
                        xdr.id(),
                        xdr().with(DeviceField.KIND, "").with(DeviceField.NAME, "XDR"),
                        "ada"))
                .returns(DeviceKind.DEFENDER_XDR, SecurityDevice::kind);
        assertThatThrownBy(() -> editing.update(
                        Scope.everything(),
                        identity.id(),
                        renamed.with(DeviceField.KIND, "microsoft_defender_xdr"),
                        "ada"))
                .isInstanceOf(InvalidDevice.class)
                .hasMessageContaining("This device is Microsoft Defender for Identity and stays it");
    }

    @Test
    void bothAreInTheSameCloud() {
        assertThat(editing.check(Scope.everything(), xdr().with(DeviceField.CLOUD, "dod")))
                .filteredOn(FieldProblem::isError)
                .singleElement()
                .returns("cloud", FieldProblem::field)
                .satisfies(problem -> assertThat(problem.message()).contains("'Contoso'", "'global'"));
    }

    @Test
    void usesTheApplicationOfAnotherDeviceWithoutItsSecretBeingTyped() {
        var xdr = editing.add(Scope.everything(), sharing(), "ada");

        assertThat(xdr)
                .returns(identity.directory(), SecurityDevice::directory)
                .returns(identity.application(), SecurityDevice::application)
                .returns(identity.credential(), SecurityDevice::credential);
        assertThat(secretOf(xdr)).isEqualTo(draft.text(DeviceField.CLIENT_SECRET));
        assertThat(sharing().toString()).doesNotContain(draft.text(DeviceField.CLIENT_SECRET));
    }

    @Test
    void triesTheApplicationOfAnotherDevice() {
        parts.get(ConnectionTests.class).test(Scope.everything(), sharing());

        assertThat(tried).singleElement().returns(identity.application(), Connection::application);
    }

    @Test
    void saysWhyTheApplicationOfAnotherDeviceCannotBeUsed() {
        assertThat(onlyError(sharing().with(DeviceField.APPLICATION_OF, "Fabrikam")))
                .contains("There is no device 'Fabrikam'");
        assertThat(onlyError(sharing().with(DeviceField.CLIENT_SECRET, "another")))
                .contains("The secret or certificate of device 'Contoso' is to be used");
        assertThat(onlyError(sharing().with(DeviceField.DIRECTORY_ID, "3f2504e0-4f89-41d3-9a0c-0305e82c3301")))
                .contains("The Directory ID of device 'Contoso' is another one");
    }

    @Test
    void theApplicationOfSomebodyElsesDeviceIsNotThereToBeUsed() {
        var other = parts.get(Organizations.class).add(OrganizationDraft.named("Globex"));
        var scope = Scope.of(other.id());

        assertThat(editing.check(scope, sharing()))
                .filteredOn(FieldProblem::isError)
                .extracting(FieldProblem::field)
                .contains("application_of");
        assertThatThrownBy(() -> parts.get(ConnectionTests.class).test(scope, sharing()))
                .isInstanceOf(InvalidDevice.class);
        assertThat(tried).isEmpty();
    }

    @Test
    void whoReplacesTheSecretOfOneReplacesItForAllThatSignInAsItsApplication() {
        var xdr = editing.add(Scope.everything(), sharing(), "ada");
        var apart = editing.add(Scope.everything(), WorkbenchParts.draft("Fabrikam"), "ada");
        var fresh = new Connection(
                identity.directory(), identity.application(), new ClientSecret("fresh~secret"), Cloud.GLOBAL);

        parts.get(DeviceCredentials.class)
                .replace(identity.id(), fresh, "5b0c", NINE.plus(Duration.ofDays(730)), "Gatehouse");

        assertThat(secretOf(identity)).isEqualTo("fresh~secret");
        assertThat(secretOf(xdr)).isEqualTo("fresh~secret");
        assertThat(secretOf(apart)).isNotEqualTo("fresh~secret");
        assertThat(parts.get(DeviceHistory.class).of(Scope.everything(), xdr.id()))
                .extracting(HistoryEntry::action)
                .contains("UPDATED_SECRETS");
        editing.update(
                Scope.everything(), xdr.id(), DeviceDraft.of(xdr).with(DeviceField.CLIENT_SECRET, "typed"), "ada");
        assertThat(secretOf(identity)).isEqualTo("typed");
    }

    @Test
    void whatATenantSufferedFromBeforeAnybodyReadItIsForgottenAndNothingElse() {
        var feeds = parts.get(Feeds.class);
        var why = Diagnosis.of(Trouble.BAD_SECRET, "It is wrong.", "Paste it again.");
        feeds.failed(identity.directory(), Feed.ALERTS, why, NINE);

        editing.add(Scope.everything(), xdr(), "ada");
        assertThat(feeds.of(identity.directory(), Feed.ALERTS).failures()).isEqualTo(1);

        parts.get(SecurityDevices.class)
                .of(Scope.everything(), identity.directory())
                .forEach(device -> editing.remove(device.id(), "ada"));
        editing.add(Scope.everything(), draft, "ada");
        assertThat(feeds.of(identity.directory(), Feed.ALERTS))
                .returns(0, FeedState::failures)
                .satisfies(state -> assertThat(state.trouble()).isEmpty());
    }

    private DeviceDraft xdr() {
        return WorkbenchParts.draft("Contoso XDR")
                .with(DeviceField.KIND, "microsoft_defender_xdr")
                .with(DeviceField.DIRECTORY_ID, identity.directory().toString());
    }

    private DeviceDraft sharing() {
        return DeviceDraft.empty()
                .with(DeviceField.KIND, "microsoft_defender_xdr")
                .with(DeviceField.NAME, "Contoso XDR")
                .with(DeviceField.LOCATION, "cloud")
                .with(DeviceField.APPLICATION_OF, identity.id().toString());
    }

    private String onlyError(DeviceDraft wrong) {
        var errors = editing.check(Scope.everything(), wrong).stream()
                .filter(FieldProblem::isError)
                .toList();
        assertThat(errors).hasSize(1);
        return errors.getFirst().message();
    }

    private String secretOf(SecurityDevice device) {
        return ((Credentials.Usable) parts.get(SecurityDevices.class).credentials(device.id()))
                .connection()
                .credential()
                .reveal();
    }
}
