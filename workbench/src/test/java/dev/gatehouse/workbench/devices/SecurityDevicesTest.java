package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.FieldProblem.Weight;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class SecurityDevicesTest {

    private final List<Connection> tested = new ArrayList<>();
    private final WorkbenchParts parts = new WorkbenchParts()
            .with(ConnectionTester.class, () -> connection -> {
                tested.add(connection);
                return List.of(Check.passed("Sign in"));
            })
            .open();
    private final SecurityDevices devices = parts.get(SecurityDevices.class);
    private final DeviceEditing editing = parts.get(DeviceEditing.class);
    private final DeviceHistory history = parts.get(DeviceHistory.class);
    private final ConnectionTests tests = parts.get(ConnectionTests.class);

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void addsADeviceAndRemembersWhoDidIt() {
        var draft = WorkbenchParts.draft("Contoso");

        var added = editing.add(Scope.everything(), draft, "ada@example.com");

        assertThat(devices.find(Scope.everything(), added.id())).contains(added);
        assertThat(added.directory()).hasToString(draft.text(DeviceField.DIRECTORY_ID));
        assertThat(added.cloud()).isEqualTo("global");
        assertThat(history.of(Scope.everything(), added.id())).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("CREATED");
            assertThat(entry.actor()).isEqualTo("ada@example.com");
        });
        assertThat(parts.events(DeviceChanged.class)).contains(new DeviceChanged(added.id()));
    }

    @Test
    void keepsTheSecretOutOfTheDatabaseTheHistoryAndEveryText() {
        var draft = withSecret(WorkbenchParts.draft("Fabrikam"), "Very~Secret~Value");
        var added = editing.add(Scope.everything(), draft, "tester");
        editing.update(Scope.everything(), added.id(), withSecret(draft, "Another~Secret~Value"), "tester");

        var everything = parts.database().look().sql("""
                        select string_agg(query_to_xml('select * from ' || table_name, true, false, '')::text, ' ')
                        from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
                        """).query(String.class).single();
        assertThat(everything).contains("Fabrikam").doesNotContain("Secret~Value");
        assertThat(List.of(draft, added, devices.credentials(added.id())).toString())
                .doesNotContain("Secret~Value");
    }

    @Test
    void keepsTheSecretWhenItIsLeftBlankInAChange() {
        var draft = WorkbenchParts.draft("Contoso");
        var id = editing.add(Scope.everything(), draft, "tester").id();

        editing.update(Scope.everything(), id, withSecret(draft, ""), "tester");

        assertThat(secretOf(id)).isEqualTo(draft.text(DeviceField.CLIENT_SECRET));
        assertThat(history.of(Scope.everything(), id))
                .extracting(HistoryEntry::action)
                .containsExactly("UPDATED", "CREATED");
    }

    @Test
    void replacesTheSecretWhenANewOneIsGiven() {
        var draft = WorkbenchParts.draft("Contoso");
        var id = editing.add(Scope.everything(), draft, "tester").id();

        editing.update(Scope.everything(), id, withSecret(draft, "Fresh~1"), "tester");

        assertThat(secretOf(id)).isEqualTo("Fresh~1");
        assertThat(history.of(Scope.everything(), id))
                .extracting(HistoryEntry::action)
                .contains("UPDATED_SECRETS");
    }

    @Test
    void remembersWhenTheSecretEndsAndKeepsTheTimeOfDayWhenAFormSendsTheDayBack() {
        var draft = expiring(WorkbenchParts.draft("Contoso"), "2028-11-22T14:03:05Z");
        var id = editing.add(Scope.everything(), draft, "tester").id();

        editing.update(Scope.everything(), id, expiring(withSecret(draft, ""), "2028-11-22"), "tester");
        assertThat(devices.find(Scope.everything(), id)
                        .orElseThrow()
                        .credential()
                        .expires())
                .contains(Instant.parse("2028-11-22T14:03:05Z"));

        editing.update(Scope.everything(), id, expiring(withSecret(draft, ""), "2027-01-31"), "tester");
        assertThat(devices.find(Scope.everything(), id)
                        .orElseThrow()
                        .credential()
                        .expires())
                .contains(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(history.of(Scope.everything(), id).getFirst().detail())
                .isEqualTo("Client secret expires changed from '2028-11-22' to '2027-01-31'");

        editing.update(Scope.everything(), id, withSecret(draft, ""), "tester");
        assertThat(devices.find(Scope.everything(), id)
                        .orElseThrow()
                        .credential()
                        .expires())
                .isEmpty();
    }

    @Test
    void saysInTheHistoryWhatChangedInTheWordsOfTheForm() {
        var draft = WorkbenchParts.draft("Contoso");
        var id = editing.add(Scope.everything(), draft, "tester").id();

        editing.update(
                Scope.everything(),
                id,
                withSecret(draft, "")
                        .with(DeviceField.NAME, "Contoso Ltd")
                        .with(DeviceField.CLOUD, "dod")
                        .with(DeviceField.CLIENT_SECRET_EXPIRES, "2027-01-31"),
                "tester");

        assertThat(history.of(Scope.everything(), id).getFirst().detail())
                .isEqualTo(
                        "Name changed from 'Contoso' to 'Contoso Ltd'; Client secret expires changed from 'unknown' to '2027-01-31'; Cloud changed from 'global' to 'dod'");
    }

    @Test
    void leavesASecretOutOfWhatADraftPrints() {
        var draft = WorkbenchParts.draft("Contoso").with(DeviceField.CLIENT_CERTIFICATE, "-----BEGIN");

        assertThat(draft.toString()).contains("name=Contoso").doesNotContain("not-a-real-secret", "BEGIN");
    }

    @Test
    void forgetsWhatIsKnownOfAnOldSecretWithANewOne() {
        var present = expiring(WorkbenchParts.draft("Contoso").with(DeviceField.CLIENT_SECRET, ""), "2028-11-22");

        var renamed = present.changedBy(sent(DeviceField.NAME, "Contoso Ltd"));
        var renewed = present.changedBy(sent(DeviceField.CLIENT_SECRET, "Fresh~1"));

        assertThat(renamed.text(DeviceField.CLIENT_SECRET_EXPIRES)).isEqualTo("2028-11-22");
        assertThat(renewed.text(DeviceField.CLIENT_SECRET_EXPIRES)).isEmpty();
        assertThat(renewed.text(DeviceField.NAME)).isEqualTo("Contoso");
    }

    private static Function<DeviceField, Optional<String>> sent(DeviceField only, String text) {
        return field -> field == only ? Optional.of(text) : Optional.empty();
    }

    @Test
    void warnsWhenTheDayOfTheOldSecretIsSavedWithTheNewOne() {
        var draft = expiring(WorkbenchParts.draft("Contoso"), "2028-11-22");
        var id = editing.add(Scope.everything(), draft, "tester").id();

        assertThat(editing.check(Scope.everything(), id, expiring(withSecret(draft, "Fresh~1"), "2028-11-22")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("client_secret_expires_at");
                    assertThat(problem.weight()).isEqualTo(Weight.WARNING);
                    assertThat(problem.message()).contains("the secret that you are replacing");
                });
    }

    @Test
    void doesNotOverwriteWhatSomebodyElseHasChangedMeanwhile() {
        var device = editing.add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");
        var seen = Optional.of(device.updatedAt());
        var draft = DeviceDraft.of(device);
        parts.clock().advance(Duration.ofSeconds(1));
        editing.update(
                Scope.everything(), device.id(), seen, draft.with(DeviceField.LOCATION, "Dublin"), "bea@example.com");

        assertThatThrownBy(() -> editing.update(
                        Scope.everything(), device.id(), seen, draft.with(DeviceField.LOCATION, "Oslo"), "tester"))
                .isInstanceOf(ChangedMeanwhile.class)
                .hasMessage(
                        "Somebody changed this device meanwhile: Location changed from 'cloud' to 'Dublin' (bea@example.com).");
        assertThat(devices.require(Scope.everything(), device.id()).location()).isEqualTo("Dublin");
    }

    @Test
    void refusesADirectoryThatIsConnectedAlreadyAndNamesTheOtherDevice() {
        var draft = WorkbenchParts.draft("Woodgrove");
        editing.add(Scope.everything(), draft, "tester");

        assertThatThrownBy(() -> editing.add(Scope.everything(), draft, "tester"))
                .isInstanceOfSatisfying(InvalidDevice.class, invalid -> assertThat(invalid.problems())
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.field()).isEqualTo("directory_id");
                            assertThat(problem.message()).contains("already connected as device 'Woodgrove'");
                        }));
    }

    @Test
    void letsADirectoryBeConnectedAgainAfterItsDeviceWasRemoved() {
        var draft = WorkbenchParts.draft("Contoso");
        var first = editing.add(Scope.everything(), draft, "tester");

        editing.remove(first.id(), "tester");

        assertThat(devices.find(Scope.everything(), first.id())).isEmpty();
        assertThat(editing.add(Scope.everything(), draft, "tester").id()).isNotEqualTo(first.id());
        assertThatThrownBy(() -> devices.health(Scope.everything(), first.id())).isInstanceOf(NoSuchDevice.class);
    }

    @Test
    void saysWhatIsWrongFieldByField() {
        var problems = editing.check(
                Scope.everything(),
                DeviceDraft.empty()
                        .with(DeviceField.NAME, " ")
                        .with(DeviceField.DIRECTORY_ID, "not-a-guid")
                        .with(DeviceField.APPLICATION_ID, "1-1-1-1-1")
                        .with(DeviceField.CLIENT_SECRET, " ")
                        .with(DeviceField.CLOUD, "mars"));

        assertThat(problems)
                .allMatch(FieldProblem::isError)
                .extracting(FieldProblem::field)
                .containsExactly("name", "location", "directory_id", "application_id", "client_secret", "cloud");
        assertThat(problems.getLast().message()).contains("global, gcc-high, dod");
    }

    @Test
    void warnsAboutASecretIdWithoutRefusingIt() {
        var draft =
                withSecret(WorkbenchParts.draft("Contoso"), UUID.randomUUID().toString());

        assertThat(editing.check(Scope.everything(), draft)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("client_secret");
            assertThat(problem.weight()).isEqualTo(Weight.WARNING);
            assertThat(problem.message()).contains("looks like the Secret ID");
        });
    }

    @Test
    void hintsAtSwappedIds() {
        var draft = WorkbenchParts.draft("Contoso");
        editing.add(Scope.everything(), draft, "tester");

        var directory = draft.text(DeviceField.DIRECTORY_ID);
        var application = draft.text(DeviceField.APPLICATION_ID);
        var swapped = draft.with(DeviceField.DIRECTORY_ID, application).with(DeviceField.APPLICATION_ID, directory);
        var same = draft.with(DeviceField.DIRECTORY_ID, application);

        assertThat(editing.check(Scope.everything(), swapped))
                .anySatisfy(problem -> assertThat(problem.message()).contains("look swapped"));
        assertThat(editing.check(Scope.everything(), same)).anyMatch(FieldProblem::isError);
    }

    @Test
    void testsADraftThatCouldNotBeSavedYetAsLongAsItCanConnect() {
        var draft = WorkbenchParts.draft("Contoso");
        editing.add(Scope.everything(), draft, "tester");
        tested.clear();
        var nameless = draft.with(DeviceField.NAME, "").with(DeviceField.LOCATION, "");

        var checks = tests.test(Scope.everything(), nameless.with(DeviceField.CLIENT_SECRET, "S~1"));

        assertThat(checks).hasSize(1);
        assertThat(tested).singleElement().satisfies(connection -> assertThat(
                        connection.credential().reveal())
                .isEqualTo("S~1"));
        assertThatThrownBy(() -> tests.test(Scope.everything(), nameless.with(DeviceField.DIRECTORY_ID, "nonsense")))
                .isInstanceOf(InvalidDevice.class);
    }

    @Test
    void testsAChangeWithTheStoredSecretWhenNoneIsGiven() {
        var draft = WorkbenchParts.draft("Contoso");
        var id = editing.add(Scope.everything(), draft, "tester").id();
        tested.clear();

        tests.test(Scope.everything(), id, withSecret(draft, ""));

        assertThat(tested).singleElement().satisfies(connection -> assertThat(
                        connection.credential().reveal())
                .isEqualTo(draft.text(DeviceField.CLIENT_SECRET)));
    }

    private String secretOf(UUID id) {
        return switch (devices.credentials(id)) {
            case Credentials.Usable(var connection) -> connection.credential().reveal();
            case Credentials.Unusable(var diagnosis) -> diagnosis.cause();
        };
    }

    private static DeviceDraft withSecret(DeviceDraft draft, String secret) {
        return draft.with(DeviceField.CLIENT_SECRET, secret).with(DeviceField.CLIENT_SECRET_EXPIRES, "");
    }

    private static DeviceDraft expiring(DeviceDraft draft, String expires) {
        return draft.with(DeviceField.CLIENT_SECRET_EXPIRES, expires);
    }
}
