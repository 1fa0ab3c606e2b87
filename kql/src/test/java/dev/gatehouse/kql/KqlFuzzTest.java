package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Throws broken and odd queries at the language. Each one is answered or refused with a {@link KqlException}; anything else
 * is a mistake. A seed that finds one gives the same queries again.
 */
class KqlFuzzTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final KqlLimits LIMITS = new KqlLimits(500, 1_000_000, 200_000);

    private static final Table LOGONS = new Table(
            "IdentityLogonEvents",
            List.of(
                    new Table.Column("Timestamp", Table.Type.DATETIME),
                    new Table.Column("AccountName", Table.Type.STRING),
                    new Table.Column("Port", Table.Type.INT),
                    new Table.Column("Score", Table.Type.REAL),
                    new Table.Column("Ok", Table.Type.BOOL),
                    new Table.Column("Age", Table.Type.TIMESPAN),
                    new Table.Column("AdditionalFields", Table.Type.DYNAMIC)),
            List.of(
                    Map.of(
                            "Timestamp",
                            NOW.minusSeconds(60),
                            "AccountName",
                            "anna",
                            "Port",
                            88L,
                            "Score",
                            1.5,
                            "Ok",
                            true,
                            "Age",
                            Duration.ofHours(1),
                            "AdditionalFields",
                            "a text where a bag should be"),
                    Map.of("Timestamp", NOW, "AccountName", "bob", "Port", Long.MAX_VALUE, "Score", Double.NaN),
                    Map.of("Timestamp", "not a time", "AccountName", 5, "Port", 1, "Ok", 1, "Age", 3),
                    Map.of()));

    private static final List<String> SEEDS = List.of(
            "IdentityLogonEvents | where Timestamp > ago(1h) and AccountName has_any ('a', 'b') | project AccountName, Port",
            "IdentityLogonEvents | summarize count(), arg_max(Timestamp, *), make_set(AdditionalFields.x) by bin(Timestamp, 5m)",
            "let T = IdentityLogonEvents | extend P = parse_json(AdditionalFields); T | mv-expand P.Spns to typeof(string)",
            "IdentityLogonEvents | join kind=leftouter (IdentityLogonEvents | distinct *) on AccountName, $left.Port == $right.Port",
            "union withsource=S isfuzzy=true IdentityLogonEvents, (print x = dynamic({'a':[1,2]})) | sort by Port desc nulls first",
            "print datetime_diff('day', now(), datetime(2026-01-01)), format_datetime(now(), 'yyyy-MM-dd'), 1d / 3, -5 % 3",
            "IdentityLogonEvents | extend d = case(Port > 1, 'x', Ok, 'y', 'z'), e = iff(isnull(Age), 1h, Age * 2) | top 2 by e",
            "datatable(a:long, b:string)[1, 'x', 2, @'y\\z'] | parse b with * 'x' c:int * | where a between (1 .. 3)",
            "let f = (x:long, y:string) { strcat(x, y) }; IdentityLogonEvents | project f(Port, AccountName) matches regex '(a+)+$'",
            "search in (IdentityLogonEvents) 'anna' or Port == 88 | getschema | take 3",
            "range x from 1 to 10 step 3 | extend y = replace_regex(tostring(x), @'(\\d)', @'<\\1\\9>'), z = range(x, 5)",
            "IdentityLogonEvents | lookup (print AccountName = 'anna', q = bin(Score, 0.5)) on AccountName | project-away A*");

    private static List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "|",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                ",",
                ";",
                "=",
                "==",
                "!=",
                "=~",
                "..",
                ".",
                "-",
                "+",
                "*",
                "/",
                "%",
                "<",
                "'",
                "\"",
                "@'",
                "null",
                "dynamic(",
                "datetime(",
                "int(null)",
                "long(9223372036854775807)",
                "real(inf)",
                "1h",
                "9999999d",
                "-9223372036854775807",
                "0x",
                "1e308",
                "'a'",
                "''",
                "true",
                "by",
                "on",
                "and",
                "or",
                "not(",
                "in",
                "!in~",
                "between",
                "matches regex",
                "has_all",
                "let",
                "where",
                "extend",
                "project",
                "summarize",
                "order by",
                "top",
                "take",
                "union",
                "join kind=fullouter",
                "mv-expand",
                "distinct *",
                "parse",
                "print",
                "search",
                "to",
                "Timestamp",
                "AccountName",
                "Port",
                "Score",
                "Ok",
                "Age",
                "AdditionalFields",
                "IdentityLogonEvents",
                "\u0000",
                "\uD83D\uDE00",
                "//",
                "\n",
                "dynamic(null)",
                "datetime(9999-12-31)",
                "datetime(0001-01-01)",
                "$left",
                "nulls"));
        Functions.names().forEach(name -> words.add(name + "("));
        Aggregates.names().forEach(name -> words.add(name + "("));
        return words;
    }

    private static final List<String> VALUES = List.of(
            "Timestamp",
            "AccountName",
            "Port",
            "Score",
            "Ok",
            "Age",
            "AdditionalFields",
            "int(null)",
            "datetime(null)",
            "''",
            "'12'",
            "'[1,{\"a\":2}]'",
            "'(a|b'",
            "'10.0.0.0/8'",
            "'day'",
            "'week'",
            "dynamic([3,'a',null,{'x':1}])",
            "dynamic({'a':{'b':1}})",
            "dynamic(null)",
            "long(9223372036854775807)",
            "long(-9223372036854775807) - 1",
            "-1",
            "0",
            "1",
            "7",
            "1e308",
            "real(nan)",
            "real(-inf)",
            "0.1",
            "1h",
            "-1tick",
            "9999999d",
            "datetime(9999-12-31)",
            "datetime(0001-01-01)",
            "true",
            "1 == 1",
            "strrep('ab', 1000)");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void brokenQueriesAreRefusedWithAMessage(long seed) {
        var random = new Random(seed);
        List<String> words = words();
        for (int i = 0; i < 2_500; i++) {
            assertThatIsAnsweredOrRefused(broken(SEEDS.get(random.nextInt(SEEDS.size())), words, random));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void heapsOfWordsAreRefusedWithAMessage(long seed) {
        var random = new Random(seed);
        List<String> words = words();
        for (int i = 0; i < 2_500; i++) {
            var query = new StringBuilder(random.nextBoolean() ? "IdentityLogonEvents | " : "");
            int length = random.nextInt(25);
            for (int word = 0; word < length; word++) {
                query.append(words.get(random.nextInt(words.size()))).append(random.nextInt(5) == 0 ? "" : " ");
            }
            assertThatIsAnsweredOrRefused(query.toString());
        }
    }

    /** Every function with every sort of value: most calls are well-formed, and their edges are reached. */
    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void functionsTakeOddValues(long seed) {
        var random = new Random(seed);
        for (String function : Functions.names()) {
            for (int i = 0; i < 60; i++) {
                assertThatIsAnsweredOrRefused(
                        "IdentityLogonEvents | extend r = " + function + "(" + values(random, random.nextInt(5)) + ")");
            }
        }
        for (String aggregate : Aggregates.names()) {
            for (int i = 0; i < 30; i++) {
                assertThatIsAnsweredOrRefused("IdentityLogonEvents | summarize r = " + aggregate + "("
                        + values(random, random.nextInt(4)) + ") by " + values(random, 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void operatorsTakeOddValues(long seed) {
        var random = new Random(seed);
        List<String> operators = List.of(
                "+",
                "-",
                "*",
                "/",
                "%",
                "==",
                "!=",
                "<",
                ">=",
                "=~",
                "contains",
                "!has",
                "has_cs",
                "startswith",
                "hassuffix",
                "matches regex",
                "and",
                "or");
        for (int i = 0; i < 3_000; i++) {
            String operator = operators.get(random.nextInt(operators.size()));
            String expression = values(random, 1) + " " + operator + " " + values(random, 1);
            String shape =
                    switch (random.nextInt(5)) {
                        case 0 -> "IdentityLogonEvents | extend r = %s | sort by r";
                        case 1 -> "IdentityLogonEvents | where %s";
                        case 2 -> "IdentityLogonEvents | summarize max(%s), make_set(Port) by AccountName";
                        case 3 -> "IdentityLogonEvents | project r = %s | distinct r | mv-expand r";
                        default -> "print (%s) in (1, 'a', dynamic([2]), now()), -(" + values(random, 1) + ")";
                    };
            assertThatIsAnsweredOrRefused(shape.formatted(expression));
        }
    }

    private static String values(Random random, int count) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(VALUES.get(random.nextInt(VALUES.size())));
        }
        return String.join(", ", values);
    }

    private static String broken(String query, List<String> words, Random random) {
        var text = new StringBuilder(query);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, words.get(random.nextInt(words.size())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(128));
                case 3 -> text.setLength(at);
                default -> text.replace(at, Math.min(text.length(), at + 12), words.get(random.nextInt(words.size())));
            }
        }
        return text.toString();
    }

    private static void assertThatIsAnsweredOrRefused(String query) {
        try {
            Table answer = Kql.run(
                    query, name -> name.equals(LOGONS.name()) ? Optional.of(LOGONS) : Optional.empty(), NOW, LIMITS);
            for (Map<String, ?> row : answer.rows()) {
                assertThat(row).hasSameSizeAs(answer.columns());
            }
            assertThat(answer.columns().stream().map(Table.Column::name))
                    .as(query)
                    .doesNotHaveDuplicates();
        } catch (KqlException refused) {
            assertThat(refused).message().as(query).isNotBlank();
        } catch (RuntimeException | StackOverflowError mistake) {
            throw new AssertionError("This query broke the simulator: " + query, mistake);
        }
    }
}
