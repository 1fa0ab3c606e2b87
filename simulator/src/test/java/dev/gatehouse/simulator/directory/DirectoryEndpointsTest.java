package dev.gatehouse.simulator.directory;

import static dev.gatehouse.simulator.HttpCaller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.simulator.HttpCaller;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.csdl.Csdl;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The directory answers as the metadata says, repeats conflict as Microsoft's do, and tokens follow what is written. */
class DirectoryEndpointsTest {

    private static final String EXPEL = "1cde81fd-b430-4035-b24d-709921922876";
    private static final String CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
    private static final String SCOPES =
            "User.Read Directory.Read.All Policy.Read.All User.Invite.All RoleManagement.ReadWrite.Directory"
                    + " Policy.ReadWrite.CrossTenantAccess Application.ReadWrite.All AppRoleAssignment.ReadWrite.All"
                    + " DelegatedPermissionGrant.ReadWrite.All";

    private final Simulator simulator = Simulator.start(
            SimulatorSettings.defaults().withClock(InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"))));
    private final SimulatedTenant contoso = simulator.tenants().getFirst();
    private final CustomerDirectory directory = simulator.customerDirectory(contoso.tenantId());
    private final HttpCaller caller = new HttpCaller(simulator);
    private String token = "";

    @BeforeEach
    void signIn() throws Exception {
        directory.addUser("ada@contoso.example", "Ada", DirectoryRole.GLOBAL_ADMINISTRATOR);
        directory.signInsAreApprovedBy(Optional.of("ada@contoso.example"));
        token = tokenOf(deviceCode()).path("access_token").asString();
    }

    @AfterEach
    void close() {
        caller.close();
        simulator.close();
    }

    @Test
    void everyObjectIsWhatTheMetadataSays() throws Exception {
        var csdl = Csdl.ofGraph();
        var application = made("applications", "{\"displayName\":\"A\",\"signInAudience\":\"AzureADMyOrg\"}");
        var principal = made("servicePrincipals", "{\"appId\":\"%s\"}".formatted(text(application, "appId")));
        var graph = get("servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
        var guest = made(
                "invitations",
                "{\"invitedUserEmailAddress\":\"a@soc.expel.io\",\"inviteRedirectUrl\":\"https://x.example\"}");
        var guestId = guest.at("/invitedUser/id").asString();

        assertThat(problems(application)).isEmpty();
        assertThat(csdl.problems(principal, "microsoft.graph.servicePrincipal")).isEmpty();
        assertThat(csdl.problems(graph, "microsoft.graph.servicePrincipal")).isEmpty();
        assertThat(csdl.problems(
                        made(
                                "applications/%s/addPassword".formatted(text(application, "id")),
                                "{\"passwordCredential\":{\"displayName\":\"Expel API\"}}"),
                        "microsoft.graph.passwordCredential"))
                .isEmpty();
        assertThat(problems(get("applications/" + text(application, "id")))).isEmpty();
        assertThat(csdl.problems(
                        made("roleManagement/directory/roleAssignments", role(guestId)),
                        "microsoft.graph.unifiedRoleAssignment"))
                .isEmpty();
        assertThat(csdl.problems(
                        made("policies/crossTenantAccessPolicy/partners", partner()),
                        "microsoft.graph.crossTenantAccessPolicyConfigurationPartner"))
                .isEmpty();
        assertThat(csdl.problems(
                        made(
                                "servicePrincipals/%s/appRoleAssignedTo".formatted(text(graph, "id")),
                                grant(principal, graph)),
                        "microsoft.graph.appRoleAssignment"))
                .isEmpty();
        assertThat(csdl.problems(
                        made("oauth2PermissionGrants", delegated(principal, graph)),
                        "microsoft.graph.oAuth2PermissionGrant"))
                .isEmpty();
        assertThat(csdl.problems(get("organization").at("/value/0"), "microsoft.graph.organization"))
                .isEmpty();
    }

    @Test
    void repeatsAnswerAsMicrosoftsDo() throws Exception {
        var application = made("applications", "{\"displayName\":\"A\"}");
        var body = "{\"appId\":\"%s\"}".formatted(text(application, "appId"));
        var principal = made("servicePrincipals", body);
        var graph = get("servicePrincipals(appId='00000003-0000-0000-c000-000000000000')");
        made("policies/crossTenantAccessPolicy/partners", partner());
        made("servicePrincipals/%s/appRoleAssignedTo".formatted(text(graph, "id")), grant(principal, graph));
        made("oauth2PermissionGrants", delegated(principal, graph));

        assertRefused(post("servicePrincipals", body), 409, "Request_MultipleObjectsWithSameKeyValue");
        assertRefused(
                post("policies/crossTenantAccessPolicy/partners", partner()),
                400,
                "Another object with the same value for property tenantId already exists.");
        assertRefused(
                post("servicePrincipals/%s/appRoleAssignedTo".formatted(text(graph, "id")), grant(principal, graph)),
                400,
                "Permission being assigned already exists on the object");
        assertRefused(
                post("oauth2PermissionGrants", delegated(principal, graph)), 409, "Permission entry already exists.");
        // Display names are not unique, and a repeated invitation is the same user.
        assertThat(text(made("applications", "{\"displayName\":\"A\"}"), "id")).isNotEqualTo(text(application, "id"));
    }

    @Test
    void aFreshObjectIsUnknownUntilReplicationIsOver() throws Exception {
        directory.replication().delay(Duration.ofSeconds(30));
        var guest = made(
                "invitations",
                "{\"invitedUserEmailAddress\":\"a@soc.expel.io\",\"inviteRedirectUrl\":\"https://x.example\"}");
        var role = role(guest.at("/invitedUser/id").asString());

        assertRefused(post("roleManagement/directory/roleAssignments", role), 404, "Request_ResourceNotFound");
        simulator.clock().advance(Duration.ofSeconds(30));

        assertThat(post("roleManagement/directory/roleAssignments", role).statusCode())
                .isEqualTo(201);
        assertRefused(post("roleManagement/directory/roleAssignments", role), 400, "A conflicting object");
    }

    @Test
    void consentTakenAwayIsGoneFromTheNextToken() throws Exception {
        assertThat(rolesInAFreshToken()).contains("SecurityAlert.Read.All");
        var principal = get("servicePrincipals(appId='%s')".formatted(contoso.applicationId()));
        var grants = get("servicePrincipals/%s/appRoleAssignments".formatted(text(principal, "id")));
        for (var grant : grants.path("value")) {
            if (text(grant, "appRoleId").equals("472e4a4d-bb4a-4026-98d1-0b0d74cb74a5")) {
                var gone = send(
                        "DELETE",
                        "servicePrincipals/%s/appRoleAssignments/%s"
                                .formatted(text(principal, "id"), text(grant, "id")),
                        "");
                assertThat(gone.statusCode()).isEqualTo(204);
            }
        }

        assertThat(rolesInAFreshToken()).isNotEmpty().doesNotContain("SecurityAlert.Read.All");
    }

    @Test
    void anExpiredSecretGives7000222() throws Exception {
        simulator.clock().advance(Duration.ofDays(731));

        var refused =
                json(caller.post(caller.tokenAddress(contoso.tenantId().toString()), HttpCaller.signInForm(contoso)));

        assertThat(refused.at("/error_codes/0").asInt()).isEqualTo(7000222);
    }

    @Test
    void withoutTheRoleThePermissionAloneDoesNotHelp() throws Exception {
        directory.addUser("bob@contoso.example", "Bob", DirectoryRole.USER_ADMINISTRATOR);
        directory.signInsAreApprovedBy(Optional.of("bob@contoso.example"));
        token = tokenOf(deviceCode()).path("access_token").asString();

        assertRefused(post("policies/crossTenantAccessPolicy/partners", partner()), 403, "Authorization_RequestDenied");
        assertRefused(
                post("applications", "{\"displayName\":\"A\"}"),
                403,
                "Insufficient privileges to complete the operation.");
    }

    @Test
    void nobodyIsSignedInBeforeTheyHaveApproved() throws Exception {
        directory.signInsAreApprovedBy(Optional.empty());
        var code = deviceCode();

        assertThat(tokenOf(code).path("error").asString()).isEqualTo("authorization_pending");

        var page = URI.create(text(code, "verification_uri"));
        caller.post(page, Map.of("code", text(code, "user_code"), "user", "ada@contoso.example"));
        assertThat(tokenOf(code).path("scope").asString()).contains("User.Invite.All");
        assertThat(tokenOf(code).path("error").asString()).isEqualTo("bad_verification_code");
    }

    @Test
    void scopesComeBackAsTheyWereAskedForAndBareInTheToken() throws Exception {
        var bare = tokenOf(deviceCode("User.Read openid offline_access"));
        var withResource = tokenOf(deviceCode("https://graph.microsoft.com/User.Read.All openid"));
        var everything = tokenOf(deviceCode("https://graph.microsoft.com/.default"));

        assertThat(text(bare, "scope")).isEqualTo("openid User.Read");
        assertThat(text(withResource, "scope")).isEqualTo("openid https://graph.microsoft.com/User.Read.All");
        assertThat(claim(withResource, "scp")).isEqualTo("User.Read.All openid");
        assertThat(text(everything, "scope").split(" "))
                .contains("https://graph.microsoft.com/User.Read.All", "https://graph.microsoft.com/.default");
        assertThat(claim(everything, "scp").split(" "))
                .contains("User.Read", "User.Read.All")
                .doesNotContain(".default");
    }

    @Test
    void aTokenIsForTheResourceInFrontOfItsScopes() throws Exception {
        var own = tokenOf(deviceCode(simulator.graph() + "/User.Read"));

        assertThat(SignedJWT.parse(text(own, "access_token")).getJWTClaimsSet().getAudience())
                .containsExactly(simulator.graph().toString());
    }

    @Test
    void whoeverSignsInDecidesTheTenantAtCommonAndAtOrganizations() throws Exception {
        for (var name : List.of("common", "organizations")) {
            var code = json(caller.post(
                    simulator.authority().resolve("/%s/oauth2/v2.0/devicecode".formatted(name)),
                    Map.of("client_id", CLIENT, "scope", "User.Read")));
            var address = simulator.authority().resolve("/%s/oauth2/v2.0/token".formatted(name));
            assertThat(text(tokenOf(code, address), "error")).isEqualTo("authorization_pending");

            caller.post(
                    URI.create(text(code, "verification_uri")),
                    Map.of("code", text(code, "user_code"), "user", "ada@contoso.example"));
            var granted = tokenOf(code, address);

            assertThat(claim(granted, "tid")).isEqualTo(contoso.tenantId().toString());
            var refreshed = json(caller.post(
                    address,
                    Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            CLIENT,
                            "scope",
                            "User.Read",
                            "refresh_token",
                            text(granted, "refresh_token"))));
            assertThat(claim(refreshed, "tid")).isEqualTo(contoso.tenantId().toString());
        }
    }

    @Test
    void anApplicationIsNobodyToAskForMe() throws Exception {
        token = caller.token(contoso);

        assertRefused(send("GET", "me", ""), 400, "/me request is only valid with delegated authentication flow.");
    }

    @Test
    void usersAreListedAsFarAsThePermissionGoes() throws Exception {
        token = text(tokenOf(deviceCode("User.ReadBasic.All")), "access_token");
        assertThat(get("users").at("/value/0").propertyNames())
                .contains("displayName")
                .doesNotContain("accountEnabled");

        token = text(tokenOf(deviceCode("User.Read.All")), "access_token");
        assertThat(get("users").at("/value/0").propertyNames()).contains("displayName", "accountEnabled");

        token = text(tokenOf(deviceCode("User.Read")), "access_token");
        assertRefused(send("GET", "users", ""), 403, "Authorization_RequestDenied");
    }

    @Test
    void timesHaveSevenDigitsAndErrorsTheCallersId() throws Exception {
        var application = made("applications", "{\"displayName\":\"A\"}");
        var secret = made("applications/%s/addPassword".formatted(text(application, "id")), "{}");

        assertThat(text(secret, "startDateTime")).matches(".*T\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
        assertThat(text(secret, "endDateTime")).matches(".*T\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");

        var refused = caller.send(HttpRequest.newBuilder(simulator.graph().resolve("/v1.0/applications/none"))
                .header("Authorization", "Bearer " + token)
                .header("client-request-id", "mine"));
        assertThat(json(refused).at("/error/innerError/client-request-id").asString())
                .isEqualTo("mine");
    }

    private static String claim(JsonNode answer, String name) throws Exception {
        return SignedJWT.parse(text(answer, "access_token")).getJWTClaimsSet().getStringClaim(name);
    }

    /** The logo is a stream: it has an address of its own and never stands in the JSON. */
    private static List<String> problems(JsonNode application) {
        return Csdl.ofGraph().problems(application, "microsoft.graph.application").stream()
                .filter(problem -> !problem.startsWith("application.logo:"))
                .toList();
    }

    // ---- Calls -------------------------------------------------------------------------------------------------

    private JsonNode deviceCode() throws Exception {
        return deviceCode(SCOPES);
    }

    private JsonNode deviceCode(String scopes) throws Exception {
        return json(caller.post(signInAddress("devicecode"), Map.of("client_id", CLIENT, "scope", scopes)));
    }

    private JsonNode tokenOf(JsonNode code) throws Exception {
        return tokenOf(code, signInAddress("token"));
    }

    private JsonNode tokenOf(JsonNode code, URI address) throws Exception {
        return json(caller.post(
                address,
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        CLIENT,
                        "device_code",
                        text(code, "device_code"))));
    }

    private URI signInAddress(String name) {
        return simulator.authority().resolve("/%s/oauth2/v2.0/%s".formatted(contoso.tenantId(), name));
    }

    private List<String> rolesInAFreshToken() throws Exception {
        var fresh =
                json(caller.post(caller.tokenAddress(contoso.tenantId().toString()), HttpCaller.signInForm(contoso)));
        var claims = SignedJWT.parse(text(fresh, "access_token")).getJWTClaimsSet();
        return List.copyOf(claims.getStringListClaim("roles"));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return caller.send(HttpRequest.newBuilder(simulator.graph().resolve("/v1.0/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private JsonNode made(String path, String body) throws Exception {
        var answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return json(answer);
    }

    private JsonNode get(String path) throws Exception {
        return json(send("GET", path, ""));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }

    private static String role(String principalId) {
        return "{\"roleDefinitionId\":\"f2ef992c-3afb-46b9-b7cf-a126ee74c451\",\"principalId\":\"%s\",\"directoryScopeId\":\"/\"}"
                .formatted(principalId);
    }

    private static String partner() {
        return "{\"tenantId\":\"%s\",\"inboundTrust\":{\"isMfaAccepted\":true}}".formatted(EXPEL);
    }

    private static String grant(JsonNode principal, JsonNode graph) {
        return "{\"principalId\":\"%s\",\"resourceId\":\"%s\",\"appRoleId\":\"472e4a4d-bb4a-4026-98d1-0b0d74cb74a5\"}"
                .formatted(text(principal, "id"), text(graph, "id"));
    }

    private static String delegated(JsonNode principal, JsonNode graph) {
        return "{\"clientId\":\"%s\",\"consentType\":\"AllPrincipals\",\"principalId\":null,\"resourceId\":\"%s\",\"scope\":\"User.Read\"}"
                .formatted(text(principal, "id"), text(graph, "id"));
    }
}
