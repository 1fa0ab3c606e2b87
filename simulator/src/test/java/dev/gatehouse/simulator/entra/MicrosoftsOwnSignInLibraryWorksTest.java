package dev.gatehouse.simulator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.simulator.HttpCaller;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** msal4j as Microsoft ships it, told only where the authority is and which certificate authority to trust. */
class MicrosoftsOwnSignInLibraryWorksTest {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final SimulatedTenant contoso = simulator.tenants().getFirst();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void signsInWithASecret() throws Exception {
        var token = token(client(secret(contoso.clientSecret())).instanceDiscovery(false));

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("roles"))
                .contains("SecurityAlert.Read.All");
    }

    @Test
    void signsInWithACertificate() throws Exception {
        var certificate = contoso.newCertificate();
        var credential =
                ClientCredentialFactory.createFromCertificate(certificate.privateKey(), certificate.certificate());

        var token = token(client(credential).instanceDiscovery(false));

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("appidacr"))
                .isEqualTo("2");
    }

    @Test
    void signsInThroughOpenIdMetadata() throws Exception {
        var builder = ConfidentialClientApplication.builder(
                        contoso.applicationId().toString(), secret(contoso.clientSecret()))
                .sslSocketFactory(HttpCaller.trusting(simulator).getSocketFactory())
                .oidcAuthority("%s/%s/v2.0".formatted(simulator.authority(), contoso.tenantId()));

        assertThat(token(builder)).isNotEmpty();
    }

    /** Instance discovery asks a host that msal4j knows; here its requests are led to the simulator. */
    @Test
    void signsInAfterInstanceDiscovery() throws Exception {
        try (var caller = new HttpCaller(simulator)) {
            var asked = new ArrayList<String>();
            var builder = ConfidentialClientApplication.builder(
                            contoso.applicationId().toString(), secret(contoso.clientSecret()))
                    .authority("https://login.microsoftonline.com/" + contoso.tenantId())
                    .httpClient(leadTo(simulator, caller, asked));

            assertThat(token(builder)).isNotEmpty();
            assertThat(asked)
                    .containsExactly("/common/discovery/instance", "/" + contoso.tenantId() + "/oauth2/v2.0/token");
        }
    }

    @Test
    void toldAWrongSecretByItsErrorCode() {
        var error = failure(client(secret(contoso.secretId().toString())));

        assertThat(error.errorCode()).isEqualTo("invalid_client");
        assertThat(error.statusCode()).isEqualTo(401);
        assertThat(error.getMessage()).contains("AADSTS7000215");
    }

    @Test
    void toldAnExpiredSecretByItsErrorCode() {
        contoso.application().moveSecretsEnd(Instant.EPOCH);

        assertThat(failure(client(secret(contoso.clientSecret()))).getMessage()).contains("AADSTS7000222");
    }

    @Test
    void toldAnUnregisteredCertificateByItsErrorCode() {
        var stranger =
                ClientCertificate.selfSigned("stranger", simulator.clock().instant(), Duration.ofDays(1));
        var credential = ClientCredentialFactory.createFromCertificate(stranger.privateKey(), stranger.certificate());

        assertThat(failure(client(credential)).getMessage()).contains("AADSTS700027");
    }

    private static IClientCredential secret(String value) {
        return ClientCredentialFactory.createFromSecret(value);
    }

    private ConfidentialClientApplication.Builder client(IClientCredential credential) {
        try {
            return ConfidentialClientApplication.builder(contoso.applicationId().toString(), credential)
                    .sslSocketFactory(HttpCaller.trusting(simulator).getSocketFactory())
                    .authority("%s/%s/".formatted(simulator.authority(), contoso.tenantId()));
        } catch (Exception exception) {
            throw new AssertionError(exception);
        }
    }

    private static String token(ConfidentialClientApplication.Builder client) throws Exception {
        var parameters = ClientCredentialParameters.builder(Set.of("https://graph.microsoft.com/.default"))
                .build();
        return client.build().acquireToken(parameters).get().accessToken();
    }

    private static MsalServiceException failure(ConfidentialClientApplication.Builder client) {
        var thrown = catchThrowableOfType(ExecutionException.class, () -> token(client.instanceDiscovery(false)));
        return (MsalServiceException) Objects.requireNonNull(thrown.getCause());
    }

    private static IHttpClient leadTo(Simulator simulator, HttpCaller caller, List<String> asked) {
        return request -> {
            var url = request.url();
            asked.add(url.getPath());
            var to = HttpRequest.newBuilder(URI.create(simulator.authority() + url.getFile()));
            Objects.requireNonNullElse(request.headers(), Map.<String, String>of())
                    .forEach(to::header);
            var body = request.body();
            var answer = caller.send(body == null ? to : to.POST(BodyPublishers.ofString(body)));
            var response = new HttpResponse().statusCode(answer.statusCode()).body(answer.body());
            response.addHeaders(answer.headers().map());
            return response;
        };
    }
}
