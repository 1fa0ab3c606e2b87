package dev.gatehouse.workbench.web;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The templates are written in one way, and what a table's head says stands in one place. */
class TemplateFormatTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Pattern HEAD = Pattern.compile("<thead.*?</thead>|<tr th:fragment.*?</tr>", Pattern.DOTALL);
    private static final Pattern TITLE = Pattern.compile("(?<=>)[^<>]*\\w[^<>]*(?=</(?:th|span)>)");

    private record Head(Path template, Set<String> titles) {}

    static Stream<Path> templates() throws IOException {
        try (var files = Files.walk(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".html")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void isLaidOutAsAllAre(Path template) throws IOException {
        assertThat(TemplateFormat.problems(Files.readString(template)))
                .as(template.toString())
                .isEmpty();
    }

    @Test
    void noTableRepeatsTheColumnsOfAnother() throws IOException {
        var heads = new ArrayList<Head>();
        for (var template : templates().toList()) {
            HEAD.matcher(Files.readString(template))
                    .results()
                    .map(head -> new Head(
                            template,
                            TITLE.matcher(head.group())
                                    .results()
                                    .map(MatchResult::group)
                                    .collect(toSet())))
                    // One title is the sample of columns that come from the code.
                    .filter(head -> head.titles().size() > 1)
                    .forEach(heads::add);
        }

        for (var head : heads) {
            var others = new ArrayList<>(heads);
            others.remove(head);
            assertThat(others)
                    .as(
                            "tables whose columns %s has too; make a fragment of them, as parts.html has for vendor alerts",
                            head)
                    .noneMatch(other -> head.titles().containsAll(other.titles()));
        }
    }

    @Test
    void saysWhatIsWrongAndInWhichLine() {
        assertThat(problems("""
                        <html>
                        <body>
                        <div>
                           <p>three blanks</p>
                          <p>blanks at the end</p>\s\s
                        \t<p>a tab</p>
                          <p class="a"
                            id="b">attributes that go on</p>
                        </div>
                        </body>
                        </html>
                        """))
                .containsExactly(
                        "4: starts in column 4, expected 3",
                        "5: has blanks at its end",
                        "6: has a tab",
                        "8: starts in column 5, expected 7");
    }

    @Test
    void countsAnElementWhenItBeginsItsLine() {
        assertThat(problems("""
                        <ul>
                          <li><strong>Long</strong> text that
                            goes on</li>
                          <li>
                            <img alt=""> a > b, <strong>and
                            so</strong> on
                          </li>
                        </ul>
                        """)).isEmpty();
    }

    @Test
    void leavesCommentsAndTextThatIsShownAsItStandsAlone() {
        assertThat(problems("""
                        <div>
                          <!--/* A remark
                                 of two lines. */-->
                          <pre>as
                        it stands</pre>
                        </div>
                        """)).isEmpty();
    }

    @Test
    void letsALongValueGoOnFurtherIn() {
        assertThat(problems("""
                        <div
                            th:attr="a=b,
                                c=d" id="e"
                            class="f">
                        </div>
                        """)).isEmpty();
    }

    @Test
    void knowsHowLongALineMayBe() {
        assertThat(problems("x".repeat(140) + "\n" + "x".repeat(141) + "\n"))
                .containsExactly("2: has 141 characters, more than 140");
    }

    @Test
    void findsWhatIsNotClosed() {
        assertThat(problems("<div>\n  <p>\n</div>\n")).containsExactly("3: closes div, but p is open since line 2");
        assertThat(problems("<div>\n")).containsExactly("1: opens div, which nothing closes");
        assertThat(problems("<div>")).contains("1: ends without a line break");
    }

    private static List<String> problems(String template) {
        return TemplateFormat.problems(template);
    }
}
