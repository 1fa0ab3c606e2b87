package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Examples.NINE;
import static dev.gatehouse.workbench.records.Examples.alert;
import static dev.gatehouse.workbench.records.Examples.incident;
import static dev.gatehouse.workbench.records.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.Dangling;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.OldRecords.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Vendor incidents and superseded versions that are kept no longer. Each page comes when its records changed. */
class OldRecordsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final OldRecords records = parts.get(OldRecords.class);
    private final SecurityDevice contoso =
            parts.get(DeviceEditing.class).add(Scope.everything(), WorkbenchParts.draft("Contoso"), "x");

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private void receive(Instant at, Feed feed, Collected... received) {
        parts.get(PageTransaction.class)
                .keep(new ReadPage(
                        request(contoso, feed, at),
                        List.of(received),
                        List.of(),
                        List.of(),
                        Optional.of(at),
                        Optional.empty()));
    }

    private void incidents(Instant at, Collected... received) {
        receive(at, Feed.INCIDENTS, received);
    }

    private static String mergedInto(String id) {
        return ",\"status\":\"redirected\",\"redirectIncidentId\":\"%s\"".formatted(id);
    }

    private List<String> rows(String sql) {
        return parts.get(JdbcClient.class)
                .sql(sql)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private List<String> incidents() {
        return rows("select id from vendor_incident order by id");
    }

    private int removeIncidents(Instant before) {
        return records.removeVendorIncidents(before, Place.FIRST, 1_000).records();
    }

    @Test
    void aVendorIncidentGoesWhenItHasNotChangedForLong() {
        incidents(NINE, incident(contoso, "1", NINE), incident(contoso, "2", NINE));
        incidents(NINE.plus(DAY), incident(contoso, "2", NINE.plus(DAY)));

        assertThat(removeIncidents(NINE)).isZero();
        assertThat(removeIncidents(NINE.plusSeconds(1))).isEqualTo(1);

        assertThat(incidents()).containsExactly("2");
        assertThat(rows("select id from vendor_incident_version")).containsExactly("2", "2");
        assertThat(Dangling.rows(parts.get(JdbcClient.class))).isEmpty();
    }

    @Test
    void whatWasMergedStaysAsLongAsWhatItWasMergedInto() {
        incidents(NINE, incident(contoso, "1", NINE, mergedInto("2")), incident(contoso, "2", NINE, mergedInto("3")));
        incidents(NINE.plus(DAY), incident(contoso, "3", NINE.plus(DAY)));

        assertThat(removeIncidents(NINE.plus(DAY))).isZero();
        assertThat(removeIncidents(NINE.plus(DAY).plusSeconds(1))).isEqualTo(3);
    }

    @Test
    void whatOthersWereMergedIntoLatelyStays() {
        incidents(NINE, incident(contoso, "3", NINE));
        incidents(NINE.plus(DAY), incident(contoso, "1", NINE.plus(DAY), mergedInto("3")));

        assertThat(removeIncidents(NINE.plusSeconds(1))).isZero();
        assertThat(parts.get(VendorIncidents.class).missingSurvivors(contoso.directory()))
                .isEmpty();
    }

    @Test
    void whatWasMergedIntoOneThatIsNotHereGoes() {
        incidents(NINE, incident(contoso, "1", NINE, mergedInto("404")));

        assertThat(removeIncidents(NINE.plusSeconds(1))).isEqualTo(1);
        assertThat(parts.get(VendorIncidents.class).missingSurvivors(contoso.directory()))
                .isEmpty();
    }

    @Test
    void portionsGoOnBehindWhatStays() {
        for (var number = 0; number < 5; number++) {
            incidents(
                    NINE.plusSeconds(number),
                    incident(contoso, "m" + number, NINE, number == 1 ? mergedInto("young") : ""));
        }
        incidents(NINE.plus(DAY), incident(contoso, "young", NINE.plus(DAY)));

        var place = Optional.of(Place.FIRST);
        var removed = new ArrayList<Integer>();
        while (place.isPresent()) {
            var portion = records.removeVendorIncidents(NINE.plus(DAY), place.get(), 2);
            removed.add(portion.records());
            place = portion.next();
        }

        assertThat(removed).containsExactly(1, 2, 1);
        assertThat(incidents()).containsExactly("m1", "young");
    }

    private void alertWithThreeVersions() {
        for (var day = 0; day < 3; day++) {
            var at = NINE.plus(DAY.multipliedBy(day));
            receive(at, Feed.ALERTS, alert(contoso, "da1", at, ",\"title\":\"Title %d\"".formatted(day)));
        }
    }

    private List<String> versions() {
        return rows("select first_seen_at::date::text from vendor_alert_version order by first_seen_at");
    }

    @Test
    void aSupersededVersionGoesWhenItCameLongAgo() {
        alertWithThreeVersions();

        assertThat(records.removeVersionsOfVendorAlerts(NINE, Place.FIRST, 1_000)
                        .versions())
                .isZero();
        assertThat(records.removeVersionsOfVendorAlerts(NINE.plusSeconds(1), Place.FIRST, 1_000)
                        .versions())
                .isEqualTo(1);

        assertThat(versions()).containsExactly("2026-11-24", "2026-11-25");
        assertThat(rows("select versions::text from vendor_alert")).containsExactly("2");
    }

    @Test
    void thePresentVersionStaysWithItsOriginalHoweverOldItIs() {
        alertWithThreeVersions();

        var removed = records.removeVersionsOfVendorAlerts(NINE.plus(Duration.ofDays(9_000)), Place.FIRST, 1_000);

        assertThat(removed.versions()).isEqualTo(2);
        assertThat(versions()).containsExactly("2026-11-25");
        assertThat(rows("select versions::text from vendor_alert")).containsExactly("1");
        var found = parts.get(VendorAlerts.class)
                .find(Scope.everything(), contoso.directory(), "da1")
                .orElseThrow();
        assertThat(found.alert().title()).isEqualTo("Title 2");
        assertThat(found.versions()).hasSize(1);
        assertThat(records.removeVersionsOfVendorAlerts(NINE.plus(Duration.ofDays(9_000)), Place.FIRST, 1_000)
                        .next())
                .isEmpty();
    }

    @Test
    void aVersionThatComesAgainIsASupersededOneAgain() {
        alertWithThreeVersions();
        records.removeVersionsOfVendorAlerts(NINE.plus(Duration.ofDays(9)), Place.FIRST, 1_000);

        receive(NINE.plus(Duration.ofDays(9)), Feed.ALERTS, alert(contoso, "da1", NINE, ",\"title\":\"Title 0\""));

        assertThat(rows("select title from vendor_alert")).containsExactly("Title 2");
        assertThat(rows("select versions::text from vendor_alert")).containsExactly("2");
    }

    @Test
    void versionsOfVendorIncidentsGoTheSameWay() {
        incidents(NINE, incident(contoso, "1", NINE));
        incidents(NINE.plus(DAY), incident(contoso, "1", NINE.plus(DAY)));

        assertThat(records.removeVersionsOfVendorIncidents(NINE.plus(DAY), Place.FIRST, 1_000)
                        .versions())
                .isEqualTo(1);

        assertThat(rows("select versions::text from vendor_incident")).containsExactly("1");
        assertThat(parts.get(VendorIncidents.class).find(Scope.everything(), contoso.directory(), "1"))
                .isPresent();
    }
}
