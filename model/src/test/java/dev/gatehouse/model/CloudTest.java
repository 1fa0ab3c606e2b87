package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudTest {

    @ParameterizedTest
    @CsvSource({
        "global,   https://login.microsoftonline.com, https://graph.microsoft.com",
        "gcc-high, https://login.microsoftonline.us,  https://graph.microsoft.us",
        "dod,      https://login.microsoftonline.us,  https://dod-graph.microsoft.us",
    })
    void knowsMicrosoftsCloudsByName(String name, URI authority, URI graph) {
        assertThat(Cloud.BUILT_IN).contains(new Cloud(name, authority, graph, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.microsoft.com/v1.0/security/alerts_v2?$skiptoken=x",
                "https://GRAPH.microsoft.com:443/v1.0/security/incidents",
            })
    void givesItsTokenToItsOwnGraph(String address) {
        assertThat(Cloud.GLOBAL.isGraphAddress(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.microsoft.com.evil.example/v1.0/security/alerts_v2",
                "https://graph.microsoft.us/v1.0/security/alerts_v2",
                "http://graph.microsoft.com/v1.0/security/alerts_v2",
                "https://graph.microsoft.com:8443/v1.0/security/alerts_v2",
                "https://graph.microsoft.com@evil.example/v1.0/security/alerts_v2",
                "/v1.0/security/alerts_v2",
            })
    void keepsItsTokenFromEverybodyElse(String address) {
        assertThat(Cloud.GLOBAL.isGraphAddress(URI.create(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9081", "http://127.0.0.1:9081", "http://127.8.9.10", "http://[::1]:9081"})
    void takesPlainHttpOnLoopback(String address) {
        assertThat(cloudAt(address).graph()).isEqualTo(URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://graph.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1", "ftp://localhost"
            })
    void refusesPlainHttpAnywhereElse(String address) {
        assertThatThrownBy(() -> cloudAt(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https")
                .hasMessageContaining("graph");
    }

    @Test
    void forgivesATrailingSlash() {
        assertThat(cloudAt("https://graph.example.com/").graph()).hasToString("https://graph.example.com");
    }

    private static Cloud cloudAt(String graph) {
        return new Cloud("test", URI.create("https://login.example.com"), URI.create(graph), Optional.empty());
    }
}
