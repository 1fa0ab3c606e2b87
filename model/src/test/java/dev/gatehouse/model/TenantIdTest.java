package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {

    @Test
    void readsWhatSomebodyPastedWithBlanksAndInvisibleCharacters() {
        assertThat(TenantId.parse("\uFEFF1cde81fd-b430-4035\u200B-b24d-709921922876\u00A0"))
                .hasToString("1cde81fd-b430-4035-b24d-709921922876");
        assertThat(TenantId.parse("  1CDE81FD-b430-4035-b24d-709921922876\n"))
                .hasToString("1cde81fd-b430-4035-b24d-709921922876");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "contoso",
                "1-1-1-1-1",
                "1cde81fdb4304035b24d709921922876",
                "{1cde81fd-b430-4035-b24d-709921922876}"
            })
    void saysWhichFieldIsWrongAndWhereToFindTheValue(String text) {
        assertThatThrownBy(() -> TenantId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Directory ID must be a GUID")
                .hasMessageContaining("Overview page");
    }

    @Test
    void tellsTheApplicationIdByItsOwnName() {
        assertThatThrownBy(() -> ApplicationId.parse("x")).hasMessageStartingWith("Application ID must be a GUID");
    }
}
