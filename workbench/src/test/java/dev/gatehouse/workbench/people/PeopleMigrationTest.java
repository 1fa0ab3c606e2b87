package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.WorkbenchDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;

/** What becomes of the accounts and tokens of an earlier release, and what the database itself refuses. */
class PeopleMigrationTest {

    @Test
    void whoeverSawEverythingGoesOnToSeeEverything() {
        try (var database = WorkbenchDatabase.createAt("25")) {
            database.look().sql("""
                            insert into account (id, email, display_name, password_hash, role, created_at)
                            values (gen_random_uuid(), 'ada@example.com', 'Ada', 'hash', 'organization_admin', now()),
                                   (gen_random_uuid(), 'ben@example.com', 'Ben', 'hash', 'organization_analyst', now())
                            """).update();
            database.look().sql("""
                            insert into api_token (id, name, role, token_hash, created_at)
                            values (gen_random_uuid(), 'admin', 'organization_admin', '1', now()),
                                   (gen_random_uuid(), 'analyst', 'organization_analyst', '2', now())
                            """).update();

            database.migrate("26");

            assertThat(rows(database, "select email || ' ' || role from account where organization_id is null"))
                    .containsExactlyInAnyOrder("ada@example.com soc_admin", "ben@example.com soc_analyst");
            assertThat(rows(database, "select name || ' ' || role from api_token where organization_id is null"))
                    .containsExactlyInAnyOrder("admin soc_admin", "analyst soc_analyst");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "soc_admin, true",
        "soc_analyst, true",
        "organization_admin, false",
        "organization_analyst, false",
        "janitor, false",
        "janitor, true"
    })
    void theDatabaseTakesNoRoleInTheWrongPlace(String role, boolean atOrganization) {
        try (var database = WorkbenchDatabase.create()) {
            for (var table : new String[] {
                "account (id, email, display_name, password_hash, role, organization_id, created_at) select gen_random_uuid(), 'a', 'a', 'a'",
                "api_token (id, name, token_hash, role, organization_id, created_at) select gen_random_uuid(), 'a', 'a'"
            }) {
                var insert = database.look()
                        .sql("insert into %s, '%s', %s, now() from organization"
                                .formatted(table, role, atOrganization ? "id" : "null"));
                assertThatThrownBy(insert::update).isInstanceOf(DataIntegrityViolationException.class);
            }
        }
    }

    private static List<String> rows(WorkbenchDatabase database, String question) {
        return database.look()
                .sql(question)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
