package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many there are of something that there is a lot of. */
class CountingTest extends ResourceTest {

    private static final String HISTORIES = "/api/v2/expel_alert_histories";
    private static final String NUMBAT = "Numbat, who has done a lot";

    /** Other tests of the same database do not expect so many. */
    @AfterEach
    void forget() {
        database.sql("delete from alert_history where actor_name = :numbat")
                .param("numbat", NUMBAT)
                .update();
    }

    @Test
    void countsUpToTenThousandBesideAPageAndAllForWhoeverAsksForTheNumberAlone() {
        var device = customer("Numbat", "Numbat seen");
        database.sql("""
                        insert into alert_history (tenant_id, alert_id, at, action, actor_kind, actor_name, revision, value)
                        select :tenant, gen_random_uuid(), now() + n * interval '1 millisecond', 'COMMENTED', 'SYSTEM', :numbat, 1, '{}'
                        from generate_series(1, 10100) n
                        """)
                .param("tenant", device.directory().value())
                .param("numbat", NUMBAT)
                .update();
        var token = token(
                Membership.of(Role.ORGANIZATION_ANALYST, device.organization().id()));

        var page = get(token, with(HISTORIES, "page[limit]", "2"));
        assertThat(page.data()).hasSize(2);
        assertThat(page.total()).isEqualTo(10_001);
        assertThat(page.body()
                        .path("meta")
                        .path("page")
                        .path("total_is_at_least")
                        .asBoolean())
                .isTrue();
        assertThat(page.body().path("links").has("next")).isTrue();
        assertThat(page.body().path("links").has("last")).isFalse();

        var number = get(token, with(HISTORIES, "page[limit]", "0"));
        assertThat(number.total()).isGreaterThanOrEqualTo(10_100);
        assertThat(number.body().path("meta").path("page").has("total_is_at_least"))
                .isFalse();
    }
}
