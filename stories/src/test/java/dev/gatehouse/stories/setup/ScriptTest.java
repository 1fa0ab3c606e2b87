package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.setup.Admin;
import dev.gatehouse.setup.Part;
import dev.gatehouse.setup.script.Language;
import dev.gatehouse.setup.script.Script;
import dev.gatehouse.simulator.directory.DirectoryRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that people read and run by hand makes the same as apply does. Runs where bash, curl and jq are. */
class ScriptTest {

    @TempDir
    private Path folder;

    private final SetupStage stage = new SetupStage();

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
        assumeThat(isThere("bash") && isThere("curl") && isThere("jq"))
                .as("bash, curl and jq are installed")
                .isTrue();
        stage.apply();
        var byApply = stage.picture();
        stage.removing().run(Admin.unknown());

        assertThat(run(EnumSet.allOf(Part.class))).contains("Client secret Value:");
        assertThat(stage.picture()).isEqualTo(byApply);

        assertThat(run(EnumSet.allOf(Part.class))).doesNotContain("invited", "registered", "granted");
        assertThat(stage.picture()).isEqualTo(byApply);
        assertThat(stage.plan(stage.desired()).isEmpty()).isTrue();
    }

    @Test
    void onePartAloneIsLeftToTheColleague() throws Exception {
        assumeThat(isThere("bash") && isThere("curl") && isThere("jq"))
                .as("bash, curl and jq are installed")
                .isTrue();

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
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CURL_CA_BUNDLE", certificate.toString());
        var exitCode = builder.start().waitFor();
        var printed = Files.readString(output);
        assertThat(exitCode).as(printed).isZero();
        return printed;
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
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
