package dev.gatehouse.workbench.notifications;

import static dev.gatehouse.workbench.notifications.NotificationParts.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.Stage.Status;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** That a change of a device's health is told once, and a device that goes up and down tells little. */
class DeviceHealthNewsTest {

    private final NotificationParts parts = new NotificationParts();
    private final SecurityDevice device = parts.newDevice(parts.acme);
    private final TenantId tenant = device.directory();

    @BeforeEach
    void listen() {
        var webhook = parts.webhook(parts.acme, "Our program", "https://localhost:1/");
        parts.rule(
                webhook.integration(),
                EventName.SECURITY_DEVICE_FIRST_HEALTHY,
                EventName.SECURITY_DEVICE_HEALTHY,
                EventName.SECURITY_DEVICE_UNHEALTHY);
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private static final String PUT = """
            insert into feed (tenant_id, feed, last_poll_at, last_success_at, watermark, checkpoint_moved_at, working_since)
            select :tenant, f, :now, :now, :now, :now, :now
            from unnest(:feeds::text[]) f
            on conflict (tenant_id, feed) do update set last_poll_at = :now, last_success_at = :now, watermark = :now,
                checkpoint_moved_at = :now
            """;

    /** All feeds are answered now; without it, they stall. */
    private void answers() {
        parts.get(JdbcClient.class)
                .sql(PUT)
                .param("tenant", tenant.value())
                .param("feeds", device.kind().feeds().stream().map(Feed::key).toArray(String[]::new))
                .param("now", Columns.timestamp(parts.clock().instant()))
                .update();
    }

    /** A minute passes, and the loop of the tenant looks. */
    private void minutes(int number, boolean isAnswered) {
        for (var minute = 0; minute < number; minute++) {
            parts.clock().advance(Duration.ofMinutes(1));
            if (isAnswered) {
                answers();
            }
            parts.get(DeviceHealthNews.class).look(tenant);
        }
    }

    private List<String> told() {
        return parts.rows("select event_name from notification_event order by at").stream()
                .map(row -> row.replaceAll("[()]|security_device_", ""))
                .toList();
    }

    private Status status() {
        return parts.get(SecurityDevices.class).health(ALL, device.id()).status();
    }

    @Test
    void tellsTheFirstTimeAtOnceAndEachLastingChangeOnce() {
        minutes(3, true);
        assertThat(status()).isEqualTo(Status.HEALTHY);
        assertThat(told()).containsExactly("first_healthy");

        minutes(120, false);
        assertThat(status()).isEqualTo(Status.UNHEALTHY);
        assertThat(told()).containsExactly("first_healthy", "unhealthy");

        minutes(10, true);
        assertThat(status()).isEqualTo(Status.HEALTHY);
        assertThat(told()).containsExactly("first_healthy", "unhealthy");
        minutes(25, true);
        assertThat(told()).containsExactly("first_healthy", "unhealthy", "healthy");
    }

    @Test
    void tellsThatADeviceIsUnhealthyWhenThatHasLastedForFiveMinutes() {
        minutes(3, true);
        while (status() == Status.HEALTHY) {
            minutes(1, false);
        }

        minutes(4, false);
        assertThat(told()).containsExactly("first_healthy");
        minutes(1, false);
        assertThat(told()).containsExactly("first_healthy", "unhealthy");
    }

    @Test
    void aDeviceThatGoesUpAndDownTellsThatItIsDown() {
        minutes(3, true);
        for (var round = 0; round < 10; round++) {
            minutes(60, false);
            assertThat(status()).isEqualTo(Status.UNHEALTHY);
            minutes(10, true);
            assertThat(status()).isEqualTo(Status.HEALTHY);
        }

        assertThat(told()).containsExactly("first_healthy", "unhealthy");
    }

    @Test
    void severalThatLookAtTheSameMomentTellItOnce() {
        minutes(3, true);
        var another = new DeviceHealthNews(
                parts.get(SecurityDevices.class),
                parts.get(Contents.class),
                parts.get(Outbox.class),
                parts.get(DeliverySignal.class),
                parts.get(JdbcClient.class),
                parts.get(Fence.class),
                parts.clock());
        for (var minute = 0; minute < 120; minute++) {
            minutes(1, false);
            another.look(tenant);
        }

        assertThat(told()).containsExactly("first_healthy", "unhealthy");
    }
}
