package dev.gatehouse.workbench.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertParts;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EntityNamesTest {

    private static final List<Set<EntityKind>> GROUPS =
            List.of(Set.of(EntityKind.ACCOUNT, EntityKind.GROUP), Set.of(EntityKind.HOST));

    private final AlertParts parts = new AlertParts(new WorkbenchParts());
    private final SecurityDevice contoso = parts.device("Contoso");

    @BeforeEach
    void receive() {
        parts.receive(contoso, AlertParts.json("a1", AlertParts.RECON, "low", "eve"));
    }

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private void named(String kind, String name, int copies) {
        parts.get(JdbcClient.class)
                .sql("""
                        insert into vendor_alert_entities (tenant_id, alert_id, kinds, names, roles, keys)
                        select :tenant, :kind || :name, array_agg(:kind::text), array_agg(n.name), array_agg('{}'::text),
                               array_agg(entity_key(:tenant, :kind, n.name))
                        from (select :name || case when :copies = 1 then '' else n::text end as name
                              from generate_series(1, :copies) n) n
                        """)
                .param("tenant", contoso.directory().value())
                .param("kind", kind)
                .param("name", name)
                .param("copies", copies)
                .update();
    }

    private List<List<String>> search(Scope scope, String text) {
        return Scoped.within(scope, () -> new EntityNames(parts.get(JdbcClient.class))
                .search(scope, GROUPS, text, 2).stream()
                        .map(group ->
                                group.stream().map(EntityNames.Named::name).toList())
                        .toList());
    }

    @Test
    void findsTheBestOfEachGroupWithTheNameThatIsTheTextFirst() {
        named("account", "old-backup", 1);
        named("group", "backup", 1);
        named("account", "backup-svc", 1);
        named("host", "the-backup-server", 1);

        assertThat(search(Scope.everything(), "BACKUP"))
                .containsExactly(List.of("backup", "backup-svc"), List.of("the-backup-server"));
        assertThat(search(Scope.everything(), "ba")).containsExactly(List.of("backup", "backup-svc"), List.of());
        assertThat(search(Scope.everything(), " ")).containsExactly(List.of(), List.of());
    }

    @Test
    void isNotKeptFromOneKindByVeryManyOfAnother() {
        named("account", "backup-", 2500);
        named("host", "backup-server", 1);

        assertThat(search(Scope.everything(), "backup").get(1)).containsExactly("backup-server");
    }

    @Test
    void findsNothingOfAnotherOrganization() {
        named("account", "backup", 1);

        assertThat(search(Scope.of(contoso.organization().id()), "backup").getFirst())
                .containsExactly("backup");
        assertThat(search(Scope.of(UUID.randomUUID()), "backup").getFirst()).isEmpty();
    }
}
