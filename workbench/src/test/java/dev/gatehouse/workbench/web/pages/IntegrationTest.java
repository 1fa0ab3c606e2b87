package dev.gatehouse.workbench.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Defender", "defender identity", "MDI", "  Azure "})
    void isFoundByWhatPeopleType(String search) {
        assertThat(Integration.matching(search)).containsExactly(Integration.MICROSOFT_DEFENDER_FOR_IDENTITY);
    }

    @Test
    void isNotFoundByOtherProducts() {
        assertThat(Integration.matching("okta")).isEmpty();
    }
}
