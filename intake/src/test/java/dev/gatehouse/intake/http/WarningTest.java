package dev.gatehouse.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarningTest {

    @Test
    void readsWhatTheStandardAllows() {
        assertThat(warnings("299 - \"This version is deprecated\""))
                .containsExactly(new Warning(299, "-", "This version is deprecated"));
        assertThat(warnings("112 proxy.example:8080 \"cache, disconnected\" \"Mon, 23 Nov 2026 12:00:00 GMT\""))
                .containsExactly(new Warning(112, "proxy.example:8080", "cache, disconnected"));
        assertThat(warnings("199 - \"say \\\"no\\\"\" , 214 gw \"\""))
                .containsExactly(new Warning(199, "-", "say \"no\""), new Warning(214, "gw", ""));
    }

    @Test
    void readsEveryHeaderOfThatName() {
        assertThat(warnings("199 - \"a\"", "299 - \"b\""))
                .extracting(Warning::text)
                .containsExactly("a", "b");
    }

    @Test
    void keepsWhatItCannotRead() {
        assertThat(warnings("Microsoft/MDATP/504/20000"))
                .containsExactly(new Warning(0, "", "Microsoft/MDATP/504/20000"));
        assertThat(warnings("199 - \"a\", nonsense \"b"))
                .containsExactly(new Warning(199, "-", "a"), new Warning(0, "", "nonsense \"b"));
        assertThat(Warning.of(new Headers(Map.of()))).isEmpty();
    }

    @Test
    void isNotSlowedDownByALongHeader() {
        assertThat(warnings("199 - \"" + "\\\\".repeat(50_000))).singleElement().returns(0, Warning::code);
    }

    private static List<Warning> warnings(String... headers) {
        return Warning.of(new Headers(Map.of("warning", List.of(headers))));
    }
}
