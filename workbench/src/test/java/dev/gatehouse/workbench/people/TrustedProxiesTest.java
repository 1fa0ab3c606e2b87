package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class TrustedProxiesTest {

    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "fd00::7"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                # asked from        | list                                   | client
                192.0.2.1           | 203.0.113.9                            | 192.0.2.1
                10.0.0.7            | 198.51.100.9                           | 198.51.100.9
                10.0.0.7            | 203.0.113.9, 198.51.100.9              | 198.51.100.9
                10.0.0.7            | 203.0.113.9, 198.51.100.9, 10.1.1.1    | 198.51.100.9
                10.0.0.7            | 10.2.2.2, 10.1.1.1                     | 10.2.2.2
                10.0.0.7            | 198.51.100.9:4711                      | 198.51.100.9
                10.0.0.7            | [2001:db8::9]:4711                     | 2001:db8:0:0:0:0:0:9
                10.0.0.7            | 2001:DB8::9                            | 2001:db8:0:0:0:0:0:9
                10.0.0.7            | ::ffff:198.51.100.9                    | 198.51.100.9
                10.0.0.7            | 203.0.113.9, unknown                   | 10.0.0.7
                10.0.0.7            | 203.0.113.9, proxy.example, 10.1.1.1   | 10.1.1.1
                10.0.0.7            | ''                                     | 10.0.0.7
                fd00:0:0:0:0:0:0:7  | 198.51.100.9                           | 198.51.100.9
                fd00:0:0:0:0:0:0:8  | 198.51.100.9                           | fd00:0:0:0:0:0:0:8
                """)
    void readsTheListFromTheRightPastTrustedProxies(String peer, String list, String client) {
        var request = from(peer);
        request.addHeader("X-Forwarded-For", list);

        assertThat(proxies.clientOf(request)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                for=203.0.113.9, for=198.51.100.9;proto=https;by=10.0.0.7  | 198.51.100.9
                proto=https;For="[2001:db8::9]:4711"                       | 2001:db8:0:0:0:0:0:9
                for=_hidden                                                | 10.0.0.7
                for=203.0.113.9, proto=https                               | 10.0.0.7
                """)
    void readsTheStandardHeaderInTheSameWay(String list, String client) {
        var request = from("10.0.0.7");
        request.addHeader("Forwarded", list);

        assertThat(proxies.clientOf(request)).isEqualTo(client);
    }

    @Test
    void readsAListThatIsSpreadOverSeveralHeaders() {
        var request = from("10.0.0.7");
        request.addHeader("X-Forwarded-For", "203.0.113.9");
        request.addHeader("X-Forwarded-For", "198.51.100.9, 10.1.1.1");

        assertThat(proxies.clientOf(request)).isEqualTo("198.51.100.9");
    }

    @Test
    void believesNeitherHeaderWhenTheyDisagree() {
        var request = from("10.0.0.7");
        request.addHeader("X-Forwarded-For", "198.51.100.9");
        request.addHeader("Forwarded", "for=203.0.113.9");

        assertThat(proxies.clientOf(request)).isEqualTo("10.0.0.7");
    }

    @Test
    void believesBothHeadersWhenTheyAgree() {
        var request = from("10.0.0.7");
        request.addHeader("X-Forwarded-For", "203.0.113.1, 198.51.100.9");
        request.addHeader("Forwarded", "for=\"198.51.100.9:80\"");

        assertThat(proxies.clientOf(request)).isEqualTo("198.51.100.9");
    }

    private static MockHttpServletRequest from(String peer) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        return request;
    }
}
