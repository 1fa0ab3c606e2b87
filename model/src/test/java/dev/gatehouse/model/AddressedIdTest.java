package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressedIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"da637551227677560813_-961444813", "29", "aa1.b-c_d", "1b4e28ba-2fa1-41d2-883f-0016d3cca427"})
    void leavesMicrosoftsIdsAsTheyAre(String id) {
        assertThat(AddressedId.of(id)).isEqualTo(id);
        assertThat(AddressedId.read(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a\\b",
                "100%",
                "a%2Fb",
                "a;b",
                "a\"b",
                "<b>",
                "..",
                ".",
                "a b",
                "",
                "~",
                "~YQ",
                "ä",
                "\uD83D\uDE00",
                "\u2400",
                "a:b",
                "?x=1#y",
                "../../settings"
            })
    void bringsEveryOtherIdThroughAnAddressAndBack(String id) {
        assertThat(AddressedId.of(id)).matches("~[A-Za-z0-9_-]*");
        assertThat(AddressedId.read(AddressedId.of(id))).isEqualTo(id);
    }

    @Test
    void takesAnIdThatSomebodyEscapedByHand() {
        assertThat(AddressedId.read("a b")).isEqualTo("a b");
        assertThat(AddressedId.read("~no base64")).isEqualTo("~no base64");
        assertThat(AddressedId.read("~_w")).isEqualTo("~_w");
    }
}
