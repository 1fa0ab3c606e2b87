package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

    private final Markdown markdown = new Markdown();

    @Test
    void showsWhatPeopleWrite() {
        assertThat(markdown.html("# Theft\n\n- *who*\n- `mallory`"))
                .contains("<h1>Theft</h1>", "<li><em>who</em></li>", "<code>mallory</code>");
        assertThat(markdown.html(" ")).isEmpty();
    }

    @Test
    void linksTellNobodyWhereTheyWereFollowedFrom() {
        assertThat(markdown.html("[Entra](https://entra.microsoft.com) <mailto:soc@example.com>"))
                .contains("href=\"https://entra.microsoft.com\"", "href=\"mailto:soc@example.com\"")
                .contains("rel=\"noopener noreferrer nofollow\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "text <a href=\"javascript:alert(1)\">here</a>",
                "<div\nonclick=alert(1)>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](\u0001javascript:alert(1))",
                "[x](java\tscript:alert(1))",
                "[x](&#106;avascript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:msgbox)",
                "[x](file:///etc/passwd)",
                "[x](/settings/users)",
                "[x](//evil.example.com)",
                "<javascript:alert(1)>",
                "[x]: javascript:alert(1)\n\n[x]",
                "![x](https://evil.example.com/pixel.png)",
                "![x](javascript:alert(1))",
                "```\"onmouseover=alert(1)\n<b>\n```",
                "[x](https://ok.example.com \"\"onclick=alert(1)\")",
                "&lt;script&gt;alert(1)&lt;/script&gt;"
            })
    void nothingHostileGetsThrough(String hostile) {
        assertThat(markdown.html(hostile))
                .doesNotContainPattern("<(?i:script|img|div|iframe|object|b>)")
                .doesNotContainPattern("<[^>]+\\s(?i:on[a-z]+|style|src)=")
                .doesNotContainPattern("href=\"(?!https?://|mailto:|\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ", "[", "*a ", "**a ", "- ", "![", "`", "<", "_(", "1. "})
    void repetitionBringsNobodyDown(String piece) {
        assertThat(markdown.html(piece.repeat(20_000 / piece.length()))).isNotNull();
    }

    @Test
    void whatIsTooLongIsShownAsItWasTyped() {
        assertThat(markdown.html("<b>".repeat(20_000))).startsWith("<pre>&lt;b&gt;");
    }
}
