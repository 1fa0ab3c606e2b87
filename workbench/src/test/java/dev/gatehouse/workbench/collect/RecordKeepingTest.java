package dev.gatehouse.workbench.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.RetentionLog;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One vendor incident with two versions, which came on 23 November 2026 at nine and a second later. */
class RecordKeepingTest {

    private final WorkbenchParts parts = new WorkbenchParts()
            .with(MeterRegistry.class, SimpleMeterRegistry::new)
            .with(RetentionPasses.class, RecordKeeping.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private void open() {
        parts.open();
        var tenant = parts.get(DeviceEditing.class)
                .add(Scope.everything(), WorkbenchParts.draft("Contoso"), "x")
                .directory();
        incident(tenant);
    }

    private void incident(TenantId tenant) {
        parts.get(JdbcClient.class)
                .sql("""
                        with version as (
                            insert into vendor_incident_version (tenant_id, id, version, updated_at, first_seen_at, original)
                            select :tenant, '1', v.version, v.at, v.at, ''
                            from (values ('\\x01'::bytea, :at::timestamptz), ('\\x02', :at::timestamptz + interval '1 second'))
                                as v (version, at))
                        insert into vendor_incident (tenant_id, id, display_name, severity, severity_rank, status, classification,
                            determination, redirect_id, assigned_to, created_at, updated_at, version, versions, first_seen_at,
                            last_changed_at, organization_id)
                        select :tenant, '1', '', '', 0, '', '', '', '', '', :at, :at, '\\x02', 2, :at,
                               :at::timestamptz + interval '1 second', organization_id
                        from tenant where tenant_id = :tenant
                        """)
                .param("tenant", tenant.value())
                .param("at", Columns.timestamp(WorkbenchParts.START))
                .update();
    }

    private List<String> keptAfter(Duration time) {
        parts.clock().advance(time);
        parts.get(RecordKeeping.class).run();
        return parts.database()
                .look()
                .sql(
                        "select i.id || ' ' || count(*) from vendor_incident i join vendor_incident_version v using (tenant_id, id)"
                                + " group by i.id")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void removesNothingWithoutASetting() {
        open();

        assertThat(keptAfter(Duration.ofDays(9_000))).containsExactly("1 2");
    }

    @Test
    void removesVendorIncidentsThatHaveNotChangedForSoLong() {
        parts.with("retention.vendor-incidents", "200d");
        open();

        try (var log = RetentionLog.listen()) {
            assertThat(keptAfter(Duration.ofDays(200).plusSeconds(1))).containsExactly("1 2");
            assertThat(keptAfter(Duration.ofSeconds(1))).isEmpty();
            assertThat(log.lines())
                    .containsExactly("Removed vendor incidents 1, versions 2: older than 2026-11-23T09:00:02Z, since"
                            + " retention.vendor-incidents is 200 days");
        }
    }

    @Test
    void removesSupersededVersionsThatCameSoLongAgo() {
        parts.with("retention.versions", "31d");
        open();

        assertThat(keptAfter(Duration.ofDays(31))).containsExactly("1 2");
        assertThat(keptAfter(Duration.ofSeconds(1))).containsExactly("1 1");
        assertThat(keptAfter(Duration.ofDays(9_000))).containsExactly("1 1");
    }
}
