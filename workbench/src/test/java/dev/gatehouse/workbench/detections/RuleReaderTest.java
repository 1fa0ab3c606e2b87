package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules as people write them: what is right is taken, and what is wrong is said with its place. */
class RuleReaderTest {

    static final String GOOD = """
            id: acme-night-work
            version: 1
            name: Night work of service accounts
            description: Service accounts do nothing at night here.
            condition: |
              alert.category == "NightWork" &&
                accounts.exists(a, a.contains("svc"))
            severity: {fidelity: medium, impact: high, vendor: medium}
            join: {by: account, within: 12h}
            attack: {tactics: [TA0008], techniques: [T1078]}
            runbook:
              - account-activity
              - id: what-else
                question: What else?
                query: |
                  IdentityLogonEvents
                  | where Timestamp between ({from} .. {to}) and AccountName in~ ({accounts})
                before: 1h
                after: 30m
            examples:
              match:
                - category: NightWork
                  evidence:
                    - "@odata.type": "#microsoft.graph.security.userEvidence"
                      userAccount: {accountName: svc-sql, domainName: CONTOSO}
              no_match:
                - category: NightWork
            """;

    private final RuleReader reader = new RuleReader(VendorAlertExamples.reader());

    @Test
    void takesWhatIsRight() throws InvalidRule {
        var rule = reader.read("rules/night.yaml", GOOD).rule();

        assertThat(rule.id()).isEqualTo(new RuleId("acme-night-work"));
        assertThat(rule.severity().base()).isEqualTo(AlertSeverity.HIGH);
        assertThat(rule.join().by()).isEqualTo(JoinBy.ACCOUNT);
        assertThat(rule.join().within()).hasHours(12);
        assertThat(rule.runbook().step("what-else").orElseThrow().after()).hasMinutes(30);
        assertThat(rule.runbook().step("account-sign-ins")).isPresent();
        assertThat(rule.examples()).hasSize(2);
        assertThat(rule.yaml()).isEqualTo(GOOD);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("alert.category ==", "alert.categry ==", "7:8:", "Undefined field 'categry'"),
                Arguments.of(
                        "accounts.exists(a, a.contains(\"svc\"))", "accounts.exists(a, a > 3)", "8:26:", "overload"),
                Arguments.of("version: 1", "verzion: 1", "3:1:", "There is no field \"verzion\" here"),
                Arguments.of("version: 1", "version: one", "3:10:", "whole number"),
                Arguments.of("id: acme-night-work", "id: Night_Work", "2:5:", "small letters"),
                Arguments.of("fidelity: medium", "fidelity: often", "9:22:", "one of high, medium, low"),
                Arguments.of("vendor: medium", "vendor: severe", "9:52:", "one of"),
                Arguments.of("within: 12h", "within: soon", "10:29:", "30m, 24h, 7d"),
                Arguments.of("within: 12h", "within: 99d", "10:29:", "at most 30 days"),
                Arguments.of("by: account", "by: colour", "10:12:", "account, host, vendor_incident, none"),
                Arguments.of("TA0008", "Movement", "11:20:", "TA[0-9]{4}"),
                Arguments.of("- account-activity", "- account-activiti", "13:5:", "There is no runbook"),
                Arguments.of("({accounts})", "({users})", "16:12:", "There is no value for {users}"),
                Arguments.of("({accounts})", "(\"{accounts}\")", "16:12:", "inside a text"),
                Arguments.of("before: 1h", "befor: 1h", "19:5:", "There is no field \"befor\""),
                Arguments.of("accountName: svc-sql", "accountName: ada", "23:7:", "has to take this example"),
                Arguments.of("  no_match:\n    - category: NightWork\n", "", "22:3:", "must not take (no_match)"));
    }

    /** The first line of each text is a comment, so that lines do not fit by chance. */
    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhereItIsWrong(String right, String wrong, String place, String message) {
        var yaml = "# A rule of ours\n" + GOOD.replace(right, wrong);
        var refused = catchThrowableOfType(InvalidRule.class, () -> reader.read("rules/night.yaml", yaml));

        assertThat(refused.problems()).anySatisfy(problem -> assertThat(problem.toString())
                .startsWith("rules/night.yaml:" + place)
                .contains(message));
    }

    @Test
    void findsThePlaceInAQuotedCondition() {
        var yaml = GOOD.replaceFirst("(?s)condition: .*?\nseverity", "condition: 'alert.titel == \"x\"'\nseverity");
        var refused = catchThrowableOfType(InvalidRule.class, () -> reader.read("r.yaml", yaml));

        assertThat(refused.problems().getFirst().toString()).startsWith("r.yaml:5:18: Undefined field 'titel'");
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        var refused = catchThrowableOfType(
                InvalidRule.class, () -> reader.read("r.yaml", "id: X\nversion: 0\nnonsense: 1\nname: ''\n"));

        assertThat(refused.problems()).hasSizeGreaterThan(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just text",
                "- a\n- b",
                "id: [",
                "a: &a [*a]",
                "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]",
                "id: !!javax.script.ScriptEngineManager [x]",
                "\u0000",
                "? [a]\n: b",
                "id: x\nid: y",
            })
    void refusesWhatIsNoRule(String yaml) {
        assertThat(catchThrowableOfType(InvalidRule.class, () -> reader.read("r.yaml", yaml)))
                .isNotNull();
        assertThat(catchThrowableOfType(InvalidRule.class, () -> reader.read("r.yaml", "[".repeat(20_000))))
                .isNotNull();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(catchThrowableOfType(InvalidRule.class, () -> reader.read("r.yaml", GOOD + "#" + "x".repeat(70_000)))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("65,536"));
    }
}
