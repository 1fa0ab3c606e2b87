package dev.gatehouse.workbench.alerts;

import static dev.gatehouse.workbench.alerts.AlertParts.DCSYNC;
import static dev.gatehouse.workbench.alerts.AlertParts.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AlertSearchTest {

    private final AlertParts parts = new AlertParts();
    private final JdbcClient database = parts.get(JdbcClient.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private List<String> found(String text) {
        return found(Scope.everything(), text);
    }

    /** As a request of somebody who sees that. */
    private List<String> found(Scope scope, String text) {
        return found(scope, AlertFilter.ALL.withText(text));
    }

    private List<String> found(Scope scope, AlertFilter filter) {
        return Scoped.within(scope, () -> parts.get(Alerts.class)
                        .list(scope, filter, AlertOrder.NEWEST, Optional.empty(), 10))
                .rows()
                .stream()
                .map(alert -> String.join(", ", alert.involved()))
                .toList();
    }

    /** As many newer alerts as are looked at before the index is asked, which have nothing of the text. */
    private void buryUnderOthers() {
        var columns = database.sql("""
                        select column_name from information_schema.columns
                        where table_schema = current_schema() and table_name = 'alert' and is_generated = 'NEVER'
                        """).query((row, number) -> row.getString(1)).list();
        var copied = columns.stream()
                .map(column -> switch (column) {
                    case "id" -> "gen_random_uuid()";
                    case "created_at" -> "created_at + n * interval '1 second'";
                    case "techniques" -> "'{T1110}'";
                    default -> column;
                })
                .toList();
        database.sql("insert into alert (%s) select %s from alert, generate_series(1, 3000) as s (n)"
                        .formatted(String.join(", ", columns), String.join(", ", copied)))
                .update();
        database.sql("update alert set name = 'something else' where created_at > (select min(created_at) from alert)")
                .update();
        database.sql("""
                        insert into alert_name (alert_id, tenant_id, name)
                        select id, tenant_id, name from alert where id not in (select alert_id from alert_name)
                        """).update();
    }

    @Test
    void findsByAPartOfWhatIsInvolved() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"), json("a2", DCSYNC, "high", "eve"));

        assertThat(found("MALL")).containsExactly("contoso\\mallory");
        assertThat(found("nobody")).isEmpty();
    }

    @Test
    void findsWhatIsOlderThanAllThatIsLookedAtFirst() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
        buryUnderOthers();

        assertThat(found("mallory")).containsExactly("contoso\\mallory");
        assertThat(found(Scope.of(contoso.organization().id()), "mallory")).hasSize(1);
        assertThat(found(Scope.of(UUID.randomUUID()), "mallory")).isEmpty();
        assertThat(found("nobody")).isEmpty();
    }

    @Test
    void findsWhatIsOlderByItsNameAndByAnIdAndATitleOfItsVendorAlerts() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("aa-17_1", DCSYNC, "high", "mallory"));
        buryUnderOthers();

        assertThat(found("aa-17_1")).hasSize(1);
        assertThat(found("dcsync att")).hasSize(1);
        assertThat(found(parts.get(Alerts.class)
                        .list(Scope.everything(), AlertFilter.ALL, AlertOrder.OLDEST, Optional.empty(), 1)
                        .rows()
                        .getFirst()
                        .name()))
                .isNotEmpty();
    }

    @Test
    void findsByWhatEachOfItsVendorAlertsNamesAsItIsNow() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"), json("a2", DCSYNC, "high", "mallory"));
        parts.make(
                contoso, json("a2", DCSYNC, "high", "trent").replace("2026-11-23T08:55:00Z", "2026-11-23T08:56:00Z"));

        assertThat(found("mallory")).hasSize(1);
        assertThat(found("TRENT")).hasSize(1);
    }

    @Test
    void findsByTechniqueWhatIsOlderThanAllThatIsLookedAtFirst() {
        var contoso = parts.device("Contoso");
        parts.make(contoso, json("a1", DCSYNC, "high", "mallory"));
        buryUnderOthers();

        var organization = Scope.of(contoso.organization().id());
        assertThat(found(organization, withTechnique("T1003"))).containsExactly("contoso\\mallory");
        assertThat(found(organization, withTechnique("T1003.006"))).hasSize(1);
        assertThat(found(organization, withTechnique("T1003").withText("mallory")))
                .hasSize(1);
        assertThat(found(organization, withTechnique("T1003").withText("something")))
                .isEmpty();
        assertThat(found(organization, withTechnique("T1110"))).hasSize(10);
        assertThat(found(organization, withTechnique("T1110").withText("something else")))
                .hasSize(10);
        assertThat(found(organization, withTechnique("T1558"))).isEmpty();
        assertThat(found(Scope.of(UUID.randomUUID()), withTechnique("T1003"))).isEmpty();
    }

    private static AlertFilter withTechnique(String technique) {
        return AlertFilter.ALL.withTechnique(technique);
    }
}
