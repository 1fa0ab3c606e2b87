package dev.gatehouse.stories.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.SimulatedTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * All versions of a tenant's records, each as {@code id at time}: either those that the pretend cloud has shown, or those
 * that a store has, in which what is stored twice stands twice.
 *
 * @param alerts versions of alerts of Defender for Identity
 * @param incidents versions of incidents
 * @param huntingRows rows of the Identity tables, which have no versions, by their report ids
 */
public record Holdings(List<String> alerts, List<String> incidents, List<String> huntingRows) {

    private static final List<String> TABLES =
            List.of("IdentityLogonEvents", "IdentityQueryEvents", "IdentityDirectoryEvents");

    /** What a tenant has shown until then. */
    public static Holdings shownBy(SimulatedTenant tenant, Instant now) {
        var defender = tenant.defender();
        var rows = TABLES.stream()
                .flatMap(table -> defender.table(table, now).stream())
                .flatMap(table -> table.rows().stream())
                .map(row -> Store.version(
                        String.valueOf(row.get("ReportId")), Instant.parse(String.valueOf(row.get("Timestamp")))));
        return new Holdings(
                versions(defender.alertVersions(now).stream().filter(Holdings::isFromDefenderForIdentity)),
                versions(defender.incidentVersions(now).stream()),
                rows.toList());
    }

    /** What is stored of a tenant. */
    public static Holdings storedOf(SimulatedTenant tenant, Store store) {
        var id = tenant.tenantId();
        return new Holdings(store.alertHistory(id), store.incidentHistory(id), store.huntingRows(id));
    }

    public int size() {
        return Stream.of(alerts, incidents, huntingRows)
                .mapToInt(Collection::size)
                .sum();
    }

    /** Fails unless both have the same, each as often as the other. */
    public void assertSameAs(Holdings others, String description) {
        assertThat(alerts).as("alerts, %s", description).containsExactlyInAnyOrderElementsOf(others.alerts);
        assertThat(incidents).as("incidents, %s", description).containsExactlyInAnyOrderElementsOf(others.incidents);
        assertThat(huntingRows)
                .as("hunting rows, %s", description)
                .containsExactlyInAnyOrderElementsOf(others.huntingRows);
    }

    private static List<String> versions(Stream<ObjectNode> records) {
        return records.map(record -> Store.version(
                        record.path("id").asString(),
                        Instant.parse(record.path("lastUpdateDateTime").asString())))
                .toList();
    }

    private static boolean isFromDefenderForIdentity(ObjectNode alert) {
        return Stream.of("serviceSource", "detectionSource")
                .anyMatch(source -> alert.path(source).asString().equals("microsoftDefenderForIdentity"));
    }
}
