package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.csdl.Csdl;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SimulatedDefenderTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant LATER = START.plus(Duration.ofMinutes(15));
    private static final TenantPlan CONTOSO =
            TenantPlan.of("Contoso", 7, START, Pace.DEMO).rememberingVersions();

    /** Asked only at {@link #LATER}, so that tests can share it. */
    private static final SimulatedDefender CONTOSO_LATER = World.defender(CONTOSO);

    // The same seed, the same tenant

    @Test
    void showsTheSameRecordsHoweverOftenItIsAsked() {
        var asleep = World.defender(CONTOSO);
        var awake = World.defender(CONTOSO);

        for (var now = START.minusSeconds(5000); now.isBefore(LATER); now = now.plusMillis(4717)) {
            awake.alerts(now);
        }

        assertThat(awake.versions(LATER)).isEqualTo(asleep.versions(LATER)).hasSizeGreaterThan(100);
        assertThat(awake.alerts(LATER)).isEqualTo(asleep.alerts(LATER));
        assertThat(awake.incidents(LATER)).isEqualTo(asleep.incidents(LATER));
        for (var table : Tables.names()) {
            assertThat(awake.table(table, LATER)).isEqualTo(asleep.table(table, LATER));
        }
    }

    @Test
    void showsSomethingElseForAnotherSeed() {
        var other = World.defender(TenantPlan.of("Contoso", 8, START, Pace.DEMO));

        assertThat(ids(other.alerts(START))).doesNotContainAnyElementsOf(ids(contosoAt(START)));
    }

    @Test
    void doesNotGoBackInTime() {
        var defender = World.defender(CONTOSO);
        var later = defender.alerts(LATER);

        assertThat(defender.alerts(START)).isEqualTo(later);
    }

    @Test
    void takesTheTenantIdOfSomebodyElse() {
        var id = "11111111-2222-4333-8444-555555555555";
        var defender = World.defender(CONTOSO.inDirectory(id));

        assertThat(defender.tenantId()).isEqualTo(id);
        assertThat(defender.alerts(START)).allSatisfy(alert -> {
            assertThat(alert.path("tenantId").asString()).isEqualTo(id);
            assertThat(alert.path("alertWebUrl").asString()).endsWith("?tid=" + id);
        });
        assertThat(ids(defender.alerts(START))).isEqualTo(ids(contosoAt(START)));
    }

    // The past

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void beginsWithAMonthOfFinishedAttacks(long seed) {
        var defender = World.defender(TenantPlan.of("Fabrikam", seed, START, Pace.DEMO));

        var alerts = defender.alerts(START);

        assertThat(alerts).hasSizeBetween(40, 80);
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert.path("status").asString()).isEqualTo("resolved");
            assertThat(time(alert, "createdDateTime")).isAfter(START.minus(Duration.ofDays(30)));
        });
        assertThat(defender.incidents(START))
                .extracting(incident -> incident.path("status").asString())
                .containsOnly("resolved", "redirected")
                .contains("redirected");
        assertThat(rows(defender, Tables.LOGONS, START)).hasSizeBetween(1000, 4000);
        assertThat(rows(defender, Tables.QUERIES, START)).hasSizeBetween(300, 2000);
        assertThat(rows(defender, Tables.DIRECTORY, START)).hasSizeBetween(100, 1000);
        assertThat(rows(defender, Tables.ACCOUNTS, START)).hasSizeBetween(200, 400);
    }

    @Test
    void forgetsWhatIsOlderThanThirtyDays() {
        var plan = TenantPlan.of("Contoso", 7, START, Pace.REAL);
        var now = START.plus(Duration.ofDays(45));
        var horizon = now.minus(Duration.ofDays(30)).minus(Duration.ofHours(1));

        var defender = World.defender(plan);

        assertThat(defender.alerts(now)).isNotEmpty().allSatisfy(alert -> assertThat(time(alert, "lastUpdateDateTime"))
                .isAfter(horizon));
        for (var table : Tables.names()) {
            assertThat(rows(defender, table, now)).isNotEmpty().allSatisfy(row -> assertThat(timestamp(row))
                    .isAfter(horizon));
        }
    }

    // The present

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void raisesANewAlertSoonAndThenSteadily(long seed) {
        var defender =
                World.defender(TenantPlan.of("Contoso", seed, START, Pace.DEMO).rememberingVersions());

        var raised = firstShown(defender.versions(LATER)).values().stream()
                .map(Version::shownAt)
                .filter(START::isBefore)
                .sorted()
                .toList();

        assertThat(raised.getFirst()).isBefore(START.plusSeconds(10));
        assertThat(raised).hasSizeBetween(45, 110);
        for (var i = 1; i < raised.size(); i++) {
            assertThat(Duration.between(raised.get(i - 1), raised.get(i))).isLessThan(Duration.ofSeconds(60));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void stealsTheDirectoryWithinAMinuteWhenAsked(long seed) {
        var plan = TenantPlan.of("Contoso", seed, START, Pace.DEMO).openingWithDirectoryTheft();

        var alerts = World.defender(plan).alerts(START.plusSeconds(60));

        assertThat(alerts)
                .anySatisfy(
                        alert -> assertThat(alert.path("detectorId").asString()).isEqualTo("2006"))
                .anySatisfy(alert -> assertThat(time(alert, "createdDateTime")).isAfter(START));
        assertThat(alerts.stream()
                        .filter(alert -> alert.path("detectorId").asString().equals("2006"))
                        .map(alert -> time(alert, "createdDateTime")))
                .anySatisfy(created -> assertThat(created).isAfter(START));
    }

    @Test
    void evidenceGrowsOnAnAlert() {
        var sizes = new HashMap<String, Integer>();
        var grown = new HashSet<String>();
        for (var version : contosoVersions(Version.Kind.ALERT)) {
            var size = version.json().path("evidence").size();
            var before = Optional.ofNullable(sizes.put(version.id(), size)).orElse(size);
            assertThat(size).isGreaterThanOrEqualTo(before);
            if (size > before) {
                grown.add(version.id());
            }
        }
        assertThat(grown).hasSizeGreaterThan(5);
    }

    @Test
    void anAlertIsNewThenInProgressThenResolvedByAnAnalyst() {
        var statuses = new HashMap<String, String>();
        contosoVersions(Version.Kind.ALERT)
                .forEach(version -> statuses.merge(
                        version.id(),
                        version.json().path("status").asString(),
                        (before, now) -> before.endsWith(now) ? before : before + " " + now));

        assertThat(statuses.values()).containsOnly("new", "new inProgress", "new inProgress resolved");
        assertThat(contosoAt(START)).allSatisfy(alert -> {
            assertThat(alert.path("assignedTo").asString()).endsWith("@contoso.com");
            assertThat(alert.path("classification").asString()).isNotEqualTo("unknown");
            assertThat(alert.path("determination").asString()).isNotEqualTo("unknown");
            assertThat(alert.path("comments").size()).isPositive();
            assertThat(alert.path("resolvedDateTime").isString()).isTrue();
        });
    }

    @Test
    void incidentsMerge() {
        var defender = CONTOSO_LATER;
        var incidents = defender.incidents(LATER);
        var byId = new HashMap<String, ObjectNode>();
        incidents.forEach(incident -> byId.put(incident.path("id").asString(), incident));

        var redirected = incidents.stream()
                .filter(incident -> incident.path("status").asString().equals("redirected"))
                .toList();

        assertThat(redirected).isNotEmpty().allSatisfy(loser -> {
            var survivor = byId.get(loser.path("redirectIncidentId").asString());
            assertThat(survivor).isNotNull();
            assertThat(survivor.path("status").asString()).isNotEqualTo("redirected");
            assertThat(defender.alerts(LATER))
                    .noneMatch(alert -> alert.path("incidentId").equals(loser.path("id")));
        });
        assertThat(incidents.stream()
                        .filter(incident -> !incident.path("status").asString().equals("redirected")))
                .allMatch(incident -> incident.path("redirectIncidentId").isNull());
    }

    @Test
    void anAlertThatMovesToAnotherIncidentIsUpdated() {
        var incidentOf = new HashMap<String, String>();
        var moved = new HashSet<String>();
        var lastUpdates = new HashMap<String, Instant>();
        for (var version : contosoVersions(Version.Kind.ALERT)) {
            var incident = version.json().path("incidentId").asString();
            var before = incidentOf.put(version.id(), incident);
            var lastUpdate = lastUpdates.put(version.id(), version.lastUpdateDateTime());
            if (before != null && lastUpdate != null && !before.equals(incident)) {
                moved.add(version.id());
                assertThat(version.lastUpdateDateTime()).isAfter(lastUpdate);
            }
        }
        assertThat(moved).isNotEmpty();
    }

    @Test
    void anIncidentIsAsSevereAsItsWorstAlertAndNamedAfterItsTactics() {
        var severities = List.of("unknown", "informational", "low", "medium", "high");
        var defender = CONTOSO_LATER;

        for (var incident : defender.incidents(LATER)) {
            var worst = defender.alerts(LATER).stream()
                    .filter(alert -> alert.path("incidentId").equals(incident.path("id")))
                    .mapToInt(alert -> severities.indexOf(alert.path("severity").asString()))
                    .max();
            if (worst.isPresent()) {
                assertThat(incident.path("severity").asString()).isEqualTo(severities.get(worst.getAsInt()));
            }
        }
        assertThat(defender.incidents(LATER))
                .extracting(incident -> incident.path("displayName").asString())
                .anyMatch(name -> name.matches("Multi-stage incident involving .+ & .+ on multiple endpoints"))
                .anyMatch(name -> name.endsWith("reported by multiple sources"))
                .anyMatch(name -> name.endsWith("on one endpoint"));
    }

    @Test
    void everyAlertBelongsToAnIncidentThatCanBeRead() {
        var defender = World.defender(CONTOSO);
        for (var now = START; now.isBefore(LATER); now = now.plusSeconds(20)) {
            assertThat(ids(defender.incidents(now)))
                    .containsAll(defender.alerts(now).stream()
                            .map(alert -> alert.path("incidentId").asString())
                            .toList());
        }
    }

    @Test
    void otherProductsSpeakUpInTheSameTenant() {
        assertThat(CONTOSO_LATER.alerts(LATER))
                .extracting(alert -> alert.path("serviceSource").asString())
                .contains(
                        "microsoftDefenderForIdentity",
                        "microsoft365Defender",
                        "microsoftDefenderForEndpoint",
                        "microsoftDefenderForCloudApps");
        assertThat(CONTOSO_LATER.alerts(LATER).stream()
                        .filter(alert -> alert.path("serviceSource").asString().equals("microsoft365Defender"))
                        .map(alert -> alert.path("detectionSource").asString()))
                .containsOnly("microsoftDefenderForIdentity");
    }

    // The small print of Microsoft's times

    @Test
    void lastUpdateGrowsWithEachVersionAndNeverLiesInTheFuture() {
        for (var kind : Version.Kind.values()) {
            var latest = new HashMap<String, Instant>();
            for (var version : contosoVersions(kind)) {
                var before = latest.put(version.id(), version.lastUpdateDateTime());
                assertThat(version.lastUpdateDateTime()).isBeforeOrEqualTo(version.shownAt());
                assertThat(time(version.json(), "lastUpdateDateTime")).isEqualTo(version.lastUpdateDateTime());
                if (before != null) {
                    assertThat(version.lastUpdateDateTime()).isAfter(before);
                }
            }
        }
    }

    @Test
    void someRecordsShowLate() {
        var lateness = contosoVersions(Version.Kind.ALERT).stream()
                .filter(version -> version.shownAt().isAfter(START))
                .map(version -> Duration.between(version.lastUpdateDateTime(), version.shownAt()))
                .sorted()
                .toList();

        assertThat(lateness.getFirst()).isLessThan(Duration.ofSeconds(1));
        assertThat(lateness.getLast()).isBetween(Duration.ofSeconds(20), Duration.ofMinutes(5));
    }

    @Test
    void someRowsShowLate() {
        var defender = World.defender(CONTOSO);
        var seen = new HashSet<Object>(rows(defender, Tables.LOGONS, START).stream()
                .map(row -> row.get("ReportId"))
                .toList());
        var latest = Duration.ZERO;
        for (var now = START.plusSeconds(1); now.isBefore(LATER); now = now.plusSeconds(5)) {
            for (var row : rows(defender, Tables.LOGONS, now)) {
                if (seen.add(row.get("ReportId"))) {
                    var lateness = Duration.between(timestamp(row), now);
                    latest = lateness.compareTo(latest) > 0 ? lateness : latest;
                }
            }
        }
        assertThat(latest).isBetween(Duration.ofSeconds(20), Duration.ofMinutes(5));
    }

    @Test
    void someAlertsShareTheirTimes() {
        var times = CONTOSO_LATER.alerts(LATER).stream()
                .map(alert -> alert.path("lastUpdateDateTime").asString())
                .toList();

        assertThat(new HashSet<>(times)).hasSizeLessThan(times.size());
        assertThat(times).anyMatch(time -> time.matches(".*\\.\\d{7}Z"));
    }

    // The shape of Microsoft's records

    @Test
    void everyVersionOfEveryRecordIsAsTheMetadataSays() {
        var csdl = Csdl.ofGraph();
        var alerts = contosoVersions(Version.Kind.ALERT).stream()
                .<JsonNode>map(Version::json)
                .toList();
        var incidents = contosoVersions(Version.Kind.INCIDENT).stream()
                .<JsonNode>map(Version::json)
                .toList();

        assertThat(csdl.problems(alerts, "microsoft.graph.security.alert")).isEmpty();
        assertThat(csdl.problems(incidents, "microsoft.graph.security.incident"))
                .isEmpty();
    }

    @Test
    void showsEvidenceOfManyKinds() {
        assertThat(CONTOSO_LATER.alerts(LATER).stream()
                        .flatMap(alert -> alert.path("evidence").valueStream())
                        .map(item -> item.path("@odata.type").asString().replaceFirst(".*\\.", "")))
                .contains(
                        "userEvidence",
                        "deviceEvidence",
                        "ipEvidence",
                        "securityGroupEvidence",
                        "activeDirectoryDomainEvidence",
                        "hostLogonSessionEvidence",
                        "cloudLogonSessionEvidence",
                        "cloudApplicationEvidence",
                        "dnsEvidence",
                        "fileEvidence",
                        "processEvidence");
    }

    // Hunting

    @Test
    void everyAlertIsAlsoInTheAlertTables() {
        var defender = CONTOSO_LATER;
        var info = rows(defender, Tables.ALERTS, LATER);
        var evidence = rows(defender, Tables.EVIDENCE, LATER);

        for (var alert : defender.alerts(LATER)) {
            assertThat(info)
                    .filteredOn(row -> alert.path("id").asString().equals(row.get("AlertId")))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.get("Title"))
                                .isEqualTo(alert.path("title").asString());
                        assertThat(timestamp(row)).isEqualTo(time(alert, "createdDateTime"));
                    });
            assertThat(evidence)
                    .filteredOn(row -> alert.path("id").asString().equals(row.get("AlertId")))
                    .hasSameSizeAs(alert.path("evidence"));
        }
    }

    /** What an analyst does first: look for the alert's machines and accounts in the rows of its time. */
    @Test
    void everyIdentityAlertHasRowsOfItsTimeAndItsMachinesOrAccounts() {
        // Rows may show later than the alert that they explain.
        var afterwards = World.defender(CONTOSO);
        var identityRows = Stream.of(Tables.LOGONS, Tables.QUERIES, Tables.DIRECTORY)
                .flatMap(table -> rows(afterwards, table, LATER.plusSeconds(200)).stream())
                .toList();

        assertThat(CONTOSO_LATER.alerts(LATER))
                .filteredOn(alert -> alert.path("detectionSource").asString().equals("microsoftDefenderForIdentity"))
                .isNotEmpty()
                .allSatisfy(alert -> {
                    var names = namesIn(alert);
                    assertThat(identityRows.stream()
                                    .filter(row -> !timestamp(row).isBefore(time(alert, "firstActivityDateTime"))
                                            && !timestamp(row).isAfter(time(alert, "lastActivityDateTime"))))
                            .anyMatch(row -> names.contains(row.get("DeviceName"))
                                    || (names.contains(row.get("IPAddress")) && names.contains(row.get("AccountSid"))));
                });
    }

    @Test
    void aDirectoryTheftIsAReplicationByTheSameAccountFromTheSameMachine() {
        var defender = World.defender(CONTOSO.openingWithDirectoryTheft());
        var replications = rows(defender, Tables.DIRECTORY, LATER).stream()
                .filter(row -> "Directory Services replication".equals(row.get("ActionType")))
                .toList();

        assertThat(defender.alerts(LATER))
                .filteredOn(alert -> alert.path("detectorId").asString().equals("2006"))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(replications).anySatisfy(row -> {
                    assertThat(row.get("AccountSid")).isEqualTo(in(alert, "compromised", "userAccount", "userSid"));
                    assertThat(row.get("AccountObjectId"))
                            .isEqualTo(in(alert, "compromised", "userAccount", "azureAdUserId"));
                    assertThat(row.get("DeviceName")).isEqualTo(in(alert, "source", "deviceDnsName"));
                    assertThat(row.get("IPAddress")).isEqualTo(in(alert, "source", "ipAddress"));
                    assertThat(row.get("DestinationDeviceName")).isEqualTo(in(alert, "destination", "deviceDnsName"));
                    assertThat(row.get("Protocol")).isEqualTo("Drsr");
                    assertThat(timestamp(row))
                            .isBetween(time(alert, "firstActivityDateTime"), time(alert, "lastActivityDateTime"));
                }));
    }

    @Test
    void rowsHaveOnlyTheColumnsOfTheirTableInTheirTypes() {
        var defender = CONTOSO_LATER;
        for (var name : Tables.names()) {
            var types = new HashMap<String, Table.Type>();
            Tables.columns(name).forEach(column -> types.put(column.name(), column.type()));
            assertThat(rows(defender, name, LATER))
                    .allSatisfy(row -> row.forEach((column, value) -> {
                        assertThat(types).containsKey(column);
                        var expected =
                                switch (Objects.requireNonNull(types.get(column), column)) {
                                    case STRING -> String.class;
                                    case DATETIME -> Instant.class;
                                    case INT, LONG -> Long.class;
                                    case BOOL -> Boolean.class;
                                    case DYNAMIC -> JsonNode.class;
                                    case REAL, TIMESPAN -> Void.class;
                                };
                        assertThat(value).as(column).isInstanceOf(expected);
                    }));
        }
    }

    @Test
    void aTenantCanLackATable() {
        var defender = World.defender(CONTOSO.withoutTable("IdentityQueryEvents"));

        assertThat(defender.table("IdentityQueryEvents", START)).isEmpty();
        assertThat(defender.table("IdentityLogonEvents", START)).isPresent();
        assertThat(defender.table("EmailEvents", START)).isEmpty();
    }

    private static List<ObjectNode> contosoAt(Instant now) {
        return World.defender(CONTOSO).alerts(now);
    }

    private static List<Version> contosoVersions(Version.Kind kind) {
        return CONTOSO_LATER.versions(LATER).stream()
                .filter(version -> version.kind() == kind)
                .toList();
    }

    private static Map<String, Version> firstShown(List<Version> versions) {
        var first = new HashMap<String, Version>();
        versions.stream()
                .filter(version -> version.kind() == Version.Kind.ALERT)
                .forEach(version -> first.putIfAbsent(version.id(), version));
        return first;
    }

    private static List<Map<String, Object>> rows(Defender defender, String table, Instant now) {
        return defender.table(table, now).orElseThrow().rows().stream()
                .map(Map::copyOf)
                .toList();
    }

    private static Instant timestamp(Map<String, Object> row) {
        return (Instant) Objects.requireNonNull(row.get("Timestamp"));
    }

    private static List<String> ids(List<ObjectNode> records) {
        return records.stream().map(item -> item.path("id").asString()).toList();
    }

    private static Instant time(ObjectNode json, String property) {
        return Instant.parse(json.path(property).asString());
    }

    /** The names under which the alert's evidence would be found in a row. */
    private static List<String> namesIn(ObjectNode alert) {
        return alert.path("evidence")
                .valueStream()
                .flatMap(item -> Stream.of(
                        item.path("deviceDnsName"),
                        item.path("ipAddress"),
                        item.path("userAccount").path("userSid")))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }

    /** What the first piece of evidence in that role, which has such a property, says. */
    private static Object in(ObjectNode alert, String role, String... path) {
        return alert.path("evidence")
                .valueStream()
                .filter(item -> item.path("roles").toString().contains(role))
                .map(item -> {
                    var value = item;
                    for (var step : path) {
                        value = value.path(step);
                    }
                    return value;
                })
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .findFirst()
                .orElseThrow();
    }
}
