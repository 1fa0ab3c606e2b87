package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LinkTextTest {

    @Test
    void leavesAnAddressAsItIs() {
        var link = "https://graph.microsoft.com/v1.0/security/alerts_v2?$filter=a%20ge%20b&$skiptoken=a%2Bb%3D";

        assertThat(LinkText.read(link)).contains(URI.create(link));
    }

    @Test
    void escapesOnlyWhatAnAddressMayNotHold() {
        assertThat(LinkText.read("https://h/p?$filter=a ge 'ü'&$top=5%20|x"))
                .contains(URI.create("https://h/p?$filter=a%20ge%20'%C3%BC'&$top=5%20%7Cx"));
    }

    @Test
    void givesUpOnWhatIsNoAddress() {
        assertThat(LinkText.read("https://[::1")).isEmpty();
    }
}
