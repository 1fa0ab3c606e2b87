package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CloudsTest {

    @Test
    void knowsTheBuiltInOnesAndTakesTheGlobalOneWhenNoneIsNamed() {
        var clouds = clouds(Map.of());

        assertThat(clouds.all()).containsExactlyElementsOf(Cloud.BUILT_IN);
        assertThat(clouds.usual()).isEqualTo(Cloud.GLOBAL);
        assertThat(clouds.named(" ")).contains(Cloud.GLOBAL);
        assertThat(clouds.named("GCC-High")).contains(Cloud.GCC_HIGH);
        assertThat(clouds.named("mars")).isEmpty();
    }

    @Test
    void addsConfiguredOnes() {
        var clouds = clouds(Map.of(
                "gatehouse.clouds.lab.authority", "http://127.0.0.1:9081",
                "gatehouse.clouds.lab.graph", "http://127.0.0.1:9082"));

        assertThat(clouds.named("lab"))
                .hasValueSatisfying(lab -> assertThat(lab.graph()).hasToString("http://127.0.0.1:9082"));
    }

    @Test
    void takesTheUsualOneOfTheConfigurationWhenNoneIsNamed() {
        var clouds = clouds(Map.of(
                "gatehouse.clouds.lab.authority", "http://127.0.0.1:9081",
                "gatehouse.clouds.lab.graph", "http://127.0.0.1:9082",
                "gatehouse.usual-cloud", " Lab"));

        assertThat(clouds.usual().name()).isEqualTo("lab");
        assertThat(clouds.named("")).contains(clouds.usual());
        assertThat(clouds.named("global")).contains(Cloud.GLOBAL);
    }

    @Test
    void refusesAUsualOneThatThereIsNot() {
        assertThatThrownBy(() -> clouds(Map.of("gatehouse.usual-cloud", "lab")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(
                        "gatehouse.usual-cloud must be the name of a cloud, but there is none named 'lab'. Known clouds are: global, gcc-high, dod.");
    }

    @Test
    void namesTheSettingThatIsMissing() {
        assertThatThrownBy(() -> clouds(Map.of("gatehouse.clouds.lab.authority", "https://login.example.com")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("gatehouse.clouds.lab.graph is missing");
    }

    @Test
    void refusesPlainHttpToOtherMachines() {
        assertThatThrownBy(() -> clouds(Map.of(
                        "gatehouse.clouds.lab.authority", "http://login.example.com",
                        "gatehouse.clouds.lab.graph", "https://graph.example.com")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("gatehouse.clouds.lab")
                .hasMessageContaining("plain http is allowed on loopback only");
    }

    @Test
    void namesACertificateFileThatIsNone(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("ca.pem"), "hello");

        assertThatThrownBy(() -> clouds(Map.of(
                        "gatehouse.clouds.lab.authority", "https://localhost:9443",
                        "gatehouse.clouds.lab.graph", "https://localhost:9444",
                        "gatehouse.clouds.lab.ca-certificate", file.toString())))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("gatehouse.clouds.lab.ca-certificate")
                .hasMessageContaining(file.toString());
    }

    private static Clouds clouds(Map<String, String> properties) {
        return new Clouds(
                new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("gatehouse", Settings.class));
    }
}
