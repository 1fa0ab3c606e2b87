package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.FieldProblem.Weight;
import java.io.IOException;
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

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    @Test
    void addsADeviceAndRemembersWhoDidIt() {
        var draft = WorkbenchParts.draft("Contoso");

        var added = devices.add(draft, "ada@example.com");

        assertThat(devices.find(added.id())).contains(added);
        assertThat(added.directory()).hasToString(draft.text(DeviceField.DIRECTORY_ID));
        assertThat(added.cloud()).isEqualTo("global");
        assertThat(devices.history(added.id())).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("CREATED");
            assertThat(entry.actor()).isEqualTo("ada@example.com");
        });
        assertThat(parts.events(DeviceChanged.class)).contains(new DeviceChanged(added.id()));
    }

    @Test
    void keepsTheSecretOutOfTheDatabaseTheHistoryAndEveryText() {
        var draft = withSecret(WorkbenchParts.draft("Fabrikam"), "Very~Secret~Value");
        var added = devices.add(draft, "tester");
        devices.update(added.id(), withSecret(draft, "Another~Secret~Value"), "tester");

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
        var id = devices.add(draft, "tester").id();

        devices.update(id, withSecret(draft, ""), "tester");

        assertThat(secretOf(id)).isEqualTo(draft.text(DeviceField.CLIENT_SECRET));
        assertThat(devices.history(id)).extracting(HistoryEntry::action).containsExactly("UPDATED", "CREATED");
    }

    @Test
    void replacesTheSecretWhenANewOneIsGiven() {
        var draft = WorkbenchParts.draft("Contoso");
        var id = devices.add(draft, "tester").id();

        devices.update(id, withSecret(draft, "Fresh~1"), "tester");

        assertThat(secretOf(id)).isEqualTo("Fresh~1");
        assertThat(devices.history(id)).extracting(HistoryEntry::action).contains("UPDATED_SECRETS");
    }

    @Test
    void remembersWhenTheSecretEndsAndKeepsTheTimeOfDayWhenAFormSendsTheDayBack() {
        var draft = expiring(WorkbenchParts.draft("Contoso"), "2028-11-22T14:03:05Z");
        var id = devices.add(draft, "tester").id();

        devices.update(id, expiring(withSecret(draft, ""), "2028-11-22"), "tester");
        assertThat(devices.find(id).orElseThrow().credential().expires())
                .contains(Instant.parse("2028-11-22T14:03:05Z"));

        devices.update(id, expiring(withSecret(draft, ""), "2027-01-31"), "tester");
        assertThat(devices.find(id).orElseThrow().credential().expires())
                .contains(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(devices.history(id).getFirst().detail())
                .isEqualTo("Client secret expires changed from '2028-11-22' to '2027-01-31'");

        devices.update(id, withSecret(draft, ""), "tester");
        assertThat(devices.find(id).orElseThrow().credential().expires()).isEmpty();
    }

    @Test
    void saysInTheHistoryWhatChangedInTheWordsOfTheForm() {
        var draft = WorkbenchParts.draft("Contoso");
        var id = devices.add(draft, "tester").id();

        devices.update(
                id,
                withSecret(draft, "")
                        .with(DeviceField.NAME, "Contoso Ltd")
                        .with(DeviceField.CLOUD, "dod")
                        .with(DeviceField.CLIENT_SECRET_EXPIRES, "2027-01-31"),
                "tester");

        assertThat(devices.history(id).getFirst().detail())
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
        var id = devices.add(draft, "tester").id();

        assertThat(devices.check(id, expiring(withSecret(draft, "Fresh~1"), "2028-11-22")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("client_secret_expires_at");
                    assertThat(problem.weight()).isEqualTo(Weight.WARNING);
                    assertThat(problem.message()).contains("the secret that you are replacing");
                });
    }

    @Test
    void refusesADirectoryThatIsConnectedAlreadyAndNamesTheOtherDevice() {
        var draft = WorkbenchParts.draft("Woodgrove");
        devices.add(draft, "tester");

        assertThatThrownBy(() -> devices.add(draft, "tester"))
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
        var first = devices.add(draft, "tester");

        devices.remove(first.id(), "tester");

        assertThat(devices.find(first.id())).isEmpty();
        assertThat(devices.add(draft, "tester").id()).isNotEqualTo(first.id());
        assertThatThrownBy(() -> devices.health(first.id())).isInstanceOf(NoSuchDevice.class);
    }

    @Test
    void saysWhatIsWrongFieldByField() {
        var problems = devices.check(DeviceDraft.empty()
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

        assertThat(devices.check(draft)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("client_secret");
            assertThat(problem.weight()).isEqualTo(Weight.WARNING);
            assertThat(problem.message()).contains("looks like the Secret ID");
        });
    }

    @Test
    void hintsAtSwappedIds() {
        var draft = WorkbenchParts.draft("Contoso");
        devices.add(draft, "tester");

        var directory = draft.text(DeviceField.DIRECTORY_ID);
        var application = draft.text(DeviceField.APPLICATION_ID);
        var swapped = draft.with(DeviceField.DIRECTORY_ID, application).with(DeviceField.APPLICATION_ID, directory);
        var same = draft.with(DeviceField.DIRECTORY_ID, application);

        assertThat(devices.check(swapped))
                .anySatisfy(problem -> assertThat(problem.message()).contains("look swapped"));
        assertThat(devices.check(same)).anyMatch(FieldProblem::isError);
    }

    @Test
    void testsADraftThatCouldNotBeSavedYetAsLongAsItCanConnect() {
        var draft = WorkbenchParts.draft("Contoso");
        devices.add(draft, "tester");
        tested.clear();
        var nameless = draft.with(DeviceField.NAME, "").with(DeviceField.LOCATION, "");

        var checks = devices.test(nameless.with(DeviceField.CLIENT_SECRET, "S~1"));

        assertThat(checks).hasSize(1);
        assertThat(tested).singleElement().satisfies(connection -> assertThat(
                        connection.credential().reveal())
                .isEqualTo("S~1"));
        assertThatThrownBy(() -> devices.test(nameless.with(DeviceField.DIRECTORY_ID, "nonsense")))
                .isInstanceOf(InvalidDevice.class);
    }

    @Test
    void testsAChangeWithTheStoredSecretWhenNoneIsGiven() {
        var draft = WorkbenchParts.draft("Contoso");
        var id = devices.add(draft, "tester").id();
        tested.clear();

        devices.test(id, withSecret(draft, ""));

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
