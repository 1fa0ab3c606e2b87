package dev.gatehouse.workbench.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TechniquesTest {

    private final Techniques techniques = new Techniques();

    @Test
    void namesTechniquesAndLinksToMitre() {
        assertThat(techniques.of(List.of("T1003.006", "T1558")))
                .satisfiesExactly(
                        dcSync -> {
                            assertThat(dcSync.name()).isEqualTo("DCSync");
                            assertThat(dcSync.address()).contains("https://attack.mitre.org/techniques/T1003/006/");
                        },
                        tickets -> {
                            assertThat(tickets.name()).isEqualTo("Steal or Forge Kerberos Tickets");
                            assertThat(tickets.address()).contains("https://attack.mitre.org/techniques/T1558/");
                        });
    }

    @Test
    void keepsTechniquesThatItDoesNotKnow() {
        assertThat(techniques.of(List.of("T9999", "javascript:alert(1)")))
                .satisfiesExactly(
                        unknown -> assertThat(unknown.address()).contains("https://attack.mitre.org/techniques/T9999/"),
                        odd -> assertThat(odd.address()).isEmpty());
    }
}
