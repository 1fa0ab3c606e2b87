package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Rules of customers and of the provider, typed and in files, on a real database. */
@TestInstance(Lifecycle.PER_CLASS)
class RulesTest {

    private static final String ADA = "ada";

    private final WorkbenchParts parts = new WorkbenchParts()
            .with(ExampleReader.class, VendorAlertExamples::reader)
            .with(RuleReader.class, RuleTable.class, RuleFolder.class, Rules.class, RuleEditing.class)
            .open();
    private final Rules rules = parts.get(Rules.class);
    private final RuleEditing editing = parts.get(RuleEditing.class);
    private final UUID acme = organization("ACME");
    private final UUID globex = organization("GLOBEX");
    private final Path folder = parts.folder().resolve("rules");
    private int written;

    private UUID organization(String shortName) {
        return parts.get(Organizations.class)
                .add(new OrganizationDraft(shortName + " Ltd", shortName, "", "", ""))
                .id();
    }

    @BeforeEach
    void empty() throws IOException {
        parts.database().look().sql("delete from detection_rule").update();
        parts.database().look().sql("delete from detection_rule_switch").update();
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        // What is written to the tables by hand has no line of history.
        parts.database().look().sql("""
                insert into detection_rule_history (rule_id, action, detail, yaml, actor, at)
                values ('default', 'Emptied', '', '', 'test', now())
                """).update();
        rules.refresh();
    }

    @AfterAll
    void close() throws IOException {
        parts.close();
    }

    /** A rule that takes the DCSync attacks that shipped rules take, too. */
    private static String dcSync(String id, int version, String name) {
        return """
                id: %s
                version: %d
                name: %s
                description: A rule of one's own about DCSync.
                condition: alert.detector_id == "2006"
                severity: {fidelity: low, impact: low, vendor: high}
                join: {by: none}
                attack: {tactics: [], techniques: []}
                examples:
                  match: [{detectorId: "2006"}]
                  no_match: [{detectorId: "2007"}]
                """.formatted(id, version, name);
    }

    private Decision decide(UUID organization) {
        return rules.decide(
                VendorAlertExamples.subjectOf(organization, VendorAlertExamples.alert("'detectorId':'2006'")));
    }

    private RuleId taker(UUID organization) {
        return decide(organization).rule();
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(folder.resolve(name), yaml);
        // Two writes within the resolution of the file system's clock, of the same length, would look the same.
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.EPOCH.plusSeconds(++written)));
        rules.refresh();
    }

    private static final RuleId SHIPPED = new RuleId("suspected-dcsync-attack");

    @Test
    void triesTheCustomersThenTheProvidersThenTheShippedOnes() throws Exception {
        assertThat(taker(acme)).isEqualTo(SHIPPED);

        editing.add(Scope.everything(), dcSync("ours", 1, "Ours"), ADA);
        assertThat(taker(acme)).isEqualTo(new RuleId("ours"));

        editing.add(Scope.of(acme), dcSync("acme-own", 1, "Acme's"), ADA);
        assertThat(taker(acme)).isEqualTo(new RuleId("acme-own"));
        assertThat(taker(globex)).isEqualTo(new RuleId("ours"));
    }

    @Test
    void saysWhatItDecidedAndWhy() {
        var decision = decide(acme);

        assertThat(decision.ruleName()).contains("DCSync");
        assertThat(decision.severity()).isEqualTo(AlertSeverity.HIGH);
        assertThat(decision.severityReason())
                .isEqualTo(
                        "High fidelity × high impact is Critical; Microsoft calls this one medium where high is usual, so one step lower.");
        assertThat(decision.reason()).contains("alert.detector_id == \"2006\"", "here alert.detector_id is \"2006\"");
        assertThat(decision.tactics()).containsExactly("TA0006", "TA0003");
        assertThat(decision.joinWithin()).hasHours(24);
        assertThat(rules.runbook(decision.rule()).step("replicated-by-others")).isPresent();
    }

    @Test
    void keepsWhatWasInForceWhenAChangeIsWrong() throws Exception {
        editing.add(Scope.of(acme), dcSync("acme-own", 1, "Acme's"), ADA);

        assertThatThrownBy(() -> editing.change(
                        Scope.of(acme),
                        new RuleId("acme-own"),
                        dcSync("acme-own", 2, "New").replace("detectorId: \"2006\"", "detectorId: \"9\""),
                        ADA))
                .isInstanceOf(InvalidRule.class)
                .hasMessageContaining("has to take this example");
        assertThat(decide(acme).ruleName()).isEqualTo("Acme's");

        editing.change(Scope.of(acme), new RuleId("acme-own"), dcSync("acme-own", 2, "New"), ADA);
        assertThat(decide(acme).ruleName()).isEqualTo("New");
        assertThat(decide(acme).ruleVersion()).isEqualTo(2);
    }

    @Test
    void wantsANewVersionForANewText() throws Exception {
        editing.add(Scope.everything(), dcSync("ours", 3, "Ours"), ADA);

        assertThatThrownBy(() -> editing.change(Scope.everything(), new RuleId("ours"), dcSync("ours", 3, "New"), ADA))
                .isInstanceOf(RuleRefused.class)
                .hasMessageContaining("it is 3 now");
    }

    @Test
    void refusesIdsThatAreTakenOrOfSomebodyElse() throws Exception {
        editing.add(Scope.everything(), dcSync("ours", 1, "Ours"), ADA);

        assertThatThrownBy(() -> editing.add(Scope.everything(), dcSync("ours", 2, "Again"), ADA))
                .isInstanceOf(RuleRefused.class);
        assertThatThrownBy(() -> editing.add(Scope.everything(), dcSync(SHIPPED.value(), 2, "Mine"), ADA))
                .isInstanceOf(RuleRefused.class);
        assertThatThrownBy(() -> editing.add(Scope.of(acme), dcSync("globex-own", 1, "Not mine"), ADA))
                .isInstanceOf(RuleRefused.class)
                .hasMessageContaining("begins with \"acme-\"");
    }

    @Test
    void letsNobodyChangeTheRulesOfOthers() throws Exception {
        editing.add(Scope.everything(), dcSync("ours", 1, "Ours"), ADA);
        editing.add(Scope.of(acme), dcSync("acme-own", 1, "Acme's"), ADA);

        for (var id : new String[] {"ours", "acme-own"}) {
            assertThatThrownBy(() -> editing.change(Scope.of(globex), new RuleId(id), dcSync(id, 2, "Mine"), ADA))
                    .isInstanceOf(RuleRefused.class);
            assertThatThrownBy(() -> editing.remove(Scope.of(globex), new RuleId(id), "because", ADA))
                    .isInstanceOf(RuleRefused.class);
        }
        assertThat(rules.find(Scope.of(globex), new RuleId("acme-own"))).isEmpty();
        assertThat(rules.find(Scope.of(globex), new RuleId("ours"))).isPresent();
        assertThatThrownBy(() -> editing.switchOff(Scope.of(globex), new RuleId("acme-own"), "because", ADA))
                .isInstanceOf(RuleRefused.class);
    }

    @Test
    void givesWhatASwitchedOffRuleWouldHaveTakenToTheNext() throws Exception {
        editing.add(Scope.of(acme), dcSync("acme-own", 1, "Acme's"), ADA);

        editing.switchOff(Scope.of(acme), new RuleId("acme-own"), "too loud", ADA);
        assertThat(taker(acme)).isEqualTo(SHIPPED);

        editing.switchOff(Scope.of(acme), SHIPPED, "tested", ADA);
        assertThat(taker(acme)).isEqualTo(new RuleId("unlisted-identity-detection"));
        assertThat(taker(globex)).isEqualTo(SHIPPED);

        editing.switchOff(Scope.everything(), new RuleId("unlisted-identity-detection"), "tested", ADA);
        assertThat(taker(acme)).isEqualTo(RuleId.DEFAULT);

        editing.switchOn(Scope.of(acme), SHIPPED, ADA);
        assertThat(taker(acme)).isEqualTo(SHIPPED);
        assertThat(rules.history(Scope.of(acme), SHIPPED))
                .extracting(RuleHistoryEntry::action, RuleHistoryEntry::detail, RuleHistoryEntry::actor)
                .startsWith(
                        tuple("Switched on", "For ACME Ltd", ADA), tuple("Switched off", "For ACME Ltd: tested", ADA));
        assertThat(rules.history(Scope.of(globex), SHIPPED)).isEmpty();
    }

    @Test
    void neverSwitchesTheDefaultOff() {
        assertThatThrownBy(() -> editing.switchOff(Scope.everything(), RuleId.DEFAULT, "because", ADA))
                .isInstanceOf(RuleRefused.class);
        assertThatThrownBy(() -> editing.switchOff(Scope.everything(), SHIPPED, "  ", ADA))
                .isInstanceOf(RuleRefused.class)
                .hasMessageContaining("reason");
    }

    @Test
    void noticesWhatAnotherProcessChanged() throws Exception {
        var other = new Rules(
                parts.get(RuleReader.class),
                parts.get(RuleTable.class),
                new RuleFolder(directory(), parts.get(RuleReader.class)));
        assertThat(other.rule(new RuleId("ours"))).isEmpty();

        editing.add(Scope.everything(), dcSync("ours", 1, "Ours"), ADA);
        assertThat(other.rule(new RuleId("ours"))).isEmpty();
        other.refresh();
        assertThat(other.rule(new RuleId("ours"))).isPresent();
    }

    private DataDirectory directory() {
        return parts.get(DataDirectory.class);
    }

    @Test
    void readsFilesOfTheDataDirectoryAndKeepsTheLastGoodText() throws Exception {
        write("dcsync.yaml", dcSync("from-file", 1, "From a file"));
        assertThat(taker(acme)).isEqualTo(new RuleId("from-file"));
        assertThat(rules.find(Scope.of(acme), new RuleId("from-file"))
                        .orElseThrow()
                        .origin())
                .isEqualTo("rules/dcsync.yaml");

        write("dcsync.yaml", dcSync("from-file", 2, "Broken").replace("alert.detector_id", "alert.detektor"));
        assertThat(decide(acme).ruleName()).isEqualTo("From a file");
        assertThat(rules.refused()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .startsWith("rules/dcsync.yaml:5:17: Undefined field 'detektor'"));

        write("dcsync.yaml", dcSync("from-file", 3, "Mended"));
        assertThat(decide(acme).ruleName()).isEqualTo("Mended");
        assertThat(rules.refused()).isEmpty();

        Files.delete(folder.resolve("dcsync.yaml"));
        rules.refresh();
        assertThat(taker(acme)).isEqualTo(SHIPPED);
    }

    @Test
    void refusesAFileWhoseIdIsTaken() throws Exception {
        write("a.yaml", dcSync(SHIPPED.value(), 9, "Instead"));
        write("b.yaml", dcSync("from-file", 1, "One"));
        write("c.yaml", dcSync("from-file", 1, "Two"));

        assertThat(rules.refused()).extracting(RuleProblem::file).containsExactly("rules/a.yaml", "rules/c.yaml");
        assertThat(decide(acme).ruleName()).isEqualTo("One");
    }

    @Test
    void staysWithTheOldRulesWhenAFileCannotBeRead() throws Exception {
        write("a.yaml", dcSync("from-file", 1, "One"));
        Files.delete(folder.resolve("a.yaml"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("nowhere"));
        rules.refresh();

        assertThat(taker(acme)).isEqualTo(SHIPPED);
        assertThat(rules.list(Scope.everything())).hasSizeGreaterThan(120);
    }
}
