package dev.gatehouse.simulator.directory;

import static dev.gatehouse.simulator.HttpCaller.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.HttpCaller;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What single tenants were seen to do, each behind a switch. One cloud for all, because none of it gets in another's way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryPeculiaritiesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SCOPES =
            "User.Read Directory.Read.All Policy.Read.All User.Invite.All Policy.ReadWrite.CrossTenantAccess"
                    + " Application.ReadWrite.All AppRoleAssignment.ReadWrite.All";

    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withClock(InstantSource.fixed(NOON)));
    private final CustomerDirectory directory =
            simulator.customerDirectory(simulator.tenants().getFirst().tenantId());
    private final HttpCaller caller = new HttpCaller(simulator);
    private String token = "";

    @BeforeAll
    void signIn() throws Exception {
        directory.addUser("ada@contoso.example", "Ada", DirectoryRole.GLOBAL_ADMINISTRATOR);
        token = tokenOf("ada@contoso.example");
    }

    private String tokenOf(String user) throws Exception {
        directory.signInsAreApprovedBy(Optional.of(user));
        var client = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
        var tenant = simulator.tenants().getFirst().tenantId();
        var address = "%s/%s/oauth2/v2.0/".formatted(simulator.authority(), tenant);
        var code = json(caller.post(URI.create(address + "devicecode"), Map.of("client_id", client, "scope", SCOPES)))
                .path("device_code")
                .asString();
        var form = Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:device_code", "client_id", client, "device_code", code);
        return json(caller.post(URI.create(address + "token"), form))
                .path("access_token")
                .asString();
    }

    @AfterAll
    void close() {
        caller.close();
        simulator.close();
    }

    @Test
    void aGuestWhoseAddressAContactHasCarriesItInOtherMailsOnly() throws Exception {
        directory.addContact("a@soc.expel.io");
        var guest = json(call(
                        "POST",
                        "invitations",
                        "{\"invitedUserEmailAddress\":\"a@soc.expel.io\",\"inviteRedirectUrl\":\"https://x.example\"}"))
                .at("/invitedUser/id")
                .asString();

        assertThat(found("mail eq 'a@soc.expel.io'")).isEmpty();
        assertThat(found("mail eq 'a@soc.expel.io' or otherMails/any(o:o eq 'A@soc.expel.io')"))
                .contains(guest);
        assertThat(found("startswith(userPrincipalName,'a_soc.expel.io#EXT#@')"))
                .contains(guest);
        assertThat(found("userType eq 'Guest' and otherMails/any(o:o eq 'b@soc.expel.io')"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mail eq 'a' or userType eq 'b' and mail eq 'c'", "mail ne 'a'", "endswith(mail:'a')", "mail eq 'a' or"
    })
    void whatTheFilterDoesNotTakeIsRefused(String filter) throws Exception {
        assertThat(call("GET", "users?$filter=" + encoded(filter), "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void policiesAreShownAndKept() throws Exception {
        assertThat(json(call("GET", "policies/defaultAppManagementPolicy", ""))
                        .path("isEnabled")
                        .booleanValue())
                .isFalse();
        assertThat(json(call("GET", "policies/crossTenantAccessPolicy/default", ""))
                        .at("/b2bCollaborationInbound/usersAndGroups/accessType")
                        .asString())
                .isEqualTo("allowed");
        var app = json(call("POST", "applications", "{\"displayName\":\"A\"}"))
                .path("id")
                .asString();
        directory.appManagement().restrict(AppManagement.Rules.atMost(Duration.ofDays(180)));

        assertThat(json(call("GET", "policies/defaultAppManagementPolicy", ""))
                        .at("/applicationRestrictions/passwordCredentials/0/maxLifetime")
                        .asString())
                .isEqualTo("P180D");
        assertThat(secret(app, 181)).isEqualTo("CredentialInvalidLifetimeAsPerAppPolicy");
        assertThat(secret(app, 180)).isEmpty();

        directory.appManagement().restrict(app, AppManagement.Rules.atMost(Duration.ofDays(365)));
        assertThat(json(call("GET", "applications/%s/appManagementPolicies".formatted(app), ""))
                        .at("/value/0/restrictions/keyCredentials/0/maxLifetime")
                        .asString())
                .isEqualTo("P365D");
        assertThat(secret(app, 181)).isEmpty();

        directory.appManagement().restrict(app, AppManagement.Rules.noSecrets());
        assertThat(secret(app, 1)).isEqualTo("CredentialTypeNotAllowedAsPerAppPolicy");
    }

    @Test
    void aConsentIsRefusedAsLongAsTheServerDoesNotKnowWhatItRefersTo() throws Exception {
        directory.replication().refuseReferences(2);
        var grant = "{\"principalId\":\"x\",\"resourceId\":\"y\",\"appRoleId\":\"z\"}";

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(json(call("POST", "servicePrincipals/y/appRoleAssignedTo", grant))
                            .at("/error/message")
                            .asString())
                    .isEqualTo("Not a valid reference update.");
        }
        assertThat(call("POST", "servicePrincipals/y/appRoleAssignedTo", grant).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anOrganizationTakesNoNullWhenToldSo() throws Exception {
        call("POST", "policies/crossTenantAccessPolicy/partners", "{\"tenantId\":\"1cde81fd\"}");
        var inner = "{\"inboundTrust\":{\"isMfaAccepted\":null}}";
        assertThat(call("PATCH", "policies/crossTenantAccessPolicy/partners/1cde81fd", inner)
                        .statusCode())
                .isEqualTo(204);

        directory.refuseNullsForPartners();

        assertThat(call("PATCH", "policies/crossTenantAccessPolicy/partners/1cde81fd", inner)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoHasMadeAsMuchAsOneMayRegistersNoMoreApplications() throws Exception {
        var bob = directory.addUser("bob@contoso.example", "Bob", DirectoryRole.APPLICATION_DEVELOPER);
        var adas = token;
        token = tokenOf("bob@contoso.example");
        assertThat(call("POST", "applications", "{\"displayName\":\"B\"}").statusCode())
                .isEqualTo(201);

        directory.exhaustQuotaOf(bob);

        var refused = call("POST", "applications", "{\"displayName\":\"B\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).at("/error/code").asString()).isEqualTo("Directory_QuotaExceeded");
        token = adas;
        assertThat(call("POST", "applications", "{\"displayName\":\"B\"}").statusCode())
                .isEqualTo(201);
    }

    private List<String> found(String filter) throws Exception {
        return json(call("GET", "users?$filter=" + encoded(filter), ""))
                .path("value")
                .valueStream()
                .map(user -> user.path("id").asString())
                .toList();
    }

    /** Adds a secret. Returns Microsoft's code when it is refused. */
    private String secret(String app, int days) throws Exception {
        JsonNode answer = json(call(
                "POST",
                "applications/%s/addPassword".formatted(app),
                "{\"passwordCredential\":{\"displayName\":\"S\",\"endDateTime\":\"%s\"}}"
                        .formatted(NOON.plus(Duration.ofDays(days)))));
        return answer.at("/error/code").asString("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return caller.send(HttpRequest.newBuilder(URI.create(simulator.graph() + "/v1.0/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
