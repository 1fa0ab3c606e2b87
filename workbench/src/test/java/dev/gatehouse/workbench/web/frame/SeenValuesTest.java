package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenValuesTest {

    private static final Map<String, String> SEEN = Map.of("name", "Contoso, Ltd: \u00e9", "notes", "");

    @Test
    void findsNoChangeWhereAllIsAsTheFormWasMadeFrom() {
        assertThat(SeenValues.changes(Map.of("seen", SeenValues.text(SEEN), "name", "Mine"), SEEN))
                .isEmpty();
    }

    @Test
    void saysWhatSomebodyElseHasChanged() {
        var now = Map.of("name", "Fabrikam", "notes", "Calls back");

        assertThat(SeenValues.changes(Map.of("seen", SeenValues.text(SEEN)), now))
                .containsExactlyInAnyOrder(
                        new SeenValues.Change("name", "Contoso, Ltd: \u00e9", "Fabrikam"),
                        new SeenValues.Change("notes", "", "Calls back"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no:such", "%%%", "YQ"})
    void findsNothingInAFieldThatItDidNotWrite(String seen) {
        assertThat(SeenValues.changes(Map.of("seen", seen), Map.of())).isEmpty();
    }
}
