package dev.gatehouse.setup.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator who does not get in is told what Entra said as everybody else is. */
class AdminSignInTest {

    private final CloudHttp http = new CloudHttp(HttpSettings.defaults(), InstantSource.system());
    private HttpServer entra;
    private String refusal = "";

    @BeforeEach
    void start() throws IOException {
        entra = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        entra.createContext("/", this::answer);
        entra.start();
    }

    @AfterEach
    void stop() {
        entra.stop(0);
        http.close();
    }

    @Test
    void namesTheBrowserWhereTheDeviceCodeIsForbidden() {
        refusal = refusal("invalid_grant", 53003, "Access has been blocked by Conditional Access policies.");

        assertThat(reason())
                .startsWith("The sign-in did not work. Conditional Access blocked the sign-in by device code")
                .contains("Access has been blocked by Conditional Access policies.", "gatehouse tenant … --browser")
                .endsWith("(AADSTS53003)");
    }

    @Test
    void saysThatItDoesNotKnowACodeAndQuotesMicrosoft() {
        refusal = refusal("invalid_grant", 7999999, "Something new.");

        assertThat(reason()).contains("AADSTS7999999, which is not known to us", "Something new.");
    }

    private String reason() {
        var address = URI.create("http://localhost:" + entra.getAddress().getPort());
        var signIn = new AdminSignIn(
                http,
                new Cloud("pretend", address, address, Optional.empty()),
                new TenantId(UUID.randomUUID()),
                AdminSignIn.GRAPH_COMMAND_LINE_TOOLS,
                new SignInMethod.DeviceCode(code -> {}));
        return catchThrowableOfType(AdminSignInFailed.class, () -> signIn.token(Set.of("Directory.Read.All")))
                .reason();
    }

    private static String refusal(String error, int number, String words) {
        return "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: %s\",\"error_codes\":[%d]}"
                .formatted(error, number, words, number);
    }

    private void answer(HttpExchange asked) throws IOException {
        var isCode = asked.getRequestURI().getPath().endsWith("/devicecode");
        var body = (isCode
                        ? "{\"user_code\":\"ABC\",\"device_code\":\"x\",\"verification_uri\":\"http://localhost/device\",\"expires_in\":900,\"interval\":1,\"message\":\"Type ABC.\"}"
                        : refusal)
                .getBytes(StandardCharsets.UTF_8);
        asked.getResponseHeaders().add("Content-Type", "application/json");
        asked.sendResponseHeaders(isCode ? 200 : 400, body.length);
        try (var out = asked.getResponseBody()) {
            out.write(body);
        }
    }
}
