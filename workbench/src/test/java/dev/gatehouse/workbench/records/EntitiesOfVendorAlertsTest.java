package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Examples.NINE;
import static dev.gatehouse.workbench.records.Examples.alert;
import static dev.gatehouse.workbench.records.Examples.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What vendor alerts name: one row for each of them, in which a name is found by its number. */
class EntitiesOfVendorAlertsTest {

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final SecurityDevice contoso =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "x");
    private final JdbcClient database = parts.get(JdbcClient.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso\\svc_sql", "", "Zoë 测试 \uD83D\uDD12", "a\nb", "{\"a\",'b'}", "%_"})
    void theDatabaseMakesTheSameNumberOfAName(String name) {
        assertThat(database.sql("select entity_key(:tenant, 'account', :name)")
                        .param("tenant", contoso.directory().value())
                        .param("name", name)
                        .query(Long.class)
                        .single())
                .isEqualTo(EntityKey.of(contoso.directory(), "account", name));
    }

    /** It stands in rows, which nobody writes anew. */
    @Test
    void theNumberOfANameIsTheSameForEver() {
        var tenant = TenantId.parse("72f988bf-86f1-41af-91ab-2d7cd011db47");

        assertThat(EntityKey.of(tenant, "account", "contoso\\svc_sql")).isEqualTo(-7_256_604_974_103_849_864L);
    }

    @Test
    void areReadRowByRowWithTheirRoles() {
        receive(NINE, "svc_sql", "adm\\\"in, {1}");

        assertThat(database.sql("""
                        select kind, name, array_to_string(roles, '+') as roles from vendor_alert_entity
                        where tenant_id = :tenant and alert_id = 'a' and kind = 'account' order by name
                        """)
                        .param("tenant", contoso.directory().value())
                        .query((row, number) -> List.of(row.getString("name"), row.getString("roles")))
                        .list())
                .containsExactly(
                        List.of("contoso\\adm\\\"in, {1}", "attacker+com,promised"),
                        List.of("contoso\\svc_sql", "attacker+com,promised"));
        assertThat(naming("contoso\\adm\\\"in, {1}", "all")).containsExactly("a");
    }

    @Test
    void areThoseOfTheVersionThatIsCurrent() {
        receive(NINE, "eve");
        receive(NINE.plusSeconds(1), "mallory");

        assertThat(naming("contoso\\mallory", "all")).containsExactly("a");
        assertThat(naming("contoso\\eve", "all")).isEmpty();
        assertThat(column("select name from entity_name where kind = 'account' and name like 'contoso%' order by name"))
                .containsExactly("contoso\\eve", "contoso\\mallory");

        receive(NINE.plusSeconds(2));

        assertThat(naming("contoso\\mallory", "all")).isEmpty();
        assertThat(column("select alert_id from vendor_alert_entities")).isEmpty();
    }

    @Test
    void areNotWrittenAgainWhenTheVersionNamesTheSame() {
        receive(NINE, "eve");
        var before = column("select xmin::text from vendor_alert_entities");

        receive(NINE.plusSeconds(1), "eve");

        assertThat(column("select xmin::text from vendor_alert_entities")).isEqualTo(before);
        assertThat(column("select versions::text from vendor_alert")).containsExactly("2");
    }

    @Test
    void areFoundInTheirScopeAlone() {
        receive(NINE, "eve");
        var owner = contoso.organization().id().toString();

        assertThat(naming("contoso\\eve", owner)).containsExactly("a");
        assertThat(naming("contoso\\eve", UUID.randomUUID().toString())).isEmpty();
        assertThat(naming("contoso\\eve", "")).isEmpty();
        assertThat(counted("contoso\\eve", owner)).containsExactly("1");
        assertThat(counted("contoso\\eve", UUID.randomUUID().toString())).containsExactly("0");
    }

    /** Who can choose two names may find two that have one number. */
    @Test
    void aNameIsNotTakenForOneThatHasTheSameNumber() {
        receive(NINE, "eve");
        database.sql("""
                        update vendor_alert_entities set names = array_replace(names, :eve, :other)
                        """)
                .param("eve", "contoso\\eve")
                .param("other", "contoso\\oscar")
                .update();

        assertThat(naming("contoso\\eve", "all")).isEmpty();
        assertThat(counted("contoso\\eve", "all")).containsExactly("0");
        assertThat(like("%\\\\eve", "all")).isEmpty();
    }

    @Test
    void areFoundByAPartOfTheNameInTheirScopeAlone() {
        receive(NINE, "eve");
        var owner = contoso.organization().id().toString();

        assertThat(like("%SO\\\\EV%", owner)).containsExactly("a");
        assertThat(like("%SO\\\\EV%", UUID.randomUUID().toString())).isEmpty();
    }

    private void receive(Instant updated, String... accounts) {
        var evidence = new StringBuilder();
        for (var account : accounts) {
            evidence.append(evidence.isEmpty() ? "" : ",")
                    .append("""
                    {"@odata.type":"#microsoft.graph.security.userEvidence","roles":["attacker","com,promised"],
                     "userAccount":{"accountName":"%s","domainName":"contoso"}}""".formatted(account.replace("\\", "\\\\").replace("\"", "\\\"")));
        }
        parts.get(PageTransaction.class)
                .keep(delivery(
                        contoso,
                        Feed.ALERTS,
                        updated,
                        alert(contoso, "a", updated, ",\"evidence\":[" + evidence + "]")));
    }

    private List<String> naming(String account, String scope) {
        return within(scope, """
                select f.alert_id from asked cross join lateral vendor_alerts_naming(:tenant, 'account', :wanted, 10 + 0 * length(asked.scope)) f
                """, account);
    }

    private List<String> counted(String account, String scope) {
        return within(
                scope, "select count_vendor_alerts_naming(:tenant, 'account', :wanted, 10)::text from asked", account);
    }

    private List<String> like(String pattern, String scope) {
        return within(scope, """
                select f.id from asked cross join lateral vendor_alerts_like(:wanted, '', 10 + 0 * length(asked.scope)) f
                where f.tenant_id = :tenant
                """, pattern);
    }

    /** What is asked for takes something of the row with the scope, so that it is asked in it. */
    private List<String> within(String scope, String sql, String wanted) {
        return database
                .sql("with asked as materialized (select set_config('gatehouse.scope', :scope, true) as scope) " + sql)
                .param("scope", scope)
                .param("tenant", contoso.directory().value())
                .param("wanted", wanted)
                .query(String.class)
                .list()
                .stream()
                .map(String::valueOf)
                .toList();
    }

    private List<String> column(String sql) {
        return database.sql(sql).query(String.class).list().stream()
                .map(String::valueOf)
                .toList();
    }
}
