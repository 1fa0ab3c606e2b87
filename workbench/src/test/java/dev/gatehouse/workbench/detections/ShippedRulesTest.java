package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.model.Original;
import dev.gatehouse.model.VendorAlert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The rules that come with the program: each is right by itself, and together they know what Microsoft documents. */
class ShippedRulesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<LoadedRule> ALL = ShippedRules.read(new RuleReader(VendorAlertExamples.reader()));
    private static final RuleSet RULES = new RuleSet(ALL, List.of());

    static Stream<String> ids() {
        return ALL.stream().map(rule -> rule.id().value());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void takesItsExamplesAndLeavesTheOthers(String id) {
        var rule = RULES.rule(new RuleId(id)).orElseThrow();

        assertThat(RuleReader.results(rule)).isNotEmpty().allSatisfy((example, wrong) -> assertThat(wrong)
                .as(example.text())
                .isEmpty());
    }

    /** The examples of a rule are taken by this rule, not only by its condition: none that is tried before takes them. */
    @ParameterizedTest
    @MethodSource("ids")
    void isTheOneThatItsExamplesComeTo(String id) {
        var rule = RULES.rule(new RuleId(id)).orElseThrow().rule();

        assertThat(rule.examples()).filteredOn(Example::isMatch).isNotEmpty().allSatisfy(example -> assertThat(
                        RULES.decide(VendorAlertExamples.subject(example.alert()))
                                .rule())
                .isEqualTo(rule.id()));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void saysWhatItIsAboutAndWhatToLookUp(String id) {
        var rule = RULES.rule(new RuleId(id)).orElseThrow().rule();

        assertThat(rule.description().length()).isBetween(80, 600);
        assertThat(rule.runbook().steps()).hasSizeBetween(2, RuleReader.MOST_STEPS);
        assertThat(rule.runbook().steps())
                .allSatisfy(step -> assertThat(step.query()).contains("between ({from} .. {to})"));
    }

    @Test
    void haveOneVersionTogether() {
        assertThat(ShippedRules.version()).isPositive();
    }

    @Test
    void takeEachDetectionOfMicrosoftsListWithARuleOfItsOwn() throws IOException {
        var takenBy = new HashMap<RuleId, List<String>>();
        var rows = catalogue();
        assertThat(rows).hasSize(122);

        for (var row : rows) {
            var id = row.cell("detector_id").isEmpty() ? row.cell("external_id") : row.cell("detector_id");
            var decision = RULES.decide(VendorAlertExamples.subject(VendorAlertExamples.alert(
                    "'title':'%s'".formatted(row.cell("title")), "'detectorId':'%s'".formatted(id))));
            takenBy.computeIfAbsent(decision.rule(), _ -> new ArrayList<>()).add(row.cell("title"));
            assertThat(decision.tactics())
                    .as(row.cell("title"))
                    .containsExactly(row.cell("mitre_tactic_ids").split(";"));
            if (!row.cell("mitre_techniques").isEmpty()) {
                assertThat(decision.techniques())
                        .as(row.cell("title"))
                        .containsExactly(row.cell("mitre_techniques").split(";"));
            }
        }

        assertThat(takenBy).hasSize(122).allSatisfy((rule, titles) -> assertThat(titles)
                .hasSize(1));
    }

    @Test
    void takeEachDetectionByItsTitleAloneToo() throws IOException {
        assertThat(catalogue()).allSatisfy(row -> {
            var title = row.cell("title");
            var decision = RULES.decide(VendorAlertExamples.subject(
                    VendorAlertExamples.alert("'title':'%s'".formatted(title.replaceAll(" -$", "")))));
            assertThat(decision.rule().value()).isNotIn("default", "unlisted-identity-detection");
        });
    }

    @Test
    void decideEveryPublishedVendorAlert() throws IOException {
        var decided = new HashMap<String, String>();
        for (var file : List.of(
                "panther/graph-alerts-v2.jsonl",
                "demisto/graph-alert-v2-automated-investigation.json",
                "elastic/graph-alerts-throttle-mock.jsonl",
                "ms-docs/graph-alerts-v2-list.json",
                "cribl/graph-legacy-alert.jsonl",
                "stix-shifter/graph-legacy-alerts.jsonl")) {
            for (var alert : alertsIn(file)) {
                var decision = RULES.decide(VendorAlertExamples.subject(alert));
                decided.put(file + " " + alert.id(), decision.rule().value());
                if (alert.serviceSource().equals("microsoftDefenderForIdentity")) {
                    assertThat(decision.rule()).as(alert.title()).isNotEqualTo(RuleId.DEFAULT);
                }
            }
        }
        assertThat(decided).hasSize(11).containsValues("anonymous-ip-address", "password-spray");
    }

    /** Microsoft's own samples of what the sensor reports, by the names and numbers that it gives them. */
    @Test
    void knowTheNamesThatTheSensorReports() throws IOException {
        var unknown = new HashMap<String, String>();
        var count = 0;
        for (var line : Files.readAllLines(reference("corpus/mdi-cef/mdi-cef-samples.jsonl"))) {
            var header = JSON.readTree(line).path("header");
            var title = JSON.readTree(line).findValue("name").asString();
            var decision = RULES.decide(VendorAlertExamples.subject(VendorAlertExamples.alert(
                    "'title':%s".formatted(JSON.writeValueAsString(title)),
                    "'detectorId':'%s'".formatted(externalId(line)))));
            if (decision.rule().equals(new RuleId("unlisted-identity-detection"))) {
                unknown.put(title, externalId(line) + header);
            }
            count++;
        }
        assertThat(count).isEqualTo(35);
        assertThat(unknown).isEmpty();
    }

    private static String externalId(String line) {
        var found = Pattern.compile("externalId=(\\d+)").matcher(line);
        return found.find() ? found.group(1) : "";
    }

    private static List<VendorAlert> alertsIn(String file) throws IOException {
        var alerts = new ArrayList<VendorAlert>();
        try (var parser = JSON.createParser(Files.readAllBytes(reference("corpus/" + file)))) {
            JSON.readValues(parser, JsonNode.class).forEachRemaining(tree -> collect(tree, alerts));
        }
        return alerts;
    }

    private static void collect(JsonNode tree, List<VendorAlert> into) {
        if (tree instanceof ObjectNode object && object.has("id") && object.has("title")) {
            into.add(VendorAlertExamples.read(Original.of(object.toString())));
        } else {
            tree.forEach(child -> collect(child, into));
        }
    }

    /** A line of Microsoft's list of detections. */
    private record Row(List<String> columns, List<String> cells) {

        String cell(String column) {
            return cells.get(columns.indexOf(column));
        }
    }

    private static List<Row> catalogue() throws IOException {
        var lines = Files.readAllLines(reference("graph/mdi-alerts.csv"));
        var columns = cells(lines.getFirst());
        return lines.stream().skip(1).map(line -> new Row(columns, cells(line))).toList();
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = Pattern.compile("(?:\"([^\"]*)\"|([^,]*))(?:,|$)").matcher(line);
        while (cell.find() && cell.start() < line.length()) {
            cells.add(cell.group(1) == null ? cell.group(2) : cell.group(1));
        }
        return cells;
    }

    private static Path reference(String file) {
        var path = Path.of(System.getProperty("gatehouse.reference", "no-reference"), file);
        if (!Files.exists(path)) {
            if (Boolean.getBoolean("gatehouse.reference.required")) {
                throw new AssertionError("The reference material is required, but %s is missing".formatted(path));
            }
            abort("The reference material is not here: %s is missing".formatted(path));
        }
        return path;
    }
}
