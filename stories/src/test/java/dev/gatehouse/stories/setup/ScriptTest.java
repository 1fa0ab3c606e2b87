package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.script.Language;
import dev.gatehouse.setup.script.Script;
import dev.gatehouse.simulator.directory.AppManagement;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.stories.setup.SetupStage.SignsInWith;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The script that people read and run by hand makes the same as apply does. Runs where bash, curl, jq and openssl are. */
@ParameterizedClass
@EnumSource
class ScriptTest {

    @TempDir
    private Path folder;

    private final SignsInWith signsInWith;
    private final SetupStage stage;

    ScriptTest(SignsInWith signsInWith) {
        this.signsInWith = signsInWith;
        stage = new SetupStage(signsInWith);
    }

    @BeforeEach
    void signIn() throws Exception {
        stage.signedInAs(DirectoryRole.GLOBAL_ADMINISTRATOR);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theScriptMakesWhatApplyMakesAndMayBeRunAgain() throws Exception {
        assumeThatItsToolsAreThere();
        // Apply and the script both have to see the policy, which refuses the 730 days of the profile.
        stage.customer.appManagement().restrict(AppManagement.Rules.atMost(Duration.ofDays(180)));
        stage.apply();
        var byApply = stage.picture();
        stage.removing().run(Admin.unknown());
        stage.device.forget();

        var printed = run(EnumSet.allOf(Part.class));

        assertThat(printed).contains("this tenant's policy allows 180 days");
        assertThat(stage.picture()).isEqualTo(byApply);
        assertThat(stage.proof().prove(printedConnection(printed))).allMatch(Proof.Check::passed);

        assertThat(run(EnumSet.allOf(Part.class))).doesNotContain("invited", "registered", "granted", "Application (");
        assertThat(stage.picture()).isEqualTo(byApply);
        assertThat(stage.plan(stage.desired()).isEmpty()).isTrue();
    }

    /** What the script tells people to type into the Workbench. */
    private Connection printedConnection(String printed) throws IOException {
        assertThat(printed).contains("Directory (tenant) ID:   " + stage.tenant);
        var application = ApplicationId.parse(after("Application (client) ID: ", printed));
        return new Connection(
                stage.tenant,
                application,
                switch (signsInWith) {
                    case SECRET -> new ClientSecret(after("Client secret Value:     ", printed));
                    case CERTIFICATE -> certificate(Path.of(after("Certificate and key:     ", printed)));
                },
                stage.cloud);
    }

    private static ClientCertificate certificate(Path file) throws IOException {
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        return ClientCertificate.parse(Files.readString(file));
    }

    private static String after(String label, String printed) {
        return printed.lines()
                .filter(line -> line.startsWith(label))
                .findFirst()
                .orElseThrow()
                .substring(label.length());
    }

    @Test
    void onePartAloneIsLeftToTheColleague() throws Exception {
        assumeThatItsToolsAreThere();

        run(EnumSet.of(Part.PARTNER));

        assertThat(stage.customer.partners()).hasSize(1);
        assertThat(stage.apps()).isEmpty();
    }

    private String run(Set<Part> parts) throws IOException, InterruptedException {
        var script = Files.writeString(
                folder.resolve("setup.bash"), Script.of(Language.BASH, stage.desired(), stage.cloud, parts));
        var certificate = Files.writeString(folder.resolve("ca.pem"), stage.simulator.caCertificate());
        var output = folder.resolve("output");
        var builder = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CURL_CA_BUNDLE", certificate.toString());
        var exitCode = builder.start().waitFor();
        var printed = Files.readString(output);
        assertThat(exitCode).as(printed).isZero();
        return printed;
    }

    private static void assumeThatItsToolsAreThere() throws InterruptedException {
        assumeThat(isThere("bash") && isThere("curl") && isThere("jq") && isThere("openssl", "version"))
                .as("bash, curl, jq and openssl are installed")
                .isTrue();
    }

    private static boolean isThere(String program) throws InterruptedException {
        return isThere(program, "--version");
    }

    private static boolean isThere(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
