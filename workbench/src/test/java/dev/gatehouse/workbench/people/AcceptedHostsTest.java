package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.platform.settings.Settings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AcceptedHostsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                # bound to      | public URL                | came to           | host              | is accepted
                127.0.0.1       | ''                        | 127.0.0.1         | localhost         | true
                127.0.0.1       | ''                        | 127.0.0.1         | 127.0.0.2         | true
                127.0.0.1       | ''                        | 127.0.0.1         | evil.example      | false
                0.0.0.0         | ''                        | 10.0.0.5          | 10.0.0.5          | true
                0.0.0.0         | ''                        | 10.0.0.5          | 10.0.0.6          | false
                ::              | ''                        | fd00:0:0:0:0:0:0:5 | [fd00::5]        | true
                10.0.0.5        | ''                        | 10.0.0.5          | 10.0.0.5          | true
                soc.lan         | ''                        | 10.0.0.5          | SOC.lan           | true
                10.0.0.5        | http://soc.lan:8080       | 10.0.0.5          | soc.lan           | true
                10.0.0.5        | https://[fd00::9]         | 10.0.0.5          | [fd00::9]         | true
                10.0.0.5        | https://soc.example.com   | 10.0.0.5          | soc.lan           | false
                """)
    void goesByThePublicUrlLoopbackAndWhereItIsReached(
            String bound, String publicUrl, String cameTo, String host, boolean isAccepted) {
        var request = new MockHttpServletRequest();
        request.setLocalAddr(cameTo);
        request.setServerName(host);
        request.addHeader("Host", host);

        assertThat(new AcceptedHosts(new Settings.Server(bound, 8080, publicUrl, List.of())).accept(request))
                .isEqualTo(isAccepted);
    }
}
