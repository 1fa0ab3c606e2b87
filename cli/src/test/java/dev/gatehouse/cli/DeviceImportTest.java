package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.WorkbenchClient;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceImportTest {

    private static final String HEADING = "name,location,directory_id,application_id,secret_file\n";
    private static final String SECRET = "Abc8Q~a-value-not-an-id";

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final Stage stage;
    private final Path home;

    DeviceImportTest(@TempDir Path home) {
        this.home = home;
        stage = Stage.with(home, workbench);
    }

    @BeforeEach
    void keepASecretBesideTheFile() throws IOException {
        Files.writeString(home.resolve("a.secret"), SECRET);
    }

    @AfterEach
    void stop() {
        workbench.close();
    }

    @Test
    void connectsHundredsOfTenantsWithAResultForEach() throws IOException {
        var rows = IntStream.rangeClosed(1, 250)
                .mapToObj(i -> row("Tenant " + i, guid(i)))
                .collect(Collectors.joining());

        var outcome = importing(HEADING + rows);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).hasSize(251);
        assertThat(outcome.err()).contains("250 created");
        assertThat(workbench.deviceNames()).hasSize(250);
        assertThat(workbench.requests()).containsExactly("POST /api/v2/security_device_imports");
    }

    @Test
    void goesOnAfterARowThatFailsAndNamesItsFieldAndLine() throws IOException {
        var outcome =
                importing(HEADING + row("Contoso", guid(1)) + row("Fabrikam", "fabrikam") + row("Northwind", guid(3)));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED.number());
        assertThat(outcome.out()).contains("line 3  Fabrikam   failed   directory_id: Directory ID must be a GUID.");
        assertThat(outcome.err()).contains("2 created, 1 failed");
    }

    @Test
    void tellsTheWorkbenchWhenASecretEnds() throws IOException {
        importing("name,location,directory_id,application_id,secret_file,client_secret_expires_at\n"
                + "Contoso,Dublin,%s,%s,a.secret,2028-11-22\n".formatted(guid(1), guid(2)));

        assertThat(workbench.deviceAttribute("Contoso", "client_secret_expires_at"))
                .isEqualTo("2028-11-22");
    }

    @Test
    void saysWhoseATenantIsAndHasWhoeverIsMissingMadeOnlyWhenAsked() throws IOException {
        var file = "name,location,organization,directory_id,application_id,secret_file\n"
                + "Contoso,Dublin,Contoso Ltd,%s,%s,a.secret\n".formatted(guid(1), guid(2));

        importing(file);
        assertThat(workbench.createsOrganizations()).isFalse();

        importing(file.replace(guid(1), guid(3)).replace("Contoso,", "Contoso 2,"), "--create-organizations");
        assertThat(workbench.createsOrganizations()).isTrue();
        assertThat(workbench.deviceAttribute("Contoso 2", "organization")).isEqualTo("Contoso Ltd");
    }

    @Test
    void leavesConnectedTenantsAsTheyAre() throws IOException {
        workbench.hasDevice("Contoso Ireland", guid(1));

        var outcome = importing(HEADING + row("Contoso", guid(1)));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("exists  directory_id: That tenant is connected already.");
        assertThat(workbench.deviceNames()).containsExactly("Contoso Ireland");
    }

    @Test
    void triesATenantThatStandsThereTwiceOnce() throws IOException {
        var outcome = importing(HEADING + row("Contoso", guid(1)) + row("Contoso again", guid(1)));

        assertThat(outcome.out()).contains("failed   directory_id: the same as in line 2.");
        assertThat(workbench.deviceNames()).containsExactly("Contoso");
    }

    @Test
    void addsNothingInADryRun() throws IOException {
        var outcome = importing(
                HEADING
                        + row("Contoso", guid(1))
                        + row("Fabrikam", "fabrikam")
                        + "Northwind,,%s,%s,missing\n".formatted(guid(3), guid(4)),
                "--dry-run");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.SOME_FAILED.number());
        assertThat(outcome.err()).contains("1 ready, 2 failed");
        assertThat(outcome.out()).contains("missing is missing, empty or not readable");
        assertThat(workbench.deviceNames()).isEmpty();
    }

    @Test
    void showsWhatWasDoneWhenTheRoleEndsTheImport() throws IOException {
        workbench.refusesAdditionsFrom(251);
        var rows = IntStream.rangeClosed(1, 600)
                .mapToObj(i -> row("Tenant " + i, guid(i)))
                .collect(Collectors.joining());

        var outcome = importing(HEADING + rows);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(outcome.out().lines()).hasSize(601);
        assertThat(outcome.out()).contains("Not tried, see the end.");
        assertThat(outcome.err())
                .contains("250 created, 350 failed")
                .contains("The role of this token may not add devices.");
    }

    @Test
    void readsJson() throws IOException {
        stage.set("CONTOSO_SECRET", SECRET);
        var file = write("tenants.json", """
                [{"name": "Contoso", "directory_id": "%s", "application_id": "%s", "secret_env": "CONTOSO_SECRET"}]
                """.formatted(guid(1), guid(2)));

        var outcome = stage.run("device", "import", file.toString(), "--json");

        var result = WorkbenchClient.JSON.readTree(outcome.out()).get(0);
        assertThat(result.path("place").asString("")).isEqualTo("entry 1");
        assertThat(result.path("outcome").asString("")).isEqualTo("created");
    }

    @Test
    void readsWhatSpreadsheetsWrite() throws IOException {
        var outcome =
                importing("\ufeffName;Directory ID;Application ID;Secret file\r\n\"Contoso; Inc.\";%s;%s;a.secret\r\n"
                        .formatted(guid(1), guid(2)));

        assertThat(outcome.exitCode()).isZero();
        assertThat(workbench.deviceNames()).containsExactly("Contoso; Inc.");
    }

    @Test
    void passesOverRowsAndColumnsWithoutAnyValue() throws IOException {
        var outcome = importing("name;directory_id;application_id;secret_file;;\n"
                + "Contoso;%s;%s;a.secret;;\n".formatted(guid(1), guid(2)) + ";;;;;\n ; ;;;;\n");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("1 created").doesNotContain("failed");
    }

    @Test
    void readsWhichSeparatorTheFirstLineNames() throws IOException {
        var outcome = importing("sep=|\r\nname|directory_id|application_id|secret_file\r\n"
                + "Contoso|%s|%s|a.secret\r\nFabrikam|x|y|a.secret\r\n".formatted(guid(1), guid(2)));

        assertThat(workbench.deviceNames()).containsExactly("Contoso");
        assertThat(outcome.out()).contains("line 4");
    }

    @Test
    void readsUtf16WithTabsAsSpreadsheetsSaveIt() throws IOException {
        var text = "\ufeffName\tDirectory ID\tApplication ID\tSecret file\r\nMünchen\t%s\t%s\ta.secret\r\n"
                .formatted(guid(1), guid(2));
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            var file = Files.write(home.resolve("unicode.txt"), text.getBytes(charset));
            stage.run("device", "import", file.toString());
        }

        assertThat(workbench.deviceNames()).containsExactly("München");
    }

    @Test
    void namesAnEncodingThatItDoesNotRead() throws IOException {
        var text = "name,directory_id\n";
        var bare = Files.write(home.resolve("bare.csv"), text.getBytes(StandardCharsets.UTF_16LE));
        var wide = Files.write(home.resolve("wide.csv"), ("\ufeff" + text).getBytes(Charset.forName("UTF-32LE")));

        assertThat(stage.run("device", "import", bare.toString()).err())
                .contains("UTF-16 or UTF-32 without a byte order mark");
        assertThat(stage.run("device", "import", wide.toString()).err())
                .contains("It is UTF-32.")
                .contains("CSV UTF-8");
    }

    @Test
    void warnsOfAFileThatHoldsSecretsAndRepeatsNone() throws IOException {
        var outcome = importing("name,directory_id,application_id,client_secret\nContoso,%s,%s,%s\nFabrikam,x,y,%s\n"
                .formatted(guid(1), guid(2), SECRET, SECRET));

        assertThat(outcome.err()).contains("holds client secrets").doesNotContain(SECRET);
        assertThat(outcome.out()).contains("created").doesNotContain(SECRET);
    }

    @Test
    void refusesAHeadingThatMeansNothing() throws IOException {
        var outcome = importing("name,directory,application_id\nContoso,x,y\n");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err())
                .contains("columns that mean nothing here: directory.")
                .contains("directory_id");
    }

    @Test
    void refusesAFileWithoutTenants() throws IOException {
        assertThat(importing(HEADING).err()).contains("There is no tenant in");
        assertThat(importing("").err()).contains("There is no tenant in");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(stage.run("device", "import", "/no/such.csv").err()).contains("/no/such.csv is missing");
    }

    @Test
    void refusesAFileInAnotherEncoding() throws IOException {
        var file = Files.write(home.resolve("latin.csv"), "name\nMünchen\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(stage.run("device", "import", file.toString()).err()).contains("is not UTF-8");
    }

    @Test
    void saysWhereJsonIsBroken() throws IOException {
        var file = write("tenants.json", "[\n{\"name\": }]");

        var outcome = stage.run("device", "import", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(outcome.err()).contains("line 2");
    }

    private Stage.Outcome importing(String text, String... flags) throws IOException {
        var arguments = new String[3 + flags.length];
        arguments[0] = "device";
        arguments[1] = "import";
        arguments[2] = write("tenants.csv", text).toString();
        System.arraycopy(flags, 0, arguments, 3, flags.length);
        return stage.run(arguments);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private static String row(String name, String directoryId) {
        return "%s,Dublin,%s,%s,a.secret%n".formatted(name, directoryId, guid(9000));
    }

    private static String guid(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }
}
