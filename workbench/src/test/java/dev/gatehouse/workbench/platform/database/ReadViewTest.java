package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadViewTest {

    private static final Scope ACME = Scope.of(UUID.fromString("7d9cdd4d-0000-4000-8000-000000000001"));
    private static final String SELECT = "select a.id from alert a where {scope}";

    /** Row-level security holds it again, so that no request would show that this is missing. */
    @Test
    void keepsToTheScope() {
        assertThat(ReadView.ofTenants(SELECT, "a.tenant_id").within(ACME))
                .isEqualTo("select a.id from alert a where " + ACME.tenant("a.tenant_id"));
        assertThat(ReadView.ofOrganizations(SELECT, "a.organization_id").within(ACME))
                .isEqualTo("select a.id from alert a where a.organization_id = :scope::uuid");
        assertThat(ReadView.ofDevices(SELECT, "a.device_id").within(ACME))
                .isEqualTo("select a.id from alert a where " + ACME.device("a.device_id"));
        assertThat(ReadView.ofEither(SELECT, "a.organization_id", "a.tenant_id").within(ACME))
                .isEqualTo("select a.id from alert a where (a.organization_id = :scope::uuid or %s)"
                        .formatted(ACME.tenant("a.tenant_id")));
    }

    @Test
    void showsAllOrNothingWhereThatIsTheScope() {
        for (var view : List.of(
                ReadView.ofTenants(SELECT, "a.tenant_id"),
                ReadView.ofOrganizations(SELECT, "a.organization_id"),
                ReadView.ofDevices(SELECT, "a.device_id"))) {
            assertThat(view.within(Scope.everything())).endsWith("where true");
            assertThat(view.within(Scope.nothing())).endsWith("where false");
        }
    }

    @Test
    void refusesASelectThatWouldShowAll() {
        assertThatThrownBy(() -> ReadView.ofTenants("select a.id from alert a", "a.tenant_id"))
                .hasMessageContaining("no place for the scope");
    }
}
