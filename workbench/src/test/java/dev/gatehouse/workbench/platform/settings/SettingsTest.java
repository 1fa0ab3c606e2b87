package dev.gatehouse.workbench.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.Feed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @Test
    void pinsTheDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new Settings(
                        "",
                        "",
                        "",
                        new Settings.Database("", "", ""),
                        new Settings.Server("127.0.0.1", 8080, "", List.of("127.0.0.0/8", "::1")),
                        new Settings.Poll(
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(15),
                                new Settings.PageSize(200, 50, 5_000),
                                Duration.ofDays(30),
                                Duration.ofHours(1),
                                Duration.ofHours(24),
                                Duration.ofDays(7),
                                Duration.ofSeconds(1),
                                5,
                                Duration.ofHours(1)),
                        new Settings.Replay(40, 15),
                        new Settings.Budget(50, 40, 10),
                        new Settings.Reconcile(
                                Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7), 10, Duration.ofDays(90)),
                        new Settings.SignIn(Settings.SecondFactor.SOC),
                        new Settings.Rotation(true, Duration.ofDays(30), Duration.ofHours(1), Duration.ofMinutes(1)),
                        new Settings.Alerts(Duration.ofHours(48), 100),
                        new Settings.Files(DataSize.ofMegabytes(25)),
                        new Settings.Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                        new Settings.Notifications(
                                List.of(), "", new Settings.Mail("", 587, "", "", "", Settings.MailSecurity.STARTTLS)),
                        new Settings.Http(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(5),
                                DataSize.ofMegabytes(128),
                                DataSize.ofMegabytes(0),
                                128),
                        new Settings.Lease(Duration.ofSeconds(30)),
                        Map.of(),
                        "global",
                        false));
    }

    @Test
    void pinsTheNames() {
        var settings = bind(Map.ofEntries(
                Map.entry("gatehouse.data-directory", "/srv/gatehouse"),
                Map.entry("gatehouse.secret-key-file", "/etc/gatehouse.key"),
                Map.entry("gatehouse.provider-profile", "/etc/provider.json"),
                Map.entry("gatehouse.database.url", "jdbc:postgresql://db/gatehouse"),
                Map.entry("gatehouse.database.username", "gatehouse"),
                Map.entry("gatehouse.database.password", "hidden"),
                Map.entry("gatehouse.rotation.automatic", "false"),
                Map.entry("gatehouse.rotation.before", "20d"),
                Map.entry("gatehouse.rotation.look-interval", "7m"),
                Map.entry("gatehouse.rotation.old-secret-stays", "9m"),
                Map.entry("gatehouse.server.address", "0.0.0.0"),
                Map.entry("gatehouse.server.port", "8443"),
                Map.entry("gatehouse.server.public-url", "https://SOC.example.com/"),
                Map.entry("gatehouse.server.trusted-proxies", "10.0.0.7, fd00::/8"),
                Map.entry("gatehouse.poll.interval", "1s"),
                Map.entry("gatehouse.poll.hunting-interval", "2s"),
                Map.entry("gatehouse.poll.overlap", "3m"),
                Map.entry("gatehouse.poll.page-size.alerts", "1000"),
                Map.entry("gatehouse.poll.page-size.incidents", "10"),
                Map.entry("gatehouse.poll.page-size.hunting-rows", "100000"),
                Map.entry("gatehouse.poll.first-look-back", "1d"),
                Map.entry("gatehouse.poll.second-look-interval", "2h"),
                Map.entry("gatehouse.poll.second-look-back", "6h"),
                Map.entry("gatehouse.poll.keep-ledger", "1d"),
                Map.entry("gatehouse.poll.smallest-window", "50ms"),
                Map.entry("gatehouse.poll.quarantine-after", "3"),
                Map.entry("gatehouse.poll.quarantine-retry", "10m"),
                Map.entry("gatehouse.replay.requests-per-minute", "100"),
                Map.entry("gatehouse.replay.hunting-requests-per-minute", "30"),
                Map.entry("gatehouse.reconcile.first-after", "5m"),
                Map.entry("gatehouse.reconcile.again-after", "12h"),
                Map.entry("gatehouse.reconcile.catch-up", "2d"),
                Map.entry("gatehouse.reconcile.budget-share", "20"),
                Map.entry("gatehouse.reconcile.keep", "30d"),
                Map.entry("gatehouse.budget.requests-per-minute", "150"),
                Map.entry("gatehouse.budget.hunting-queries-per-minute", "45"),
                Map.entry("gatehouse.budget.hunting-queries-for-people", "5"),
                Map.entry("gatehouse.http.connect-timeout", "1s"),
                Map.entry("gatehouse.http.read-timeout", "2s"),
                Map.entry("gatehouse.sign-in.second-factor", "everybody"),
                Map.entry("gatehouse.alerts.new-device-tuning", "36h"),
                Map.entry("gatehouse.alerts.flood-threshold", "20"),
                Map.entry("gatehouse.files.max-bytes", "3MB"),
                Map.entry("gatehouse.retention.hunting-rows", "400d"),
                Map.entry("gatehouse.retention.alerts", "500d"),
                Map.entry("gatehouse.retention.vendor-incidents", "300d"),
                Map.entry("gatehouse.retention.versions", "60d"),
                Map.entry("gatehouse.notifications.allowed-destinations", "hooks.example.com, 10.1.2.0/24"),
                Map.entry("gatehouse.notifications.ca-certificate", "/etc/receivers.pem"),
                Map.entry("gatehouse.notifications.mail.host", "mail.example.com"),
                Map.entry("gatehouse.notifications.mail.port", "465"),
                Map.entry("gatehouse.notifications.mail.username", "gatehouse"),
                Map.entry("gatehouse.notifications.mail.password", "hidden"),
                Map.entry("gatehouse.notifications.mail.from", "gatehouse@example.com"),
                Map.entry("gatehouse.notifications.mail.security", "tls"),
                Map.entry("gatehouse.http.total-timeout", "3s"),
                Map.entry("gatehouse.http.max-page-bytes", "4MB"),
                Map.entry("gatehouse.http.page-memory", "96MB"),
                Map.entry("gatehouse.http.requests-at-once", "20"),
                Map.entry("gatehouse.lease.duration", "10s"),
                Map.entry("gatehouse.clouds.lab.authority", "https://localhost:9443"),
                Map.entry("gatehouse.clouds.lab.graph", "https://localhost:9444"),
                Map.entry("gatehouse.clouds.lab.ca-certificate", "/etc/ca.pem"),
                Map.entry("gatehouse.usual-cloud", "lab"),
                Map.entry("gatehouse.demo", "true")));

        assertThat(settings)
                .isEqualTo(new Settings(
                        "/srv/gatehouse",
                        "/etc/gatehouse.key",
                        "/etc/provider.json",
                        new Settings.Database("jdbc:postgresql://db/gatehouse", "gatehouse", "hidden"),
                        new Settings.Server(
                                "0.0.0.0", 8443, "https://soc.example.com", List.of("10.0.0.7", "fd00::/8")),
                        new Settings.Poll(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(3),
                                new Settings.PageSize(1_000, 10, 100_000),
                                Duration.ofDays(1),
                                Duration.ofHours(2),
                                Duration.ofHours(6),
                                Duration.ofDays(1),
                                Duration.ofMillis(50),
                                3,
                                Duration.ofMinutes(10)),
                        new Settings.Replay(100, 30),
                        new Settings.Budget(150, 45, 5),
                        new Settings.Reconcile(
                                Duration.ofMinutes(5),
                                Duration.ofHours(12),
                                Duration.ofDays(2),
                                20,
                                Duration.ofDays(30)),
                        new Settings.SignIn(Settings.SecondFactor.EVERYBODY),
                        new Settings.Rotation(false, Duration.ofDays(20), Duration.ofMinutes(7), Duration.ofMinutes(9)),
                        new Settings.Alerts(Duration.ofHours(36), 20),
                        new Settings.Files(DataSize.ofMegabytes(3)),
                        new Settings.Retention(
                                Duration.ofDays(400), Duration.ofDays(500), Duration.ofDays(300), Duration.ofDays(60)),
                        new Settings.Notifications(
                                List.of("hooks.example.com", "10.1.2.0/24"),
                                "/etc/receivers.pem",
                                new Settings.Mail(
                                        "mail.example.com",
                                        465,
                                        "gatehouse",
                                        "hidden",
                                        "gatehouse@example.com",
                                        Settings.MailSecurity.TLS)),
                        new Settings.Http(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                DataSize.ofMegabytes(4),
                                DataSize.ofMegabytes(96),
                                20),
                        new Settings.Lease(Duration.ofSeconds(10)),
                        Map.of(
                                "lab",
                                new Settings.CloudAddresses(
                                        "https://localhost:9443", "https://localhost:9444", "/etc/ca.pem")),
                        "lab",
                        true));
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "poll.interval, 100ms, 'gatehouse.poll.interval must be at least 1s, but was 0.1s'",
        "poll.page-size.incidents, 51, 'gatehouse.poll.page-size.incidents must be between 1 and 50, but was 51'",
        "poll.page-size.alerts, 0, 'gatehouse.poll.page-size.alerts must be between 1 and 1000, but was 0'",
        "retention.hunting-rows, 1d, 'gatehouse.retention.hunting-rows must be 0d, for good, or at least 31d, but was 24h'",
        "retention.alerts, 199d, 'gatehouse.retention.alerts must be 0d, for good, or at least 200d, but was 4776h'",
        "retention.vendor-incidents, 199d, 'gatehouse.retention.vendor-incidents must be 0d, for good, or at least 200d, but was 4776h'",
        "retention.versions, 30d, 'gatehouse.retention.versions must be 0d, for good, or at least 31d, but was 720h'",
        "poll.overlap, -1s, 'gatehouse.poll.overlap must be at least 0s, but was -1s'",
        "poll.second-look-back, 10m, 'gatehouse.poll.second-look-back must be at least 15m, but was 10m'",
        "reconcile.budget-share, 51, 'gatehouse.reconcile.budget-share must be between 1 and 50, but was 51'",
        "reconcile.again-after, 1m, 'gatehouse.reconcile.again-after must be at least 1h, but was 1m'",
        "budget.requests-per-minute, 5, 'gatehouse.budget.requests-per-minute must be between 6 and 10000, but was 5'",
        "budget.hunting-queries-for-people, 40, 'gatehouse.budget.hunting-queries-for-people must be between 0 and 34, but was 40'",
        "server.port, 70000, 'gatehouse.server.port must be between 0 and 65535, but was 70000'",
        "server.trusted-proxies, 10.0.0.0/33, 'gatehouse.server.trusted-proxies must be IP addresses and networks, for example 10.0.0.7,192.168.3.0/24, but one was ''10.0.0.0/33'''",
        "server.trusted-proxies, 10.0.0.0/-1, 'gatehouse.server.trusted-proxies must be IP addresses and networks, for example 10.0.0.7,192.168.3.0/24, but one was ''10.0.0.0/-1'''",
        "server.trusted-proxies, proxy.example.com, 'gatehouse.server.trusted-proxies must be IP addresses and networks, for example 10.0.0.7,192.168.3.0/24, but one was ''proxy.example.com'''",
        "server.trusted-proxies, 0.0.0.0/0, 'gatehouse.server.trusted-proxies must name the proxies: with ''0.0.0.0/0'' everybody could claim any address'",
        "http.max-page-bytes, 10KB, 'gatehouse.http.max-page-bytes must be between 1MB and 1024MB, but was 10240B'",
        "http.page-memory, 1MB, 'gatehouse.http.page-memory must be at least 8MB, or 0MB for a quarter of the heap, but was 1048576B'",
    })
    void refusesWhatMakesNoSense(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of("gatehouse." + name, value)))
                .rootCause()
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soc.example.com",
                "ftp://soc.example.com",
                "https://",
                "https://soc.example.com/gatehouse",
                "https://soc.example.com?x",
                "https://soc.example.com:0",
                "https://soc.example.com:70000",
                "https://ada:hidden@soc.example.com",
                "https://soc example.com"
            })
    void refusesAPublicUrlThatIsNoneAndDoesNotRepeatIt(String url) {
        assertThatThrownBy(() -> bind(Map.of("gatehouse.server.public-url", url)))
                .rootCause()
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(
                        "gatehouse.server.public-url must be the address that people open: https:// or http:// and a host, without a path, for example https://soc.example.com");
    }

    @Test
    void refusesADatabaseThatIsNotPostgres() {
        assertThatThrownBy(() -> bind(Map.of("gatehouse.database.url", "jdbc:h2:mem:x")))
                .rootCause()
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("jdbc:postgresql:");
    }

    @Test
    void pollsHuntingTablesAtTheirOwnPace() {
        var poll = bind(Map.of()).poll();

        assertThat(poll.interval(Feed.ALERTS)).isEqualTo(Duration.ofSeconds(60));
        assertThat(poll.interval(Feed.LOGON_EVENTS)).isEqualTo(Duration.ofMinutes(5));
        assertThat(poll.pageSize().of(Feed.INCIDENTS)).isEqualTo(50);
    }

    private static Settings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("gatehouse", Settings.class);
    }
}
