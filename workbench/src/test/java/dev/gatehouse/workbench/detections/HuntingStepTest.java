package dev.gatehouse.workbench.detections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries with their values: names are chosen by whoever attacks, and must stay names. */
class HuntingStepTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private static final HuntingStep STEP = step("""
            IdentityLogonEvents
            | where Timestamp between ({from} .. {to})
            | where AccountName in~ ({accounts}) and dynamic({"a": 1}) != ""
            """);

    private static HuntingStep step(String query) {
        return new HuntingStep(
                "one", "What?", query, Duration.ofHours(24), Duration.ofHours(2), Optional.of("{count} times"));
    }

    private static HuntingParameters about(String... accounts) {
        return new HuntingParameters(List.of(accounts), List.of(), List.of(), NINE, NINE.plusSeconds(90));
    }

    @Test
    void fillsInValuesAndTheWindowAroundTheActivity() {
        assertThat(STEP.render(about("jdoe", "adm-ada"))).isEqualTo(new RenderedQuery.Ready("""
                IdentityLogonEvents
                | where Timestamp between (datetime(2026-11-22T09:00:00Z) .. datetime(2026-11-23T11:01:30Z))
                | where AccountName in~ ("jdoe", "adm-ada") and dynamic({"a": 1}) != ""
                """));
    }

    @Test
    void saysWhyItCannotRunWhenTheEvidenceNamesNothing() {
        assertThat(STEP.render(about()))
                .isEqualTo(new RenderedQuery.Missing("The query needs an account, and the evidence names none."));
        assertThat(step("T | where IPAddress in ({addresses})").render(about("jdoe")))
                .isEqualTo(new RenderedQuery.Missing("The query needs an IP address, and the evidence names none."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\") | union SecurityEvent //",
                "\\",
                "\\\"",
                "a\nb",
                "a\r\n| take 1",
                "\u2028",
                "\u0000",
                "```",
                "'",
                "@\"",
                "{hosts}",
                "{from}",
                "\uD83D\uDE00",
                "\uD83D",
                "jdoe$",
                "Zoë Müller",
            })
    void keepsHostileNamesInsideTheirLiteral(String name) {
        assertIsOneLiteral(name);
    }

    @Test
    void keepsAnyNameInsideItsLiteral() {
        var random = new Random(2026);
        for (var round = 0; round < 5_000; round++) {
            var name = new StringBuilder();
            for (var length = random.nextInt(1, 12); length > 0; length--) {
                name.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
            }
            assertIsOneLiteral(name.toString());
        }
    }

    /** Read as Kusto reads it, the literal is the name again, and the query goes on right behind it. */
    private static void assertIsOneLiteral(String name) {
        var query = ((RenderedQuery.Ready) step("in~ ({accounts})").render(about(name))).kql();

        assertThat(query).startsWith("in~ (\"").endsWith("\")").doesNotContainPattern("[\\r\\n\\u2028\\u2029\\u0085]");
        assertThat(literals(query)).containsExactly(name);
    }

    /** The texts in a query, by the rules of Kusto: a backslash escapes, and a line end may not stand in a text. */
    private static List<String> literals(String query) {
        var texts = new ArrayList<String>();
        for (var index = 0; index < query.length(); index++) {
            if (query.charAt(index) == '"') {
                var text = new StringBuilder();
                for (index++; query.charAt(index) != '"'; index++) {
                    if (query.charAt(index) != '\\') {
                        text.append(query.charAt(index));
                    } else if (query.charAt(++index) == 'u') {
                        text.append((char) Integer.parseInt(query.substring(index + 1, index + 5), 16));
                        index += 4;
                    } else {
                        text.append(query.charAt(index));
                    }
                }
                texts.add(text.toString());
            }
        }
        return texts;
    }

    @Test
    void takesItsValuesFromTheEvidence() {
        var parameters = HuntingParameters.of(
                List.of(
                        VendorAlertExamples.alert(
                                "'firstActivityDateTime':'2026-11-23T08:00:00Z'",
                                "'lastActivityDateTime':'2026-11-23T08:30:00Z'",
                                "'evidence':[%s,%s]"
                                        .formatted(
                                                VendorAlertExamples.user("JDoe"),
                                                VendorAlertExamples.host("DC01.contoso.local"))),
                        VendorAlertExamples.alert(
                                "'evidence':[{'@odata.type':'#microsoft.graph.security.ipEvidence','ipAddress':'10.1.4.7'},{'@odata.type':'#microsoft.graph.security.userEvidence','userAccount':{'userPrincipalName':'ada@contoso.com'}}]")));

        assertThat(parameters)
                .isEqualTo(new HuntingParameters(
                        List.of("jdoe", "ada"),
                        List.of("dc01.contoso.local", "dc01"),
                        List.of("10.1.4.7"),
                        Instant.parse("2026-11-23T08:00:00Z"),
                        NINE));
    }

    @Test
    void saysWhatACountMeans() {
        assertThat(STEP.sentenceFor(3)).contains("3 times");
    }
}
