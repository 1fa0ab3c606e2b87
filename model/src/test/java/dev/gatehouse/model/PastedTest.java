package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                " abc",
                "abc\u00A0",
                "\uFEFFabc",
                "a\u200Bbc",
                "ab\r\nc",
                "abc\t",
                "\u2060abc",
                "a\u00ADbc",
                "ab\u200Dc",
                "\u202Aabc\u202C",
                "abc\u0000",
                "abc\u2028"
            })
    void aValueLosesWhatNobodySees(String pasted) {
        assertThat(Pasted.value(pasted)).isEqualTo("abc");
    }

    @Test
    void aValueKeepsEveryVisibleCharacter() {
        assertThat(Pasted.value("~+/=&%.-_!\"'<>é…")).isEqualTo("~+/=&%.-_!\"'<>é…");
    }

    @Test
    void aTextKeepsSingleBlanksAndTheJoinersThatSomeScriptsNeed() {
        assertThat(Pasted.text("\uFEFF Contoso\u00A0\u200B Ireland\n")).isEqualTo("Contoso Ireland");
        assertThat(Pasted.text("می\u200Cخواهم")).isEqualTo("می\u200Cخواهم");
    }
}
