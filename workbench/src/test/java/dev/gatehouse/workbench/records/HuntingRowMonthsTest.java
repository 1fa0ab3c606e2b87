package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Examples.NINE;
import static dev.gatehouse.workbench.records.Examples.delivery;
import static dev.gatehouse.workbench.records.Examples.logon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.workbench.WorkbenchDatabase;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The months of hunting rows: from the release before there were any to the last one that is kept. It is 23 November 2026. */
class HuntingRowMonthsTest {

    private static final Duration FOR_GOOD = Duration.ZERO;

    private static final Instant OCTOBER = Instant.parse("2026-10-24T10:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-02T10:00:00Z");
    private static final Instant NEXT_APRIL = Instant.parse("2027-04-30T23:59:59.999Z");

    private final WorkbenchParts parts =
            new WorkbenchParts().with(HuntingRowMonths.class).open();
    private final SecurityDevice contoso =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "tester");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private int store(HuntingRow... rows) {
        return parts.get(PageTransaction.class)
                .keep(delivery(contoso, Feed.LOGON_EVENTS, NINE, rows))
                .taken()
                .newRecords();
    }

    private void keep(Duration kept) {
        parts.get(HuntingRowMonths.class).keep(parts.clock().instant(), kept);
    }

    private List<String> rows() {
        return rows(parts.database());
    }

    /** Where each row is, and whose. */
    private static List<String> rows(WorkbenchDatabase database) {
        return database.look()
                .sql(
                        "select tableoid::regclass || ' ' || account_name from hunting_row order by timestamp, account_name")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<String> months() {
        return parts.database()
                .look()
                .sql("select name from hunting_row_part order by until")
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void makesTheMonthsThatRowsCanComeOfOnceEach() {
        keep(FOR_GOOD);
        keep(FOR_GOOD);

        assertThat(months())
                .containsExactly(
                        "hunting_row_2026_10", "hunting_row_2026_11", "hunting_row_2026_12", "hunting_row_2027_01");
    }

    @Test
    void storesARowInItsMonthOnceWheneverItComes() {
        keep(FOR_GOOD);
        var october = logon(contoso, "alice", OCTOBER);
        var november = logon(contoso, "bob", NOVEMBER);

        assertThat(store(october, november)).isEqualTo(2);
        assertThat(store(november, october)).isZero();
        assertThat(rows()).containsExactly("hunting_row_2026_10 alice", "hunting_row_2026_11 bob");
    }

    @Test
    void storesARowOfAMonthThatNobodyExpectsAndMovesItWhenTheMonthIsMade() {
        keep(FOR_GOOD);
        var strange = logon(contoso, "alice", NEXT_APRIL);
        store(strange);
        assertThat(rows()).containsExactly("hunting_row_other alice");

        parts.clock().advance(Duration.ofDays(90));
        keep(FOR_GOOD);

        assertThat(rows()).containsExactly("hunting_row_2027_04 alice");
        assertThat(store(strange)).isZero();
    }

    @Test
    void dropsAMonthWhenItsLastRowIsKeptNoLonger() {
        keep(Duration.ofDays(31));
        store(logon(contoso, "alice", OCTOBER), logon(contoso, "bob", NOVEMBER), logon(contoso, "eve", Instant.EPOCH));

        parts.clock().advance(Duration.between(NINE, Instant.parse("2026-12-01T23:59:59Z")));
        keep(Duration.ofDays(31));
        assertThat(rows()).containsExactly("hunting_row_2026_10 alice", "hunting_row_2026_11 bob");

        parts.clock().advance(Duration.ofSeconds(1));
        keep(Duration.ofDays(31));
        assertThat(rows()).containsExactly("hunting_row_2026_11 bob");
        assertThat(months()).first().isEqualTo("hunting_row_2026_11");
    }

    @Test
    void keepsAllForGoodWhenToldSo() {
        keep(FOR_GOOD);
        store(logon(contoso, "alice", OCTOBER));

        parts.clock().advance(Duration.ofDays(4_000));
        keep(FOR_GOOD);

        assertThat(rows()).containsExactly("hunting_row_2026_10 alice");
    }

    @Test
    void showsAMonthToNobodyButThroughTheWhole() {
        keep(FOR_GOOD);
        store(logon(contoso, "alice", NOVEMBER));

        assertThat(Scoped.within(Scope.of(contoso.organization().id()), () -> parts.get(JdbcClient.class)
                        .sql("select count(*) from hunting_row_2026_11")
                        .query(Integer.class)
                        .single()))
                .isZero();
        assertThat(Scoped.within(Scope.of(contoso.organization().id()), () -> parts.get(JdbcClient.class)
                        .sql("select count(*) from hunting_row")
                        .query(Integer.class)
                        .single()))
                .isOne();
    }

    @Test
    void takesOverWhatAnEarlierReleaseHasStored() {
        try (var database = WorkbenchDatabase.createAt("53")) {
            database.look().sql("""
                    with tenant as (insert into tenant (tenant_id, organization_id)
                                    select gen_random_uuid(), id from organization limit 1 returning tenant_id)
                    insert into hunting_row (tenant_id, feed, version, timestamp, action_type, account_name, account_upn,
                                             device_name, ip_address, target, report_id, first_seen_at, original)
                    select tenant_id, 'logon-events', sha256(name::bytea), now() + past, '', name, '', '', '', '', '', now(), ''
                    from tenant, (values ('alice', interval '-300 days'), ('bob', '0 days'), ('eve', '300 days')) r (name, past)
                    """).update();

            database.migrate("54");

            assertThat(rows(database))
                    .containsExactly("hunting_row_before alice", "hunting_row_before bob", "hunting_row_other eve");
            assertThat(database.look()
                            .sql("select count(*) from report.hunting_rows")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(3);
        }
    }
}
