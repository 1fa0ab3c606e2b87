package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.WorkbenchClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceCommandsTest {

    private static final String DIRECTORY = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
    private static final String APPLICATION = "2c5f39cb-3fb2-42e3-994f-1127e4ddb538";
    private static final String SECRET = "Abc8Q~a-value-not-an-id";

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;
    private final Path home;

    DeviceCommandsTest(@TempDir Path home) {
        this.home = home;
        stage = Stage.with(home, workbench);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void addsADeviceWithASecretFromAFile() throws IOException {
        var file = Files.writeString(home.resolve("contoso.secret"), SECRET + "\n");

        var outcome = add("--secret-file", file.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("Added 'Contoso' with the id ");
        assertThat(workbench.deviceNames()).containsExactly("Contoso");
    }

    @Test
    void aFileWithACertificateAndItsKeyIsNoSecret() throws IOException {
        var pem = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nMII";
        var file = Files.writeString(home.resolve("contoso.pem"), pem + "\n");

        assertThat(add("--secret-file", file.toString()).exitCode()).isZero();

        assertThat(workbench.deviceAttribute("Contoso", "client_certificate")).isEqualTo(pem);
        assertThat(workbench.deviceAttribute("Contoso", "client_secret")).isEmpty();
    }

    @Test
    void addsADeviceWithASecretFromTheEnvironment() {
        stage.set("CONTOSO", SECRET);

        assertThat(add("--secret-env", "CONTOSO").exitCode()).isZero();
    }

    @Test
    void asksForTheSecretWhenNothingSaysWhereItIs() {
        stage.answering(SECRET);

        assertThat(add().exitCode()).isZero();
    }

    @Test
    void saysHowToGiveASecretWhenNobodyCanBeAsked() {
        var outcome = add();

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err()).contains("--secret-file").contains("--secret-env");
        assertThat(workbench.deviceNames()).isEmpty();
    }

    @Test
    void refusesASecretAsAnArgumentWithoutRepeatingIt() {
        var outcome = add("--client-secret=" + SECRET);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err()).contains("not taken from the command line").doesNotContain(SECRET);
        assertThat(workbench.requests()).isEmpty();
    }

    @Test
    void namesTheMissingSecretFile() {
        var outcome = add("--secret-file", "/no/such/file");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err()).contains("/no/such/file is missing");
    }

    @Test
    void repeatsWhatTheWorkbenchSaysOfAField() {
        stage.answering(SECRET);

        var outcome = stage.run(
                "device",
                "add",
                "--name",
                "Contoso",
                "--location",
                "Dublin",
                "--directory-id",
                "contoso",
                "--application-id",
                APPLICATION);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err()).isEqualToIgnoringNewLines("gatehouse: directory_id: Directory ID must be a GUID.");
    }

    @Test
    void hasAnExitCodeOfItsOwnForATenantThatIsConnectedAlready() {
        stage.answering(SECRET);
        workbench.hasDevice("Contoso Ireland", DIRECTORY);

        assertThat(add().exitCode()).isEqualTo(ExitCode.ALREADY_EXISTS.number());
    }

    @Test
    void doesNotAddWhatItWasAskedToTestFirstAndWhatDoesNotWork() {
        stage.answering(SECRET);
        workbench.connectionsFail();

        var outcome = add("--test-first");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED.number());
        assertThat(outcome.err()).contains("The permission is missing.");
        assertThat(workbench.deviceNames()).isEmpty();
    }

    @Test
    void takesAnOptionForEachFieldThatIsNoSecret() {
        stage.answering(SECRET);

        assertThat(add("--cloud", "gcc-high", "--secret-expires", "2028-11-22").exitCode())
                .isZero();

        assertThat(workbench.deviceAttribute("Contoso", "cloud")).isEqualTo("gcc-high");
        assertThat(workbench.deviceAttribute("Contoso", "client_secret_expires_at"))
                .isEqualTo("2028-11-22");
        assertThat(stage.run("device", "add", "--help").out())
                .contains("--client-secret-expires", "The Microsoft cloud of the tenant")
                .doesNotContain("--client-certificate");
    }

    @Test
    void asksForWhatEveryDeviceHas() {
        var outcome = stage.run("device", "add", "--name", "Contoso");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err()).contains("--location", "--directory-id=GUID", "--application-id=GUID");
    }

    @Test
    void changesWhatIsGivenAndNothingElse() throws IOException {
        workbench.hasDevice("Contoso", DIRECTORY);
        var file = Files.writeString(home.resolve("fresh.secret"), SECRET);

        var outcome = stage.run("device", "edit", "contoso", "--name", "Contoso Ltd", "--secret-file", file.toString());

        assertThat(outcome.out()).startsWith("Changed 'Contoso Ltd'.");
        assertThat(workbench.deviceAttribute("Contoso Ltd", "client_secret")).isEqualTo(SECRET);
        assertThat(workbench.deviceAttribute("Contoso Ltd", "location")).isEqualTo("Dublin");
        assertThat(stage.run("device", "edit", "Contoso Ltd").err()).contains("Say what to change");
    }

    @Test
    void listsDevicesOfAllPages() {
        workbench.hasDevice("Contoso", DIRECTORY);
        workbench.hasDevice("Fabrikam", APPLICATION);
        workbench.hasDevice("Northwind", "3d604adc-40c3-43f4-8a5f-2238f5eec649");

        var outcome = stage.run("device", "list");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).hasSize(4);
        assertThat(outcome.out())
                .contains("Northwind")
                .contains("2026-11-23 12:00:05")
                .contains("The client secret has expired.");
    }

    @Test
    void printsDevicesAsAnArrayOfFlatObjects() {
        workbench.hasDevice("Contoso", DIRECTORY);

        var json = WorkbenchClient.JSON.readTree(
                stage.run("device", "list", "--json").out());

        assertThat(json).hasSize(1);
        assertThat(json.get(0).path("id").asString("")).hasSize(36);
        assertThat(json.get(0).path("name").asString("")).isEqualTo("Contoso");
    }

    @Test
    void keepsStandardOutputEmptyWhenThereAreNoDevices() {
        var outcome = stage.run("device", "list");

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("There are no devices yet.");
    }

    @Test
    void showsEachFeedWithCauseAndCure() {
        workbench.hasDevice("Contoso", DIRECTORY);

        var outcome = stage.run("device", "show", "contoso");

        assertThat(outcome.out())
                .contains("Directory ID    " + DIRECTORY)
                .contains("alerts  secret_expired")
                .contains("alerts: The client secret has expired. Make a new one.");
    }

    @Test
    void findsADeviceByItsDirectoryId() {
        workbench.hasDevice("Contoso", DIRECTORY);

        assertThat(stage.run("device", "show", DIRECTORY).exitCode()).isZero();
    }

    @Test
    void saysSoWhenThereIsNoSuchDevice() {
        var outcome = stage.run("device", "show", "Contoso");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(outcome.err()).contains("There is no device with the id or name 'Contoso'");
    }

    @Test
    void asksForAnIdWhenANameIsNotEnough() {
        workbench.hasDevice("Contoso", DIRECTORY);
        workbench.hasDevice("CONTOSO", APPLICATION);

        var outcome = stage.run("device", "show", "Contoso");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err()).contains("2 devices are called 'Contoso'");
    }

    @Test
    void printsEveryCheckOfATestWithCauseAndCure() {
        workbench.hasDevice("Contoso", DIRECTORY);
        workbench.connectionsFail();

        var outcome = stage.run("device", "test", "Contoso");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED.number());
        assertThat(outcome.out().lines())
                .containsExactly(
                        "passed   Sign-in",
                        "failed   Permission SecurityAlert.Read.All",
                        "         The permission is missing.",
                        "         An administrator has to grant it.",
                        "         (Forbidden, status 403, request r-1)");
    }

    @Test
    void endsWellWhenEveryCheckPasses() {
        workbench.hasDevice("Contoso", DIRECTORY);

        assertThat(stage.run("device", "test", "Contoso").exitCode()).isZero();
    }

    @Test
    void removesADeviceAfterAYes() {
        workbench.hasDevice("Contoso", DIRECTORY);
        stage.answering("y");

        assertThat(stage.run("device", "remove", "Contoso").exitCode()).isZero();
        assertThat(workbench.deviceNames()).isEmpty();
    }

    @Test
    void keepsADeviceWhenTheAnswerIsAnythingElse() {
        workbench.hasDevice("Contoso", DIRECTORY);
        stage.answering("");

        assertThat(stage.run("device", "remove", "Contoso").exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(workbench.deviceNames()).containsExactly("Contoso");
    }

    @Test
    void wantsYesWhereNobodyCanBeAsked() {
        workbench.hasDevice("Contoso", DIRECTORY);

        assertThat(stage.run("device", "remove", "Contoso").err()).contains("Use --yes");
        assertThat(stage.run("device", "remove", "Contoso", "--yes").exitCode()).isZero();
    }

    @Test
    void takesNoFilesOfArguments() {
        assertThat(stage.run("device", "show", "@home").err()).contains("'@home'");
    }

    private Stage.Outcome add(String... more) {
        return stage.run(Stream.concat(
                        Stream.of(
                                "device",
                                "add",
                                "--name",
                                "Contoso",
                                "--location",
                                "Dublin",
                                "--directory-id",
                                DIRECTORY,
                                "--application-id",
                                APPLICATION),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
