package dev.gatehouse.intake.signin;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in by Microsoft's own library, over our connections. The library builds and reads the messages; when, how often
 * and with which token from memory is ours ({@link EntraSignIn}).
 *
 * <p>What Entra answered is kept here, since the library's exceptions leave out the error numbers and the headers.
 */
final class MsalBridge implements IHttpClient {

    private final CloudHttp http;
    private final Cloud cloud;
    private @Nullable HttpOutcome last;
    private @Nullable InterruptedException interruption;

    private MsalBridge(CloudHttp http, Cloud cloud) {
        this.http = http;
        this.cloud = cloud;
    }

    /**
     * What came of a sign-in.
     *
     * @param accessToken present when Entra gave a token
     * @param outcome what came over the wire last, with the reason when there is no token
     */
    record Result(Optional<String> accessToken, HttpOutcome outcome) {}

    static Result signIn(CloudHttp http, Connection connection) throws InterruptedException {
        var bridge = new MsalBridge(http, connection.cloud());
        var accessToken = bridge.accessToken(connection);
        if (bridge.interruption != null) {
            throw bridge.interruption;
        }
        if (bridge.last == null) {
            throw new IllegalStateException("The sign-in library did not ask Entra");
        }
        return new Result(accessToken, bridge.last);
    }

    private Optional<String> accessToken(Connection connection) throws InterruptedException {
        try {
            var client = ConfidentialClientApplication.builder(
                            connection.application().toString(), credential(connection.credential()))
                    .authority(httpsSpelling(cloud.authority()) + "/" + connection.tenant() + "/")
                    // Both would ask login.microsoftonline.com about our authority first, which other clouds cannot
                    // reach.
                    .validateAuthority(false)
                    .instanceDiscovery(false)
                    .disableInternalRetries()
                    .httpClient(this)
                    .executorService(new SameThread())
                    .build();
            var scope = cloud.graph() + "/.default";
            var parameters = ClientCredentialParameters.builder(Set.of(scope))
                    .skipCache(true)
                    .build();
            return Optional.ofNullable(client.acquireToken(parameters).get().accessToken());
        } catch (ExecutionException e) {
            // Entra's refusals and broken connections arrive here, and bare NullPointerExceptions for answers that are
            // not Entra's. What came over the wire explains them better.
            if (last == null && interruption == null) {
                throw new IllegalStateException("The sign-in library failed", e.getCause());
            }
            return Optional.empty();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Cloud %s has an unusable sign-in address".formatted(cloud), e);
        }
    }

    private static IClientCredential credential(Credential credential) {
        return switch (credential) {
            case ClientSecret secret -> ClientCredentialFactory.createFromSecret(secret.reveal());
            case ClientCertificate certificate ->
                ClientCredentialFactory.createFromCertificate(certificate.revealKey(), certificate.certificate());
        };
    }

    /** The library refuses plain http, which we allow on loopback. It gets the https spelling; {@link #send} undoes it. */
    private static String httpsSpelling(URI authority) {
        return authority.toString().replaceFirst("^http:", "https:");
    }

    @Override
    public IHttpResponse send(HttpRequest asked) throws WireException {
        var address = URI.create(asked.url().toString());
        var expected = URI.create(httpsSpelling(cloud.authority()));
        if (!expected.getAuthority().equals(address.getAuthority())) {
            throw new IllegalStateException("The sign-in library wanted to ask %s in place of %s"
                    .formatted(address.getHost(), expected.getHost()));
        }
        var rest = address.toString().substring(expected.toString().length());
        var request = new Request(
                asked.httpMethod().name(),
                URI.create(cloud.authority() + rest),
                withoutSizes(asked.headers()),
                Optional.ofNullable(asked.body()));
        try {
            last = http.send(cloud, request);
        } catch (InterruptedException e) {
            interruption = e;
            throw new WireException();
        }
        if (last instanceof HttpOutcome.Answered(Answer answer)) {
            return new Response(answer);
        }
        throw new WireException();
    }

    /** What depends on the connection is our client's business. */
    private static Map<String, String> withoutSizes(Map<String, String> headers) {
        var kept = new HashMap<>(headers);
        kept.keySet().removeIf(name -> name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Host"));
        return kept;
    }

    /** There is no answer to hand to the library; {@link #last} says why. */
    static final class WireException extends IOException {}

    private record Response(Answer answer) implements IHttpResponse {

        @Override
        public int statusCode() {
            return answer.status();
        }

        @Override
        public Map<String, List<String>> headers() {
            return answer.headers().values();
        }

        @Override
        public String body() {
            return answer.text();
        }
    }
}
