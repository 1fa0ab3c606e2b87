package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a condition can say, what is refused, and that none costs more than it may. */
class ConditionTest {

    private static final ConditionCompiler COMPILER = new ConditionCompiler();

    private static final Facts FACTS = new Facts(VendorAlertExamples.subject(VendorAlertExamples.alert(
            "'title':'Suspected DCSync attack'",
            "'detectorId':'2006'",
            "'firstActivityDateTime':'2026-11-23T08:00:00Z'",
            "'mitreTechniques':['T1003.006']",
            "'evidence':[%s,%s]"
                    .formatted(
                            VendorAlertExamples.user("JDoe", "attacker"),
                            VendorAlertExamples.host("DC01.contoso.local")))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "alert.title == 'Suspected DCSync attack' | true",
                "alert.title.contains('DCSync') && alert.severity == 'medium' | true",
                "alert.title.lowerAscii().startsWith('suspected dcsync') | true",
                "alert.title.matches('^Suspected .* attack$') | true",
                "alert.detector_id in ['2007', '2008'] | false",
                "'T1003.006' in alert.techniques | true",
                "accounts == ['contoso\\\\jdoe'] && hosts == ['dc01.contoso.local'] && addresses.size() == 0 | true",
                "alert.evidence.exists(e, e.type == 'userEvidence' && 'attacker' in e.roles) | true",
                "alert.evidence.exists(e, has(e.details.deviceDnsName)) | true",
                "alert.evidence.exists(e, e.entities.exists(x, x.kind == 'account' && x.name.contains('JDoe'))) | true",
                "alert.created - alert.first_activity == duration('1h') | true",
                "alert.last_activity == alert.created | true",
                "device.name == 'Acme MDI' && organization.short_name == 'ACME' | true",
                "accounts.exists_one(a, a.endsWith('jdoe')) && accounts.all(a, a != '') | true",
            })
    void saysWhatIsTrueOfAVendorAlert(String condition, boolean expected) throws Exception {
        assertThat(COMPILER.compile(condition).holds(FACTS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'domain admins' in context | true",
                "context['domain admins'].exists(name, name == 'contoso\\\\jdoe') | true",
                "'backup servers' in context | false",
                "'backup servers' in context && 'x' in context['backup servers'] | false",
            })
    void seesWhichLabelsNamesHave(String condition, boolean expected) throws Exception {
        var subject = VendorAlertExamples.subject(VendorAlertExamples.alert())
                .in(Map.of("domain admins", List.of("contoso\\jdoe")));

        assertThat(COMPILER.compile(condition).holds(new Facts(subject))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'Domain Admins' in context", "size(context['Domain Admins']) > 0"})
    void refusesALabelInLettersThatNoneHas(String condition) {
        var refused = catchThrowableOfType(InvalidCondition.class, () -> COMPILER.compile(condition));

        assertThat(refused.faults().getFirst().message())
                .isEqualTo("Labels are in lower case here: \"domain admins\".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alert.titel == 'x'",
                "has(alert.nope)",
                "alert.evidence[0].nope == 'x'",
                "device.owner == 'x'",
                "nobody == 'x'",
                "alert.title == 3",
                "alert.title",
                "alert['title'] == 'x'",
                "alert.title = 'x'",
                "gatehouse.VendorAlert{} == alert",
                "accounts.map(a, a + a).size() > 1",
                "accounts.filter(a, true).size() > 1",
                "alert.title + alert.title == 'x'",
                "accounts + accounts == hosts",
                "alert.title.matches(alert.description)",
                "alert.title.matches('(a{900}){900}')",
                "alert.title.matches('(((a{100}){100}){100})')",
                "alert.title.matches('[')",
                "alert.title.matches('(a)\\\\1')",
                "dyn(alert).anything == 'x'",
                "",
            })
    void refusesWhatIsNoCondition(String condition) {
        assertThatThrownBy(() -> COMPILER.compile(condition)).isInstanceOf(InvalidCondition.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "!(", "[", "{'a':", "-(", "alert.title == (", "true ? (", "has("})
    void refusesDeepNestingAndDoesNotFall(String opening) {
        assertThatThrownBy(() -> COMPILER.compile(opening.repeat(700))).isInstanceOf(InvalidCondition.class);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> COMPILER.compile("true" + " || alert.title == 'x'".repeat(500)))
                .isInstanceOf(InvalidCondition.class);
    }

    @Test
    void saysWhereItIsWrong() {
        var wrong = catchThrowableOfType(
                InvalidCondition.class, () -> COMPILER.compile("alert.severity == 'high' &&\n  alert.titel == 'x'"));

        assertThat(wrong.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.column()).isEqualTo(8);
            assertThat(fault.message()).isEqualTo("Undefined field 'titel'");
        });
    }

    @Test
    void cutsOffListsInListsInLists() throws Exception {
        var names = IntStream.range(0, 900)
                .mapToObj(number -> VendorAlertExamples.user("user" + number))
                .collect(Collectors.joining(","));
        var crowd =
                new Facts(VendorAlertExamples.subject(VendorAlertExamples.alert("'evidence':[%s]".formatted(names))));
        var condition =
                COMPILER.compile("accounts.all(a, accounts.all(b, accounts.all(c, a != b || b != c || a == c)))");

        assertThatThrownBy(() -> condition.holds(crowd))
                .isInstanceOf(ConditionFailed.class)
                .hasMessageContaining("costs too much")
                .hasMessageContaining("10,000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alert.evidence.all(e, alert.description.matches('(a*)*(a*)*b') || e.type != '')",
                "alert.evidence.all(e, !alert.description.contains('%s'))",
            })
    void cutsOffSearchingThroughTooMuchText(String text) throws Exception {
        var evidence = String.join(",", Collections.nCopies(300, VendorAlertExamples.user("a")));
        var longOne = new Facts(VendorAlertExamples.subject(VendorAlertExamples.alert(
                "'description':'%s'".formatted("a".repeat(100_000)), "'evidence':[%s]".formatted(evidence))));
        var condition = COMPILER.compile(text.formatted("a".repeat(1_000) + "b"));

        assertThatThrownBy(() -> condition.holds(longOne))
                .isInstanceOf(ConditionFailed.class)
                .hasMessageContaining("costs too much");
    }

    @Test
    void failsWithAReasonWhenAValueIsNotThere() throws Exception {
        var condition = COMPILER.compile("alert.evidence[0].details['nothing'] == 'x'");

        assertThatThrownBy(() -> condition.holds(FACTS))
                .isInstanceOf(ConditionFailed.class)
                .hasMessageContaining("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "alert.title == 'a' || alert.detector_id in ['b', 'c'] ; title=a detector_id=b detector_id=c",
                "'a' == alert.title && accounts.size() > 2 ; title=a",
                "alert.service_source == 's' && alert.detector_id == 'd' ; detector_id=d",
                "alert.title == 'a' || accounts.size() > 2 ; ",
                "!(alert.title == 'a') ; ",
                "alert.title != 'a' ; ",
                "alert.title == alert.description ; ",
                "alert.title == 'a' ? true : false ; ",
            })
    void knowsWhichValuesItNeeds(String condition, String keys) throws Exception {
        var expected = keys == null ? "" : keys;

        assertThat(COMPILER.compile(condition).keys().stream()
                        .flatMap(Set::stream)
                        .map(key -> key.field() + "=" + key.value()))
                .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" "));
    }
}
