package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.WorkbenchDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What PostgreSQL itself shows to people's requests: nothing but their scope, whatever a statement asks for. */
@TestInstance(Lifecycle.PER_CLASS)
class RowLevelSecurityTest {

    /** Tables that belong to no organization, and the reason. */
    private static final Map<String, String> OF_NOBODY = Map.of(
            "flyway_schema_history", "people's requests may not even read it",
            "saved_view", "an account's own, whatever organization it looks at; each statement names the account",
            "process", "the processes of the Workbench itself",
            "alert_day_total", "numbers of all organizations together, for those who see them all",
            "record_day_total", "numbers of all organizations together, for those who see them all",
            "alert_rule_day_total", "numbers of all organizations together, for those who see them all");

    private final WorkbenchDatabase database = WorkbenchDatabase.create();
    private final DataSource connections = database.fenced();
    private final Customer acme = addCustomer("ACME");
    private final Customer globex = addCustomer("GLOBEX");

    private record Customer(UUID organization, UUID tenant, UUID device, UUID setup) {

        Scope scope() {
            return Scope.of(organization);
        }
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void everyTableIsUnderItUnlessItBelongsToNobody() {
        var open = database.look().sql("""
                        select relname from pg_class
                        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
                          and not relrowsecurity
                        """).query(String.class).list();

        assertThat(open).containsExactlyInAnyOrderElementsOf(OF_NOBODY.keySet());
    }

    @Test
    void whoBelongsToOneOrganizationCannotReadTheNumbersOfAllTogether() {
        for (var table : List.of("alert_day_total", "record_day_total", "alert_rule_day_total")) {
            assertThatThrownBy(() -> rows(acme.scope(), table)).rootCause().hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsTheRowsOfOneOrganizationOfTwo(String table) {
        var all = rows(Scope.everything(), table);
        var first = rows(acme.scope(), table);
        var second = rows(globex.scope(), table);

        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
        assertThat(all).containsAll(first).containsAll(second);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsNothingToWhoeverHasNotSignedIn(String table) {
        assertThat(rows(Scope.nothing(), table)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void changesAndDeletesNothingOfAnotherOrganization(String table) {
        var before = rows(globex.scope(), table);

        within(acme.scope(), client -> {
            try {
                client.sql("delete from " + table).update();
            } catch (DataAccessException e) {
                // A row of one's own that others refer to.
            }
            return true;
        });

        assertThat(rows(globex.scope(), table)).isEqualTo(before);
        fill(acme);
    }

    @Test
    void peopleMayDrawFromEverySequence() {
        assertThat(database.look()
                        .sql("""
                        select sequencename from pg_sequences
                        where schemaname = current_schema()
                          and not (has_sequence_privilege('gatehouse_people', format('%I', sequencename), 'usage')
                                   and has_sequence_privilege('gatehouse_soc', format('%I', sequencename), 'usage'))
                        """)
                        .query((row, number) -> row.getString("sequencename"))
                        .list())
                .isEmpty();
    }

    @Test
    void takesNoRowThatWouldBelongToAnotherOrganization() {
        assertThatThrownBy(() -> within(acme.scope(), client -> client.sql("""
                                insert into left_out_vendor_alert (tenant_id, id, service_source, first_seen_at)
                                values (:tenant, 'planted', '', now())
                                """)
                        .param("tenant", globex.tenant())
                        .update()))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void givesEachRequestItsOwnScopeThoughTheyShareConnections() {
        for (var round = 0; round < 20; round++) {
            assertThat(rows(acme.scope(), "tenant")).hasSize(1);
            assertThat(rows(globex.scope(), "tenant")).hasSize(1);
            assertThat(rows(Scope.nothing(), "tenant")).isEmpty();
        }
    }

    @Test
    void peopleCannotLiftItForTheirRole() {
        assertThatThrownBy(() ->
                        within(acme.scope(), client -> client.sql("alter table vendor_alert disable row level security")
                                .update()))
                .rootCause()
                .hasMessageContaining("must be owner");
        String role = within(
                acme.scope(),
                client -> client.sql("select current_user").query(String.class).single());
        assertThat(role).isEqualTo("gatehouse_people");
    }

    @Test
    void whatTheWorkbenchDoesByItselfSeesEverything() {
        assertThat(JdbcClient.create(connections)
                        .sql("select count(*) from vendor_alert")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    /** Something that is asked of the database. */
    private interface Question<T> {
        T ask(JdbcClient client);
    }

    private <T> T within(Scope scope, Question<T> question) {
        return Scoped.within(scope, () -> question.ask(JdbcClient.create(connections)));
    }

    List<String> tables() {
        return database.look()
                .sql("""
                        select relname from pg_class
                        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and relrowsecurity
                          and not relispartition -- shows nothing to people but through the whole
                        order by relname
                        """)
                .query((row, number) -> row.getString("relname"))
                .list();
    }

    private List<String> rows(Scope scope, String table) {
        var rows = new ArrayList<String>();
        within(scope, client -> {
            client.sql("select t::text as text from " + table + " t order by 1").query(row -> {
                rows.add(row.getString("text"));
            });
            return true;
        });
        return rows;
    }

    private Customer addCustomer(String shortName) {
        var customer = new Customer(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        database.look()
                .sql("""
                        insert into organization (id, guid, name, short_name, created_at, updated_at)
                        values (:id, :guid, :name, :name, now(), now())
                        """)
                .param("id", customer.organization())
                .param("guid", customer.organization().toString())
                .param("name", shortName)
                .update();
        fill(customer);
        return customer;
    }

    private static final String ROWS = """
            insert into tenant values (:tenant, :organization);
            insert into account (id, email, display_name, password_hash, role, organization_id, created_at)
            values (:row, :row::text, 'Ada', '', 'organization_admin', :organization, now());
            insert into second_factor values (:row, ''::bytea, now(), 0, 0, null);
            insert into recovery_code values (:row, uuid_send(:row), null);
            insert into program_session values (uuid_send(:row), :row, 1, now(), now());
            insert into api_token (id, name, role, organization_id, token_hash, created_at)
            values (:row, 'Export', 'organization_admin', :organization, uuid_send(:row), now());
            insert into security_device (id, kind, name, location, directory_id, application_id, cloud, sealed_secret, created_at,
                                         updated_at)
            values (:device, 'microsoft_defender_for_identity', 'MDI', 'cloud', :tenant, gen_random_uuid(), 'global', '', now(), now());
            insert into security_device_history (device_id, action, detail, actor, at)
            values (:device, 'CREATED', '', 'ada', now());
            insert into feed (tenant_id, feed) values (:tenant, 'alerts');
            insert into lease (tenant_id, epoch, until) values (:tenant, 1, '-infinity');
            insert into rotation (device_id, state, actor, began_at, detail, cure)
            values (:device, 'DONE', 'ada', now(), '', '');
            insert into rotation_journal (tenant_id, journal, saved_at) values (:tenant, '', now());
            insert into console_access values (:tenant, 'active', '', now());
            insert into request_pause (tenant_id, kind, until, refusals, cause, refused_at)
            values (:tenant, 'alerts', now(), 1, '', now());
            insert into tenant_setup (id, name, directory_id, organization, cloud, device_name, location, created_at,
                                      updated_at)
            values (:setup, 'Customer', :tenant, '', 'global', '', '', now(), now());
            insert into tenant_setup_point values (:setup, 'guest', 'open', '', now(), 'ada');
            insert into tenant_setup_history (setup_id, action, detail, actor, at) values (:setup, 'CREATED', '', 'ada', now());
            insert into replay (id, tenant_id, feed, purpose, range_from, range_to, position, state,
                                requested_by, requested_at)
            values (:row, :tenant, 'alerts', 'request', now() - interval '1 day', now(), now(), 'queued', 'ada',
                    now());
            insert into quarantined_window (id, tenant_id, feed, window_from, window_to, attempts, first_at,
                                            last_at, trouble, trouble_cause, trouble_cure)
            values (:row, :tenant, 'alerts', now() - interval '1 day', now(), 1, now(), now(), 'timed_out', '', '');
            insert into reconciliation (tenant_id, feed, hour, state)
            values (:tenant, 'alerts', date_trunc('hour', now()), 'equal');
            insert into poll_window (id, tenant_id, feed, purpose, window_from, window_to, asked, started_at, ended_at,
                                     requests, pages, took_ms, bytes, new_records, new_versions, same, unreadable,
                                     left_out, outcome, request_ids)
            values (:row, :tenant, 'alerts', 'poll', now(), now(), '', now(), now(), 1, 1, 1, 1, 0, 0, 0, 0, 0, 'complete',
                    '{}');
            insert into hunting_query (id, device_id, query, timespan_ms, asked_by, asked_at, took_ms)
            values (:row, :device, '', 1, 'ada', now(), 1);
            insert into vendor_alert (tenant_id, id, provider_id, incident_id, title, severity, severity_rank, status,
                                      classification, determination, category, service_source, detection_source,
                                      detector_id, assigned_to, techniques, kinds, created_at, updated_at, version, versions,
                                      first_seen_at, last_changed_at, organization_id)
            values (:tenant, 'a', '', 'i', 'DCSync', 'high', 4, 'new', '', '', '', '', '', '', '', '{}', '{}', now(), now(),
                    ''::bytea, 1, now(), now(), :organization);
            insert into vendor_alert_version values (:tenant, 'a', ''::bytea, now(), now(), ''::bytea);
            insert into vendor_alert_entities values (:tenant, 'a', '{account}', '{ada}', '{"{}"}', '{1}');
            insert into vendor_incident (tenant_id, id, display_name, severity, severity_rank, status, classification,
                                         determination, redirect_id, assigned_to, created_at, updated_at, version,
                                         versions, first_seen_at, last_changed_at, organization_id)
            values (:tenant, 'i', 'Theft', 'high', 4, 'active', '', '', '', '', now(), now(), ''::bytea, 1, now(), now(),
                    :organization);
            insert into vendor_incident_version values (:tenant, 'i', ''::bytea, now(), now(), ''::bytea);
            insert into hunting_row (tenant_id, feed, version, timestamp, action_type, account_name, account_upn,
                                     device_name, ip_address, target, report_id, first_seen_at, original)
            values (:tenant, 'logon-events', ''::bytea, now(), '', '', '', '', '', '', '', now(), ''::bytea);
            insert into unreadable_record (tenant_id, feed, digest, reason, first_seen_at, last_tried_at, original)
            values (:tenant, 'alerts', ''::bytea, '', now(), now(), ''::bytea);
            insert into left_out_vendor_alert (tenant_id, id, service_source, first_seen_at) values (:tenant, 'x', '', now());
            insert into detection_rule (id, organization_id, yaml) values (:row::text, :organization, '');
            insert into detection_rule_switch (rule_id, organization_id, actor, at, reason)
            values ('default', :organization, 'ada', now(), '');
            insert into detection_rule_history (rule_id, organization_id, action, detail, yaml, actor, at)
            values ('default', :organization, 'Added', '', '', 'ada', now());
            insert into undecided_vendor_alert (tenant_id, id, version, since) values (:tenant, 'a', ''::bytea, now());
            insert into alert (id, tenant_id, organization_id, rule_id, rule_version, name, severity, severity_rank, severity_reason, join_key,
                               status, tactics, techniques, first_activity, last_activity, vendor_alerts, vendor_resolved,
                               created_at, updated_at, last_joined_at, status_changed_at, revision)
            values (:row, :tenant, :organization, 'default', 1, 'DCSync', 'HIGH', 4, '', '', 'OPEN', '{}', '{}', now(), now(), 1, 0, now(), now(),
                    now(), now(), 0);
            insert into alert_name values (:row, :tenant, 'DCSync');
            insert into alert_vendor_alert (tenant_id, vendor_alert_id, alert_id, rule_id, rule_version, reason, severity,
                                            severity_reason, joined_at, version, facts)
            values (:tenant, 'a', :row, 'default', 1, '', 'HIGH', '', now(), ''::bytea, '{}');
            insert into alert_history (tenant_id, alert_id, at, action, actor_kind, actor_name, revision, value)
            values (:tenant, :row, now(), 'CREATED', 'system', 'Gatehouse', 0, '{}');
            insert into suppression (id, organization_id, name, owner_name, reason, condition, includes_severe, starts_at, ends_at,
                                     review_at, comment, state, revision, created_at, created_by, updated_at)
            values (:row, :organization, 'Backup', 'Ada', '', 'true', false, now(), now(), now(), '', 'DRAFT', 0, now(), 'Ada', now());
            insert into suppression_history (suppression_id, organization_id, at, action, actor_kind, actor_name, revision, value)
            values (:row, :organization, now(), 'CREATED', 'user', 'Ada', 0, '{}');
            insert into suppression_dry_run (suppression_id, organization_id, fingerprint, looks_from, looks_to, started_at,
                                             started_by, reached_at, reached_id, looked_at, failed, failure)
            values (:row, :organization, ''::bytea, now(), now(), now(), 'Ada', now(), :row, 0, 0, '');
            insert into suppression_dry_run_alert values (:row, :row, :tenant, 2, now());
            insert into suppression_count values (:row, :tenant, 1, now());
            insert into runbook_due (alert_id, tenant_id, since) values (:row, :tenant, now());
            insert into alert_count values (:tenant, 'OPEN', 4, 1);
            insert into alert_day values (:tenant, current_date, 4, 'OPEN', false, 1);
            insert into record_day values (:tenant, 'alerts', current_date, 1);
            insert into alert_rule_day values (:tenant, current_date, 'default', 1, 1);
            insert into alert_tuning_history (organization_id, at, actor_kind, actor_name, to_hours, to_threshold)
            values (:organization, now(), 'user', 'Ada', 48, 100);
            insert into rule_reread (id, organization_id, rule_id, looks_from, looks_to, state, requested_at, requested_by)
            values (:row, :organization, 'default', now(), now(), 'LOOKED', now(), 'Ada');
            insert into rule_reread_tenant values (:row, :tenant, true, now(), '', 0, 0);
            insert into rule_reread_finding values (:row, :tenant, 'a', :row, now(), 'SEVERITY', 'default', 'default', '', 'LOW', 'HIGH',
                                                    true, null);
            insert into alert_tuning values (:organization, 48, 100);
            insert into context_label (id, organization_id, title, key, reason, revision, created_at, created_by, updated_at,
                                       updated_by)
            values (:row, :organization, 'Servers', 'servers', 'Known', 0, now(), 'Ada', now(), 'Ada');
            insert into context_label_action (id, label_id, organization_id, action_type, rules, severities, place, created_at,
                                              created_by, updated_at, updated_by)
            values (:row, :row, :organization, 'ALERT_ON', '{}', '{}', 1, now(), 'Ada', now(), 'Ada');
            insert into context_value values (:row, :organization, 'hostname', 'srv1', null);
            insert into context_history (subject, subject_id, organization_id, at, action, actor_kind, actor_name, revision, value)
            values ('LABEL', :row, :organization, now(), 'CREATED', 'user', 'Ada', 0, '{}');
            insert into note (id, organization_id, term, key, note, revision, created_at, created_by, updated_at, updated_by)
            values (:row, :organization, 'srv1', 'srv1', 'It backs up.', 0, now(), 'Ada', now(), 'Ada');
            insert into integration (id, organization_id, integration_type, name, url, username, secret, status, test_result, revision,
                                     created_at, created_by, updated_at, updated_by)
            values (:row, :organization, 'webhook', 'Hook', '', '', '', 'UNTESTED', '', 0, now(), 'Ada', now(), 'Ada');
            insert into notification_rule (id, organization_id, name, events, condition_operator, conditionals, destinations,
                                           is_enabled, revision, created_at, created_by, updated_at, updated_by)
            values (:row, :organization, 'Incidents', '{}', 'ALL_OF', '[]', '{}', true, 0, now(), 'Ada', now(), 'Ada');
            insert into notification_history (subject, subject_id, organization_id, at, action, actor_kind, actor_name, revision, value)
            values ('INTEGRATION', :row, :organization, now(), 'CREATED', 'user', 'Ada', 0, '{}');
            insert into notification_event values (:row, :organization, 'incident_created', now(), :row, '', '{}');
            insert into notification_delivery (id, event_id, organization_id, rule_organization_id, rule_id, rule_name, destination,
                                               status, attempts, due_at, created_at, log)
            values (:row, :row, :organization, :organization, :row, 'Incidents', '', 'DELIVERED', 1, now(), now(), '[]');
            insert into device_health_told values (:device, :tenant, 'HEALTHY', true, now(), 'HEALTHY', now());
            insert into alert_flood values (:tenant, 'default', date_trunc('hour', now()), 1);
            insert into investigation_number values (:organization, 1);
            insert into investigation (id, organization_id, number, short_link, title, created_by, created_at, updated_at,
                                       status_changed_at, alerts, revision, search)
            values (:row, :organization, 1, 'ACME-1', 'Theft', 'Ada', now(), now(), now(), 0, 0, '');
            insert into investigation_count values (:organization, false, true, 1);
            insert into investigation_finding (id, organization_id, investigation_id, rank, title, finding, created_by,
                                               created_at, updated_at, revision)
            values (:row, :organization, :row, 1, 'Who?', '', 'Ada', now(), now(), 0);
            insert into investigation_comment (id, organization_id, investigation_id, comment, created_by, created_at,
                                               updated_at, revision)
            values (:row, :organization, :row, 'Hm.', 'Ada', now(), now(), 0);
            insert into timeline_entry (id, organization_id, investigation_id, event_date, event, event_type, source_host,
                                        destination_host, attack_phase, comment, is_selected, created_by, created_at,
                                        updated_at, revision)
            values (:row, :organization, :row, now(), 'Sign-in', '', '', '', '', '', true, 'Ada', now(), now(), 0);
            insert into investigative_action (id, organization_id, investigation_id, action_type, status, title, created_by,
                                              created_at, updated_at, revision)
            values (:row, :organization, :row, 'MANUAL', 'RUNNING', 'Look', 'Ada', now(), now(), 0);
            insert into investigative_action (id, tenant_id, alert_id, action_type, status, title, created_by, created_at,
                                              updated_at, revision)
            values (:setup, :tenant, :row, 'HUNTING', 'RUNNING', 'Look', 'Ada', now(), now(), 0);
            insert into file (id, organization_id, investigation_id, filename, file_type, meta, created_by, created_at, updated_at, revision)
            values (:row, :organization, :row, 'a.txt', '', '{}', 'Ada', now(), now(), 0);
            insert into file (id, tenant_id, alert_id, action_id, filename, file_type, meta, created_by, created_at, updated_at, revision)
            values (:setup, :tenant, :row, :setup, 'a.txt', '', '{}', 'Ada', now(), now(), 0);
            insert into file_chunk values (:row, :row, 0, :organization, null, uuid_send(:row));
            insert into file_chunk values (:setup, :setup, 0, null, :tenant, uuid_send(:setup));
            insert into remediation_action (id, organization_id, investigation_id, action_type, status, title, detail,
                                            comment, created_by, created_at, updated_at, revision)
            values (:row, :organization, :row, 'OTHER_REMEDIATION', 'IN_PROGRESS', 'Wipe', '', '', 'Ada', now(), now(), 0);
            insert into remediation_asset values (:row, :organization, :row, 'HOST', 'WS1', 'OPEN', now(), now());
            insert into investigation_history (organization_id, investigation_id, subject, subject_id, at, action, is_incident,
                                               actor_kind, actor_name, revision, value)
            values (:organization, :row, 'INVESTIGATION', :row, now(), 'CREATED', false, 'user', 'Ada', 0, '{}');
            insert into investigation_history (tenant_id, alert_id, subject, subject_id, at, action, is_incident, actor_kind,
                                               actor_name, revision, value)
            values (:tenant, :row, 'INVESTIGATIVE_ACTION', :setup, now(), 'CREATED', false, 'user', 'Ada', 0, '{}')
            """;

    /** A row in every table; where there is one, it stays. */
    private void fill(Customer customer) {
        Arrays.stream(ROWS.split(";\n", -1)).forEach(statement -> database.look()
                .sql(statement + " on conflict do nothing")
                .param("organization", customer.organization())
                .param("tenant", customer.tenant())
                .param("device", customer.device())
                .param("setup", customer.setup())
                .param("row", customer.device())
                .update());
    }
}
