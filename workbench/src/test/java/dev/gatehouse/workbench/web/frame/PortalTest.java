package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortalTest {

    @Test
    void linksToThePortal() {
        assertThat(Portal.link("https://security.microsoft.com/alerts/da1?tid=2"))
                .contains("https://security.microsoft.com/alerts/da1?tid=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "http://plain.example.com/",
                "//evil.example.com",
                "data:text/html,x",
                "a b"
            })
    void linksToNothingElse(String address) {
        assertThat(Portal.link(address)).isEmpty();
    }
}
