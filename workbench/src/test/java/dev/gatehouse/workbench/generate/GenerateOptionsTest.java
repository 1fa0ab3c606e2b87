package dev.gatehouse.workbench.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerateOptionsTest {

    @Test
    void whatNobodySaysIsAsUsual() {
        assertThat(GenerateOptions.of(List.of())).isEqualTo(GenerateOptions.USUAL);
    }

    @Test
    void readsEachOption() {
        assertThat(GenerateOptions.of(List.of(
                        "--generate.organizations=3",
                        "--generate.vendor-alerts=500",
                        "--generate.devices=7",
                        "--generate.days=10",
                        "--generate.seed=-5",
                        "--generate.add=true")))
                .isEqualTo(new GenerateOptions(500, 7, 3, 10, -5, true));
    }

    @Test
    void refusesWhatMakesNoSenseAndNamesTheOption() {
        assertRefused("There is no option --alerts.", "--generate.alerts=5");
        assertRefused("--days cannot be 'ten'. Give a whole number.", "--generate.days=ten");
        assertRefused("--devices cannot be 0. Give a whole number from 1 to 100,000.", "--generate.devices=0");
        assertRefused(
                "--organizations 9 is more than --devices 8.", "--generate.devices=8", "--generate.organizations=9");
    }

    private static void assertRefused(String message, String... options) {
        assertThatThrownBy(() -> GenerateOptions.of(List.of(options)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(message);
    }
}
