package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyJsonTest {

    @Test
    void putsEveryMemberOnALine() {
        assertThat(PrettyJson.of("{\"id\":1,\"list\":[true,{\"a\":null}],\"none\":{ },\"empty\":[]}"))
                .isEqualTo("""
                        {
                          "id": 1,
                          "list": [
                            true,
                            {
                              "a": null
                            }
                          ],
                          "none": {},
                          "empty": []
                        }""");
    }

    @Test
    void touchesNothingButWhiteSpaceBetweenTokens() {
        var json = "{\"n\":1.50e+10,\"s\":\"a, {b}: \\\"c\\\" \\u00e9\",\"n\":2}";

        assertThat(PrettyJson.of(json)).contains("1.50e+10", "\"a, {b}: \\\"c\\\" \\u00e9\"", "\"n\": 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"never closed", "{\"a\":[", "}}}]", "\"ends in a backslash\\"})
    void survivesTextThatIsNoJson(String text) {
        assertThat(PrettyJson.of(text).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }
}
