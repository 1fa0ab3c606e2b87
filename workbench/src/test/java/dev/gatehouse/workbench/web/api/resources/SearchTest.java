package dev.gatehouse.workbench.web.api.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Role;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looking for a text in a table that is too large to look into each row. */
class SearchTest extends ResourceTest {

    private static final String ALERTS = "/api/v2/vendor_alerts";

    private static String search(String text, int offset, int limit) {
        return with(
                with(with(ALERTS, "flag[search]", text), "page[offset]", Integer.toString(offset)),
                "page[limit]",
                Integer.toString(limit));
    }

    /** As many more of a directory's vendor alerts as are not counted any more. */
    private void multiply(SecurityDevice device) {
        var columns = database.sql("""
                        select column_name from information_schema.columns
                        where table_schema = current_schema() and table_name = 'vendor_alert' and is_generated = 'NEVER'
                        """).query((row, number) -> row.getString(1)).list();
        var copied = columns.stream()
                .map(column -> column.equals("id") ? "id || '-' || n" : column)
                .collect(Collectors.joining(", "));
        database.sql(
                        "insert into vendor_alert (%s) select %s from vendor_alert, generate_series(1, 5001) as s (n) where tenant_id = :tenant"
                                .formatted(String.join(", ", columns), copied))
                .param("tenant", device.directory().value())
                .update();
    }

    /** Other tests of the same database do not expect so many. */
    @AfterEach
    void divide() {
        database.sql("delete from vendor_alert where id ~ '^wombat-0-\\d+$'").update();
    }

    @Test
    void countsWhatIsRare() {
        customer("Quokka", "Quokka seen", "Quokka heard", "Nothing");
        var token = socAdmin();

        var found = get(token, search("quokka", 0, 1));
        assertThat(found.total()).isEqualTo(2);
        assertThat(found.body().path("meta").path("page").has("total_is_at_least"))
                .isFalse();
        assertThat(found.all("vendor_sig_name")).containsExactly("Quokka heard");
        assertThat(get(token, search("quokka", 1, 1)).all("vendor_sig_name")).containsExactly("Quokka seen");
        assertThat(get(token, search("quokka", 0, 0)).total()).isEqualTo(2);
        assertThat(get(token, with(search("quokka", 0, 9), "filter[vendor_severity]", "HIGH"))
                        .all("vendor_sig_name"))
                .containsExactly("Quokka seen");
        assertThat(get(token, search("no such animal", 0, 9)).total()).isZero();
    }

    @Test
    void saysOfWhatIsCommonThatThereIsMore() {
        var device = customer("Wombat", "Wombat seen");
        multiply(device);
        var token = token(
                Membership.of(Role.ORGANIZATION_ANALYST, device.organization().id()));

        var found = get(token, search("wombat", 2_000, 200));
        assertThat(found.data()).hasSize(200);
        assertThat(found.total()).isEqualTo(3_001);
        assertThat(found.body()
                        .path("meta")
                        .path("page")
                        .path("total_is_at_least")
                        .asBoolean())
                .isTrue();
        assertThat(found.body().path("links").has("next")).isTrue();
        assertThat(found.body().path("links").has("last")).isFalse();

        var last = get(token, search("wombat", 5_000, 200));
        assertThat(last.data()).hasSize(2);
        assertThat(last.total()).isEqualTo(5_002);
        assertThat(last.body().path("links").has("next")).isFalse();
    }
}
