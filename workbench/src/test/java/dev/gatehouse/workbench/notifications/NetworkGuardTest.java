package dev.gatehouse.workbench.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.platform.settings.Settings;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NetworkGuardTest {

    private static NetworkGuard allowing(String destinations) {
        return new NetworkGuard(new Binder(new MapConfigurationPropertySource(
                        Map.of("gatehouse.notifications.allowed-destinations", destinations)))
                .bindOrCreate("gatehouse", Settings.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2002:0a00:0001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "localhost"
            })
    void refusesTheOwnNetworkHoweverItIsWritten(String host) {
        assertThatThrownBy(() -> allowing("").resolve(host))
                .isInstanceOf(NetworkGuard.Forbidden.class)
                .hasMessageContaining("gatehouse.notifications.allowed-destinations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:2800:21f:cb07::1", "64:ff9b::808:808"})
    void letsOthersThrough(String host) throws UnknownHostException {
        assertThat(allowing("").resolve(host)).hasSize(1);
    }

    @Test
    void letsThroughWhatAnOperatorHasNamed() throws UnknownHostException {
        var guard = allowing("localhost,10.1.2.0/24,fd00::7");

        assertThat(guard.resolve("LOCALHOST")).isNotEmpty();
        assertThat(guard.resolve("10.1.2.200")).hasSize(1);
        assertThat(guard.resolve("fd00::7")).hasSize(1);
        for (var other : new String[] {"127.0.0.1", "10.1.3.1", "fd00::8"}) {
            assertThatThrownBy(() -> guard.resolve(other)).isInstanceOf(NetworkGuard.Forbidden.class);
        }
    }
}
