package dev.gatehouse.workbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.platform.fields.InvalidFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.txt | a.txt",
                "../../etc/passwd | passwd",
                "C:\\Users\\ada\\evil.exe | evil.exe",
                "'  spaced name.txt ' | spaced name.txt",
                "Grüße 日本.pcap | Grüße 日本.pcap"
            })
    void isTheLastPartOfAPath(String given, String kept) {
        assertThat(new FileName(given).text()).isEqualTo(kept);
    }

    @Test
    void hasNothingThatNobodySeesOrThatTurnsTheDirectionOfWriting() {
        assertThat(new FileName("a\u202Efdp.exe\r\n\u0000\u200B").text()).isEqualTo("afdp.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "/", "a/", "\u0007"})
    void isSomething(String given) {
        assertThatThrownBy(() -> new FileName(given)).isInstanceOf(InvalidFields.class);
    }

    @Test
    void isNotEndless() {
        assertThat(new FileName("é".repeat(200)).text()).hasSize(200);
        assertThatThrownBy(() -> new FileName("x".repeat(201))).isInstanceOf(InvalidFields.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.txt | attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt",
                "a b\"c;d%.txt | attachment; filename=\"a b_c_d_.txt\"; filename*=UTF-8''a%20b_c_d_.txt",
                "Grüße.txt | attachment; filename=\"Gr__e.txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt",
                "a'(b).txt | attachment; filename=\"a'(b).txt\"; filename*=UTF-8''a%27%28b%29.txt"
            })
    void standsInAHeaderWithoutBreakingIt(String name, String header) {
        assertThat(new FileName(name).attachment()).isEqualTo(header);
    }
}
