package dev.gatehouse.workbench.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.workbench.alerts.Alerts.Similar;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alerts that share accounts, hosts or addresses. */
class SimilarAlertsTest {

    private static final String HOST = """
            ,"evidence":[{"@odata.type":"#microsoft.graph.security.userEvidence",
                          "userAccount":{"accountName":"mallory","domainName":"contoso"}},
                         {"@odata.type":"#microsoft.graph.security.deviceEvidence","deviceDnsName":"dc1.contoso.com"}]""";

    private final AlertParts parts = new AlertParts();
    private final SecurityDevice contoso = parts.device("Contoso");
    private final SecurityDevice fabrikam = parts.device("Fabrikam");

    @BeforeEach
    void make() {
        parts.make(
                contoso,
                AlertParts.json("a1", "First", "high", "mallory", HOST),
                AlertParts.json("a2", "Second", "high", "mallory"),
                AlertParts.json("a3", "Third", "high", "mallory", HOST),
                AlertParts.json("a4", "Fourth", "high", "ada"));
        parts.make(fabrikam, AlertParts.json("f1", "First", "high", "mallory", HOST));
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void areThoseOfTheDirectoryThatShareMostFirst() {
        assertThat(similar(Scope.everything(), "First"))
                .extracting(found -> found.alert().name(), Similar::shared)
                .containsExactly(
                        tuple("Third", List.of("contoso\\mallory", "dc1.contoso.com")),
                        tuple("Second", List.of("contoso\\mallory")));
        assertThat(similar(Scope.everything(), "Fourth")).isEmpty();
    }

    @Test
    void areNotTakenForThoseWithAnotherNameOfTheSameNumber() {
        parts.get(JdbcClient.class)
                .sql(
                        "update vendor_alert_entities set names = array_replace(names, :mallory, :other) where alert_id = 'a2'")
                .param("mallory", "contoso\\mallory")
                .param("other", "contoso\\oscar")
                .update();

        assertThat(similar(Scope.everything(), "First"))
                .extracting(found -> found.alert().name())
                .containsExactly("Third");
    }

    @Test
    void areFoundInTheirScopeAlone() {
        assertThat(naming("contoso\\mallory", contoso.organization().id().toString()))
                .hasSize(3);
        assertThat(naming("contoso\\mallory", UUID.randomUUID().toString())).isEmpty();
        assertThat(naming("contoso\\mallory", "")).isEmpty();
    }

    private List<Similar> similar(Scope scope, String name) {
        var alert = parts.alerts().stream()
                .filter(one -> one.name().equals(name) && one.tenant().equals(contoso.directory()))
                .findFirst()
                .orElseThrow();
        return parts.get(Alerts.class).sharing(scope, alert, 10);
    }

    private List<UUID> naming(String account, String scope) {
        return parts.get(JdbcClient.class)
                .sql("""
                        with asked as materialized (select set_config('gatehouse.scope', :scope, true) as scope)
                        select f.alert_id
                        from asked
                        cross join lateral alerts_naming(:tenant, 'account', :account, gen_random_uuid(),
                                                         10 + 0 * length(asked.scope)) f
                        """)
                .param("scope", scope)
                .param("tenant", contoso.directory().value())
                .param("account", account)
                .query((row, number) -> row.getObject("alert_id", UUID.class))
                .list();
    }
}
