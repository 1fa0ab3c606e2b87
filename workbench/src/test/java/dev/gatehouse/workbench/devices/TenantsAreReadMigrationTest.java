package dev.gatehouse.workbench.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.WorkbenchDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What hung on a device in earlier releases belongs to the tenant afterwards, and nothing that was owed is forgotten. */
class TenantsAreReadMigrationTest {

    private static final UUID TENANT = new UUID(0, 1);
    private static final UUID REMOVED = new UUID(0, 2);
    private static final UUID PRESENT = new UUID(0, 3);

    /** A directory whose first device was removed, and that was connected again. Both have read, owed and compared. */
    private static final List<String> BEFORE = List.of(
            "insert into tenant select :tenant, id from organization",
            """
            insert into security_device (id, name, location, directory_id, application_id, cloud, sealed_secret,
                                         created_at, updated_at, deleted_at)
            values (:removed, 'Contoso before', 'cloud', :tenant, gen_random_uuid(), 'global', '',
                    now() - interval '9 days', now(), now() - interval '2 days'),
                   (:present, 'Contoso', 'cloud', :tenant, gen_random_uuid(), 'global', '',
                    now() - interval '1 day', now(), null)
            """,
            """
            insert into feed (device_id, feed, watermark, records)
            values (:removed, 'alerts', '2026-11-01T00:00Z', 7), (:present, 'alerts', '2026-11-20T00:00Z', 9),
                   (:present, 'logon-events', '2026-11-20T00:00Z', 3)
            """,
            "insert into lease (device_id, until) values (:removed, now()), (:present, now())",
            """
            insert into replay (id, device_id, tenant_id, feed, purpose, range_from, range_to, position, state,
                                requested_by, requested_at)
            select gen_random_uuid(), device, :tenant, 'alerts', 'backfill', '2026-10-01T00:00Z', '2026-11-01T00:00Z',
                   '2026-10-01T00:00Z', 'done', 'Gatehouse', now()
            from unnest(array[:removed, :present]) device
            """,
            """
            insert into quarantined_window (id, device_id, tenant_id, feed, window_from, window_to, attempts, first_at,
                                            last_at, trouble, trouble_cause, trouble_cure)
            select gen_random_uuid(), device, :tenant, 'alerts', at, at + interval '1 minute', 1, now(), now(), 'timed_out', '', ''
            from unnest(array[:removed, :present]) device,
                 unnest(array['2026-10-05T00:00Z', '2026-10-06T00:00Z']::timestamptz[]) at
            """,
            """
            insert into quarantined_window (id, device_id, tenant_id, feed, window_from, window_to, attempts, first_at,
                                            last_at, trouble, trouble_cause, trouble_cure)
            values (gen_random_uuid(), :removed, :tenant, 'alerts', '2026-10-07T00:00Z', '2026-10-08T00:00Z', 1, now(),
                    now(), 'timed_out', '', '')
            """,
            """
            insert into reconciliation (device_id, tenant_id, feed, hour, state, checked_at)
            values (:removed, :tenant, 'alerts', '2026-10-05T00:00Z', 'differs', '2026-10-06T00:00Z'),
                   (:present, :tenant, 'alerts', '2026-10-05T00:00Z', 'equal', '2026-11-06T00:00Z')
            """,
            """
            insert into poll_window (id, device_id, feed, purpose, window_from, window_to, asked, started_at, ended_at,
                                     requests, pages, took_ms, bytes, new_records, new_versions, same, unreadable,
                                     left_out, outcome, request_ids)
            select gen_random_uuid(), device, 'alerts', 'poll', now(), now(), '', now(), now(), 1, 1, 1, 1, 0, 0, 0, 0, 0,
                   'complete', '{}'
            from unnest(array[:removed, :present]) device
            """);

    @Test
    void everythingThatWasReadBelongsToTheTenant() {
        try (var database = WorkbenchDatabase.createAt("27")) {
            var look = database.look();
            BEFORE.forEach(statement -> look.sql(statement)
                    .param("tenant", TENANT)
                    .param("removed", REMOVED)
                    .param("present", PRESENT)
                    .update());

            database.migrate("28");

            assertThat(texts(look, "select feed || ' ' || records || ' ' || kinds::text from feed order by feed"))
                    .containsExactly("alerts 9 {microsoft_defender_for_identity}", "logon-events 3 {}");
            assertThat(texts(look, "select distinct kind from security_device"))
                    .containsExactly("microsoft_defender_for_identity");
            assertThat(texts(look, "select window_from::date::text from quarantined_window order by 1"))
                    .containsExactly("2026-10-05", "2026-10-06", "2026-10-07");
            assertThat(texts(look, "select state from reconciliation")).containsExactly("equal");
            assertThat(texts(look, "select purpose from replay order by 1")).containsExactly("backfill", "request");
            assertThat(texts(look, "select device_name from report.poll_windows"))
                    .containsExactly("Contoso", "Contoso");
            assertThat(texts(look, "select tenant_id::text from lease")).isEmpty();
        }
    }

    private static List<String> texts(JdbcClient look, String sql) {
        return look.sql(sql).query((row, number) -> row.getString(1)).list();
    }
}
