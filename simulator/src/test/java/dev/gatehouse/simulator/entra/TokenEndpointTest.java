package dev.gatehouse.simulator.entra;

import static dev.gatehouse.simulator.HttpCaller.json;
import static dev.gatehouse.simulator.HttpCaller.signInForm;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.simulator.HttpCaller;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenEndpointTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withClock(InstantSource.fixed(NOW)));
    private static final HttpCaller caller = new HttpCaller(simulator);

    /** A tenant of its own for each test, so that tests can break it. */
    private final SimulatedTenant contoso =
            simulator.addTenant("Contoso " + simulator.tenants().size());

    @AfterAll
    static void stop() {
        caller.close();
        simulator.close();
    }

    @Test
    void issuesASignedTokenForARightSecret() throws Exception {
        var response = signIn(form -> {});

        assertThat(response.statusCode()).isEqualTo(200);
        var body = json(response);
        assertThat(body.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").isInt()).isTrue();
        assertThat(body.path("expires_in").asInt()).isEqualTo(3599);
        assertThat(body.path("ext_expires_in").asInt()).isEqualTo(3599);
        assertThat(body.has("refresh_token")).isFalse();
        var jwt = SignedJWT.parse(body.path("access_token").asString());
        var claims = jwt.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("https://graph.microsoft.com");
        assertThat(claims.getIssuer()).isEqualTo("https://sts.windows.net/%s/".formatted(contoso.tenantId()));
        assertThat(claims.getStringClaim("tid")).isEqualTo(contoso.tenantId().toString());
        assertThat(claims.getStringClaim("appid"))
                .isEqualTo(contoso.applicationId().toString());
        assertThat(claims.getStringListClaim("roles"))
                .containsExactly(
                        "SecurityAlert.Read.All",
                        "SecurityEvents.Read.All",
                        "SecurityIncident.Read.All",
                        "ThreatHunting.Read.All");
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(NOW.plusSeconds(3599));
        assertThat(claims.getClaim("ver")).isEqualTo("1.0");
    }

    @Test
    void signsTokensWithTheKeyThatItPublishes() throws Exception {
        var token = SignedJWT.parse(caller.token(contoso));
        var metadata = json(get("/%s/v2.0/.well-known/openid-configuration".formatted(contoso.tenantId())));

        var keys = JWKSet.parse(
                get(URI.create(metadata.path("jwks_uri").asString())).body());

        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(metadata.path("issuer").asString())
                .isEqualTo("%s/%s/v2.0".formatted(simulator.authority(), contoso.tenantId()));
        assertThat(metadata.path("token_endpoint").asString())
                .isEqualTo("%s/%s/oauth2/v2.0/token".formatted(simulator.authority(), contoso.tenantId()));
    }

    @Test
    void takesTheSecretByHttpBasicToo() throws Exception {
        var pair = contoso.applicationId() + ":" + HttpCaller.encode(contoso.clientSecret());
        var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

        var response = caller.send(
                HttpRequest.newBuilder(caller.tokenAddress(contoso.tenantId().toString()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", "Basic " + basic)
                        .POST(BodyPublishers.ofString("grant_type=client_credentials&scope="
                                + HttpCaller.encode("https://graph.microsoft.com/.default"))));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void knowsTheTenantByItsDomainToo() throws Exception {
        var response = caller.post(caller.tokenAddress(contoso.directory().domain()), signInForm(contoso));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void answersOnPlainHttpToo() throws Exception {
        var address = simulator.plainAuthority().resolve("/" + contoso.tenantId() + "/oauth2/v2.0/token");

        assertThat(caller.post(address, signInForm(contoso)).statusCode()).isEqualTo(200);
    }

    @Test
    void issuesATokenWithoutRolesWhenNothingWasConsented() throws Exception {
        SimulatedTenant.CONSENTED.forEach(contoso.application()::revoke);

        var claims = SignedJWT.parse(caller.token(contoso)).getJWTClaimsSet();

        assertThat(claims.getClaim("roles")).isNull();
    }

    @Test
    void takesTheNewSecretAndTheOldOneDuringARotation() throws Exception {
        var fresh = new ApplicationSecret(UUID.randomUUID(), "n3w8Q~value", NOW.plus(Duration.ofDays(1)));
        contoso.application().add(fresh);

        assertThat(signIn(form -> {}).statusCode()).isEqualTo(200);
        assertThat(signIn(form -> form.put("client_secret", fresh.value())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSecretExpiresWhenTimePasses() throws Exception {
        try (var cloud = Simulator.start(SimulatorSettings.defaults());
                var client = new HttpCaller(cloud)) {
            var tenant = cloud.tenants().getFirst();
            cloud.clock().advance(Duration.ofDays(731));

            var address = client.tokenAddress(tenant.tenantId().toString());
            assertThatRefusal(client.post(address, signInForm(tenant))).isEqualTo("401 invalid_client 7000222");
        }
    }

    /** What is broken in the tenant, and how Microsoft says so. */
    static Stream<Arguments> brokenTenants() {
        return Stream.of(
                broken(
                        "400 invalid_request 5000224",
                        tenant -> tenant.directory().suspend(true),
                        tenant -> tenant.directory().suspend(false)),
                broken(
                        "400 invalid_request 90038",
                        tenant -> tenant.directory().moveToNationalCloud(Optional.of("microsoftonline.us")),
                        tenant -> tenant.directory().moveToNationalCloud(Optional.empty())),
                broken(
                        "400 unauthorized_client 700016",
                        tenant -> tenant.directory().remove(tenant.application()),
                        tenant -> tenant.directory().add(tenant.application())),
                broken(
                        "400 unauthorized_client 7000112",
                        tenant -> tenant.application().disable(true),
                        tenant -> tenant.application().disable(false)),
                broken(
                        "400 unauthorized_client 7000229",
                        tenant -> tenant.application().removeServicePrincipal(true),
                        tenant -> tenant.application().removeServicePrincipal(false)),
                broken(
                        "400 invalid_grant 53003",
                        tenant -> tenant.application().blockByConditionalAccess(true),
                        tenant -> tenant.application().blockByConditionalAccess(false)),
                broken(
                        "401 invalid_client 700025",
                        tenant -> tenant.application().makePublicClient(true),
                        tenant -> tenant.application().makePublicClient(false)),
                broken(
                        "401 invalid_client 7000222",
                        tenant -> tenant.application().moveSecretsEnd(NOW.minusSeconds(1)),
                        tenant -> tenant.application().moveSecretsEnd(NOW.plusSeconds(60))),
                broken(
                        "401 invalid_client 7000215",
                        tenant -> tenant.application()
                                .remove(tenant.application().secrets().getFirst()),
                        tenant -> tenant.application()
                                .add(new ApplicationSecret(
                                        tenant.secretId(), tenant.clientSecret(), NOW.plusSeconds(60)))));
    }

    private static Arguments broken(
            String refusal, Consumer<SimulatedTenant> breakIt, Consumer<SimulatedTenant> cureIt) {
        return Arguments.of(refusal, breakIt, cureIt);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenTenants")
    void saysWhatIsBrokenUntilItIsCured(
            String refusal, Consumer<SimulatedTenant> breakIt, Consumer<SimulatedTenant> cureIt) throws Exception {
        breakIt.accept(contoso);
        assertThatRefusal(signIn(form -> {})).isEqualTo(refusal);

        cureIt.accept(contoso);
        assertThat(signIn(form -> {}).statusCode()).isEqualTo(200);
    }

    /** What is wrong in the form, and how Microsoft says so. */
    static Stream<Arguments> wrongForms() {
        return Stream.of(
                wrong("400 invalid_request 900144", form -> form.remove("grant_type")),
                wrong("400 invalid_request 900144", form -> form.remove("client_id")),
                wrong("400 invalid_request 900144", form -> form.put("scope", " ")),
                wrong("400 unsupported_grant_type 70003", form -> form.put("grant_type", "password")),
                wrong(
                        "400 unauthorized_client 700016",
                        form -> form.put("client_id", "11111111-2222-4333-a444-555555555555")),
                wrong("400 unauthorized_client 700016", form -> form.put("client_id", "not a GUID")),
                wrong("401 invalid_client 7000215", form -> form.put("client_secret", "wrong")),
                wrong("401 invalid_client 7000218", form -> form.remove("client_secret")),
                wrong("400 invalid_scope 1002012", form -> form.put("scope", "https://graph.microsoft.com/User.Read")),
                wrong("400 invalid_scope 70011", form -> form.put("scope", "https://foo.microsoft.com/.default")),
                wrong(
                        "400 invalid_request 700022",
                        form -> form.put(
                                "scope", "https://graph.microsoft.com/.default https://management.azure.com/.default")),
                wrong("400 invalid_request 50027", form -> {
                    form.put("client_assertion_type", ASSERTION_TYPE);
                    form.put("client_assertion", "no.jwt");
                }),
                wrong("400 invalid_request 900144", form -> form.put("client_assertion", "no type")),
                wrong("400 invalid_request 9002313", form -> {
                    form.put("client_assertion_type", "urn:something:else");
                    form.put("client_assertion", "a.b.c");
                }));
    }

    private static Arguments wrong(String refusal, Consumer<Map<String, String>> change) {
        return Arguments.of(refusal, change);
    }

    @ParameterizedTest(name = "{index}: {0}")
    @MethodSource("wrongForms")
    void saysWhatIsWrongInTheForm(String refusal, Consumer<Map<String, String>> change) throws Exception {
        assertThatRefusal(signIn(change)).isEqualTo(refusal);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongTenants")
    void saysWhatIsWrongWithTheTenantsName(String tenant, String refusal) throws Exception {
        assertThatRefusal(caller.post(caller.tokenAddress(tenant), signInForm(contoso)))
                .isEqualTo(refusal);
    }

    static Stream<Arguments> wrongTenants() {
        return Stream.of(
                Arguments.of("11111111-2222-4333-a444-555555555555", "400 invalid_tenant 90002"),
                Arguments.of("nowhere.example", "400 invalid_tenant 90002"),
                Arguments.of("contoso", "400 invalid_request 900023"),
                Arguments.of("common", "400 invalid_request 9001023"),
                Arguments.of("organizations", "400 invalid_request 50194"));
    }

    @Test
    void tellsTheSecretIdApartInItsTextOnly() throws Exception {
        var response =
                signIn(form -> form.put("client_secret", contoso.secretId().toString()));

        assertThatRefusal(response).isEqualTo("401 invalid_client 7000215");
        assertThat(json(response).path("error_description").asString())
                .startsWith("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request"
                        + " is the client secret value, not the client secret ID, for a secret added to app '"
                        + contoso.applicationId() + "'.");
    }

    @Test
    void namesTheIdsThatSupportAsksForAndEchoesTheCallersOwn() throws Exception {
        var own = UUID.randomUUID().toString();

        var response = caller.send(
                HttpRequest.newBuilder(caller.tokenAddress(contoso.tenantId().toString()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("client-request-id", own)
                        .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=x&scope=x")));

        var body = json(response);
        assertThat(body.path("correlation_id").asString()).isEqualTo(own);
        assertThat(UUID.fromString(body.path("trace_id").asString())).isNotNull();
        assertThat(body.path("timestamp").asString()).isEqualTo("2026-11-23 12:00:00Z");
        assertThat(body.path("error_uri").asString()).isEqualTo(simulator.authority() + "/error?code=700016");
        assertThat(body.path("error_description").asString())
                .endsWith(" Trace ID: %s Correlation ID: %s Timestamp: 2026-11-23 12:00:00Z"
                        .formatted(body.path("trace_id").asString(), own));
        assertThat(response.headers().firstValue("Date")).contains("Mon, 23 Nov 2026 12:00:00 GMT");
    }

    @Test
    void takesPostOnly() throws Exception {
        assertThatRefusal(get("/%s/oauth2/v2.0/token".formatted(contoso.tenantId())))
                .isEqualTo("400 invalid_request 900561");
    }

    @Test
    void takesFormsOnly() throws Exception {
        var response = caller.send(
                HttpRequest.newBuilder(caller.tokenAddress(contoso.tenantId().toString()))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")));

        assertThatRefusal(response).isEqualTo("400 invalid_request 900144");
    }

    @Test
    void refusesAFormWithBrokenEncoding() throws Exception {
        var response = caller.send(
                HttpRequest.newBuilder(caller.tokenAddress(contoso.tenantId().toString()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=%zz")));

        assertThatRefusal(response).isEqualTo("400 invalid_request 9002313");
    }

    @Test
    void issuesATokenForAnAssertionSignedWithTheRegisteredCertificate() throws Exception {
        var certificate = contoso.newCertificate();

        assertThat(signIn(assertion(certificate, JWSAlgorithm.RS256, claims -> claims))
                        .statusCode())
                .isEqualTo(200);
        assertThat(signIn(assertion(certificate, JWSAlgorithm.PS256, claims -> claims))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAssertionsThatProveSomethingElse() throws Exception {
        var registered = contoso.newCertificate();
        var stranger = ClientCertificate.selfSigned("stranger", NOW, Duration.ofDays(1));
        var forged = new ClientCertificate(stranger.privateKey(), registered.certificate());

        assertThatRefusal(signIn(assertion(stranger, JWSAlgorithm.RS256, claims -> claims)))
                .isEqualTo("401 invalid_client 700027");
        assertThatRefusal(signIn(assertion(forged, JWSAlgorithm.RS256, claims -> claims)))
                .isEqualTo("401 invalid_client 700027");
        assertThatRefusal(signIn(assertion(registered, JWSAlgorithm.RS256, claims -> claims.issuer("somebody else"))))
                .isEqualTo("401 invalid_client 700021");
        assertThatRefusal(signIn(assertion(
                        registered, JWSAlgorithm.RS256, claims -> claims.audience("https://login.example/token"))))
                .isEqualTo("401 invalid_client 700023");
        assertThatRefusal(signIn(assertion(
                        registered,
                        JWSAlgorithm.RS256,
                        claims -> claims.expirationTime(date(NOW.minus(Duration.ofMinutes(6)))))))
                .isEqualTo("401 invalid_client 700024");
        assertThatRefusal(signIn(assertion(
                        registered,
                        JWSAlgorithm.RS256,
                        claims -> claims.notBeforeTime(date(NOW.plus(Duration.ofMinutes(6)))))))
                .isEqualTo("401 invalid_client 700024");
        contoso.application().remove(registered.certificate());
        assertThatRefusal(signIn(assertion(registered, JWSAlgorithm.RS256, claims -> claims)))
                .isEqualTo("401 invalid_client 700027");
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        var certificate = ClientCertificate.selfSigned("old", NOW.minus(Duration.ofDays(9)), Duration.ofDays(1));
        contoso.application().add(certificate.certificate());

        var response = signIn(assertion(certificate, JWSAlgorithm.RS256, claims -> claims));

        assertThatRefusal(response).isEqualTo("401 invalid_client 700027");
        assertThat(json(response).path("error_description").asString()).contains("The key used is expired.");
    }

    @Test
    void saysWhichHostsBelongTogether() throws Exception {
        var response = get("/common/discovery/instance?api-version=1.1&authorization_endpoint="
                + HttpCaller.encode(
                        "%s/%s/oauth2/v2.0/authorize".formatted(simulator.authority(), contoso.tenantId())));

        assertThat(json(response).path("tenant_discovery_endpoint").asString())
                .isEqualTo("%s/%s/v2.0/.well-known/openid-configuration"
                        .formatted(simulator.authority(), contoso.tenantId()));
        assertThat(json(response).path("metadata").toString()).contains("login.microsoftonline.com");
    }

    @Test
    void theSameSeedGivesTheSameTenants() {
        try (var again = Simulator.start(SimulatorSettings.defaults().withTenants(2));
                var other = Simulator.start(SimulatorSettings.defaults().withSeed(2))) {
            var first = simulator.tenants().getFirst();
            var twin = again.tenants().getFirst();
            assertThat(twin.tenantId()).isEqualTo(first.tenantId());
            assertThat(twin.clientSecret()).isEqualTo(first.clientSecret()).hasSize(40);
            assertThat(again.tenants().getLast().tenantId()).isNotEqualTo(first.tenantId());
            assertThat(other.tenants().getFirst().tenantId()).isNotEqualTo(first.tenantId());
        }
    }

    private HttpResponse<String> signIn(Consumer<Map<String, String>> change) throws Exception {
        var form = signInForm(contoso);
        change.accept(form);
        return caller.post(caller.tokenAddress(contoso.tenantId().toString()), form);
    }

    private Consumer<Map<String, String>> assertion(
            ClientCertificate certificate, JWSAlgorithm algorithm, UnaryOperator<JWTClaimsSet.Builder> change)
            throws Exception {
        var claims = change.apply(new JWTClaimsSet.Builder()
                .audience(caller.tokenAddress(contoso.tenantId().toString()).toString())
                .issuer(contoso.applicationId().toString())
                .subject(contoso.applicationId().toString())
                .jwtID(UUID.randomUUID().toString())
                .notBeforeTime(date(NOW))
                .expirationTime(date(NOW.plusSeconds(600))));
        var thumbprint = MessageDigest.getInstance("SHA-256")
                .digest(certificate.certificate().getEncoded());
        var jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .x509CertSHA256Thumbprint(Base64URL.encode(thumbprint))
                        .build(),
                claims.build());
        jwt.sign(new RSASSASigner(certificate.privateKey()));
        var assertion = new HashMap<String, String>();
        assertion.put("client_assertion_type", ASSERTION_TYPE);
        assertion.put("client_assertion", jwt.serialize());
        return form -> {
            form.remove("client_secret");
            form.putAll(assertion);
        };
    }

    @SuppressWarnings("JavaUtilDate") // what the JWT library takes
    private static Date date(Instant instant) {
        return Date.from(instant);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(URI.create(simulator.authority() + path));
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return caller.send(HttpRequest.newBuilder(uri));
    }

    private static AbstractStringAssert<?> assertThatRefusal(HttpResponse<String> response) {
        var body = json(response);
        return assertThat("%d %s %d"
                .formatted(
                        response.statusCode(),
                        body.path("error").asString(),
                        body.path("error_codes").path(0).asInt()));
    }
}
