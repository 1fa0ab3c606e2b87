package dev.gatehouse.setup.signin;

import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.InteractiveRequestParameters;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.SystemBrowserOptions;
import dev.gatehouse.intake.diagnose.EntraDiagnosis;
import dev.gatehouse.intake.diagnose.TransportDiagnosis;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpOutcome;
import dev.gatehouse.intake.http.Request;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.TenantId;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs one administrator in, by Microsoft's own library over our connections. Asked a second time for more permissions,
 * it first tries what Entra gives without asking the person again. Everything lives as long as this object and no longer.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code">Device code</a>
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow">Authorization code</a>
 */
public final class AdminSignIn {

    /**
     * Microsoft Graph Command Line Tools, which most tenants know already and which may ask for any permission of Graph.
     * An administrator has to consent to it once.
     */
    public static final ApplicationId GRAPH_COMMAND_LINE_TOOLS =
            ApplicationId.parse("14d82eec-204b-4c2f-b7e8-296a70dab67e");

    private final Cloud cloud;
    private final SignInMethod way;
    private final EntraDiagnosis.Administrator who;
    private final PublicClientApplication client;
    private final HeldExecutor gate = new HeldExecutor();
    private @Nullable IAuthenticationResult latest;

    /**
     * Prepares a sign-in; nobody is asked yet.
     *
     * @param http the wire
     * @param cloud where the tenant lives
     * @param tenant whose administrator
     * @param clientId the public client that asks
     * @param way how the administrator signs in
     */
    public AdminSignIn(CloudHttp http, Cloud cloud, TenantId tenant, ApplicationId clientId, SignInMethod way) {
        this.cloud = cloud;
        this.way = way;
        this.who = new EntraDiagnosis.Administrator(tenant, clientId, cloud, way instanceof SignInMethod.DeviceCode);
        try {
            this.client = PublicClientApplication.builder(clientId.toString())
                    .authority(httpsSpelling(cloud.authority()) + "/" + tenant + "/")
                    // Both would ask login.microsoftonline.com about our authority first.
                    .validateAuthority(false)
                    .instanceDiscovery(false)
                    .disableInternalRetries()
                    .httpClient(new Wire(http, cloud))
                    .executorService(gate)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Cloud %s has an unusable sign-in address".formatted(cloud), e);
        }
    }

    /**
     * A token with these permissions.
     *
     * @param scopes delegated permissions of Microsoft Graph, by name
     * @throws AdminSignInFailed when Entra refuses, or the administrator does not come back in time
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public AdminToken token(Set<String> scopes) throws AdminSignInFailed, InterruptedException {
        var asked = scopes.stream().map(scope -> cloud.graph() + "/" + scope).collect(Collectors.toSet());
        var result = quietly(asked).filter(quiet -> names(quiet).containsAll(scopes));
        latest = result.isPresent() ? result.get() : byAsking(asked);
        return new AdminToken(
                latest.accessToken(),
                latest.account() == null ? "" : latest.account().username(),
                names(latest),
                latest.expiresOnDate().toInstant());
    }

    private Optional<IAuthenticationResult> quietly(Set<String> scopes) throws AdminSignInFailed, InterruptedException {
        if (latest == null || latest.account() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(client.acquireTokenSilently(
                            SilentParameters.builder(scopes, latest.account()).build())
                    .get());
        } catch (ExecutionException e) {
            // Consent is missing, or the tenant wants the person to be there: ask.
            return Optional.empty();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Cloud %s has an unusable sign-in address".formatted(cloud), e);
        }
    }

    private IAuthenticationResult byAsking(Set<String> scopes) throws AdminSignInFailed, InterruptedException {
        gate.hold();
        var asked = begin(scopes);
        gate.letGo();
        try {
            return asked.get();
        } catch (InterruptedException e) {
            asked.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private CompletableFuture<IAuthenticationResult> begin(Set<String> scopes) {
        return switch (way) {
            case SignInMethod.DeviceCode deviceCode ->
                client.acquireToken(DeviceCodeFlowParameters.builder(scopes, code -> deviceCode
                                .show()
                                .accept(new SignInMethod.Code(
                                        URI.create(code.verificationUri()),
                                        code.userCode(),
                                        code.message(),
                                        Duration.ofSeconds(code.expiresIn()))))
                        .build());
            case SignInMethod.Browser browser ->
                client.acquireToken(InteractiveRequestParameters.builder(loopback())
                        .scopes(scopes)
                        .systemBrowserOptions(SystemBrowserOptions.builder()
                                .htmlMessageSuccess(
                                        "<p>You are signed in. Go back to Gatehouse; this window may be closed.</p>")
                                .htmlMessageError("<p>The sign-in did not work. Gatehouse says why.</p>")
                                .openBrowserAction(url -> browser.open().accept(asUri(url)))
                                .build())
                        .build());
        };
    }

    private static URI loopback() {
        return URI.create("http://localhost");
    }

    private static URI asUri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The sign-in library made an unusable address", e);
        }
    }

    private AdminSignInFailed failed(ExecutionException e) {
        for (Throwable thrown = e.getCause(); thrown != null; thrown = thrown.getCause()) {
            if (thrown instanceof NoAnswer) {
                return new AdminSignInFailed("The sign-in did not work. " + thrown.getMessage(), true);
            }
        }
        return new AdminSignInFailed(reason(e.getCause()), false);
    }

    /** What Entra said, explained as for an application that signs in. */
    private String reason(@Nullable Throwable thrown) {
        var diagnosis = EntraDiagnosis.ofAdministrator(words(thrown), who);
        return "The sign-in did not work. %s %s%s"
                .formatted(
                        diagnosis.cause(),
                        diagnosis.cure(),
                        diagnosis.code().map(code -> " (%s)".formatted(code)).orElse(""));
    }

    /** The first line; what follows are ids of the request and a time. */
    private static String words(@Nullable Throwable thrown) {
        var said = thrown == null || thrown.getMessage() == null
                ? ""
                : thrown.getMessage().lines().findFirst().orElse("");
        return said.isBlank() && thrown instanceof MsalException refused && refused.errorCode() != null
                ? refused.errorCode()
                : said;
    }

    /** Entra answers with bare names, whatever was asked. */
    private static Set<String> names(IAuthenticationResult result) {
        return Arrays.stream(String.valueOf(result.scopes()).split("\\s+", -1))
                .map(scope -> scope.substring(scope.lastIndexOf('/') + 1))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The library refuses plain http, which we allow on loopback. It gets the https spelling; the wire undoes it. */
    private static String httpsSpelling(URI authority) {
        return authority.toString().replaceFirst("^http:", "https:");
    }

    /** Carries the library's requests over our connections, to the sign-in host and nowhere else. */
    private record Wire(CloudHttp http, Cloud cloud) implements IHttpClient {

        @Override
        public IHttpResponse send(HttpRequest asked) throws IOException {
            var address = URI.create(asked.url().toString());
            var expected = URI.create(httpsSpelling(cloud.authority()));
            // By host only: a silent sign-in goes by the account's environment, which knows no port. It is sent to the
            // configured authority all the same.
            if (!expected.getHost().equalsIgnoreCase(address.getHost())) {
                throw new IOException("The sign-in library wanted to ask %s in place of %s"
                        .formatted(address.getHost(), expected.getHost()));
            }
            var rest = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
            var headers = new HashMap<>(asked.headers());
            headers.keySet().removeIf(name -> Set.of("content-length", "host").contains(name.toLowerCase(Locale.ROOT)));
            var request = new Request(
                    asked.httpMethod().name(),
                    URI.create(cloud.authority() + rest),
                    headers,
                    Optional.ofNullable(asked.body()));
            try {
                return switch (http.send(cloud, request)) {
                    case HttpOutcome.Answered(Answer answer) -> new Response(answer);
                    case HttpOutcome.Broken broken ->
                        throw new NoAnswer(TransportDiagnosis.of(broken).cause());
                };
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** Says in a sentence why nothing came back. */
    private static final class NoAnswer extends IOException {

        private static final long serialVersionUID = 1L;

        NoAnswer(String sentence) {
            super(sentence);
        }
    }

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
