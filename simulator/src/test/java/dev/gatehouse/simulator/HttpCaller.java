package dev.gatehouse.simulator;

import dev.gatehouse.simulator.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import tools.jackson.databind.JsonNode;

/** Calls the pretend cloud as any HTTP client would, and trusts its certificate authority and no other. */
public final class HttpCaller implements AutoCloseable {

    private final Simulator simulator;
    private final HttpClient client;

    public HttpCaller(Simulator simulator) {
        this.simulator = simulator;
        this.client = HttpClient.newBuilder().sslContext(trusting(simulator)).build();
    }

    /** TLS that trusts only the simulator. */
    public static SSLContext trusting(Simulator simulator) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new X509TrustManager[] {trustManager(simulator)}, null);
            return context;
        } catch (GeneralSecurityException exception) {
            throw new AssertionError(exception);
        }
    }

    /** Trusts only the simulator. */
    public static X509TrustManager trustManager(Simulator simulator) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", simulator.ca());
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException exception) {
            throw new AssertionError(exception);
        }
    }

    /** Sends any request. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends any request and takes the body's bytes as they are. */
    public HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Sends a form. */
    public HttpResponse<String> post(URI uri, Map<String, String> form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form))));
    }

    /** The form with which a tenant's application asks for a token by its secret. */
    public static Map<String, String> signInForm(SimulatedTenant tenant) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", tenant.applicationId().toString());
        form.put("client_secret", tenant.clientSecret());
        form.put("scope", "https://graph.microsoft.com/.default");
        return form;
    }

    /** Where a tenant's application asks for tokens. */
    public URI tokenAddress(String tenant) {
        return simulator.authority().resolve("/" + tenant + "/oauth2/v2.0/token");
    }

    /** A token for Graph, by the tenant's secret. */
    public String token(SimulatedTenant tenant) throws IOException, InterruptedException {
        return token(tenant, "https://graph.microsoft.com/.default");
    }

    /** A token for that scope, by the tenant's secret. */
    public String token(SimulatedTenant tenant, String scope) throws IOException, InterruptedException {
        var form = new LinkedHashMap<>(signInForm(tenant));
        form.put("scope", scope);
        return json(post(tokenAddress(tenant.tenantId().toString()), form))
                .path("access_token")
                .asString();
    }

    /** Reads an answer's body. */
    public static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Percent-encodes a value for a query or a form. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
