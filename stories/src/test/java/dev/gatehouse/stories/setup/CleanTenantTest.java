package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.simulator.directory.DirectoryRole;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tenant in which nothing was done yet becomes what the guide says, and stays so. */
class CleanTenantTest {

    private final SetupStage stage = new SetupStage();

    @BeforeEach
    void signIn() throws Exception {
        stage.signedInAs(DirectoryRole.GLOBAL_ADMINISTRATOR);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void thePlanCreatesEverythingAndTouchesNothing() throws Exception {
        var before = stage.picture();

        var plan = stage.plan();

        assertThat(plan.steps()).extracting(Step::action).containsOnly(Action.CREATE);
        assertThat(plan.blocked()).isEmpty();
        assertThat(stage.picture()).isEqualTo(before);
        assertThat(plan.scopes())
                .containsExactly(
                        "AppRoleAssignment.ReadWrite.All",
                        "Application.ReadWrite.All",
                        "DelegatedPermissionGrant.ReadWrite.All",
                        "Policy.ReadWrite.CrossTenantAccess",
                        "RoleManagement.ReadWrite.Directory",
                        "User.Invite.All");
    }

    @Test
    void everyObjectEqualsTheGuideFieldByField() throws Exception {
        var applied = stage.apply();

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        // Step 1: the guest account with its role
        assertThat(stage.guest().path("mail").asString()).isEqualTo("a123bc45-aa12-123b@soc.expel.io");
        assertThat(stage.guest().path("displayName").asString()).isEqualTo("Expel SOC");
        assertThat(stage.guest().path("userType").asString()).isEqualTo("Guest");
        var role = stage.customer.roleAssignments().getLast();
        assertThat(role.path("principalId")).isEqualTo(stage.guest().path("id"));
        assertThat(role.path("roleDefinitionId").asString()).isEqualTo("f2ef992c-3afb-46b9-b7cf-a126ee74c451");
        assertThat(role.path("directoryScopeId").asString()).isEqualTo("/");
        // Step 1: cross-tenant access
        var partner = stage.customer.partners().getFirst();
        assertThat(partner.path("tenantId").asString()).isEqualTo("1cde81fd-b430-4035-b24d-709921922876");
        assertThat(partner.path("inboundTrust")).isEqualTo(json("""
                                {"isMfaAccepted":true,"isCompliantDeviceAccepted":true,
                                 "isHybridAzureADJoinedDeviceAccepted":true}"""));
        assertThat(partner.at("/automaticUserConsentSettings/inboundAllowed").asBoolean())
                .isTrue();
        assertThat(partner.at("/automaticUserConsentSettings/outboundAllowed").asBoolean())
                .isFalse();
        // Step 2: the app registration with its secret
        assertThat(stage.apps()).hasSize(1);
        assertThat(stage.app().path("signInAudience").asString()).isEqualTo("AzureADMyOrg");
        var secret = stage.app().at("/passwordCredentials/0");
        assertThat(secret.path("displayName").asString()).isEqualTo("Expel API");
        assertThat(Duration.between(
                        Instant.parse(secret.path("startDateTime").asString()),
                        Instant.parse(secret.path("endDateTime").asString())))
                .isBetween(Duration.ofDays(730).minusMinutes(1), Duration.ofDays(730));
        // Step 2: permissions and consent
        assertThat(stage.app().path("requiredResourceAccess")).isEqualTo(json("""
                                [{"resourceAppId":"00000003-0000-0000-c000-000000000000","resourceAccess":[
                                  {"id":"472e4a4d-bb4a-4026-98d1-0b0d74cb74a5","type":"Role"},
                                  {"id":"bf394140-e372-4bf9-a898-299cfc7564e5","type":"Role"},
                                  {"id":"dd98c7f5-2d42-42d3-a0e4-633161547251","type":"Role"},
                                  {"id":"45cc0394-e837-488b-a098-1918f48d186c","type":"Role"},
                                  {"id":"e1fe6dd8-ba31-4d61-89e7-88639da4683d","type":"Scope"}]}]"""));
        assertThat(stage.consented())
                .containsExactly(
                        "SecurityAlert.Read.All",
                        "SecurityEvents.Read.All",
                        "SecurityIncident.Read.All",
                        "ThreatHunting.Read.All");
        assertThat(stage.customer.delegatedGrants())
                .singleElement()
                .satisfies(grant -> assertThat(grant.path("scope").asString()).isEqualTo("User.Read"));
    }

    @Test
    void theSecretGoesStraightIntoTheDeviceAndWorks() throws Exception {
        stage.apply();

        assertThat(stage.device.connection().tenant()).isEqualTo(stage.tenant);
        assertThat(stage.device.application().toString())
                .isEqualTo(stage.app().path("appId").asString());
        assertThat(stage.proof().prove(stage.device.connection())).isNotEmpty().allMatch(Proof.Check::passed);
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        stage.apply();
        var before = stage.picture();

        assertThat(stage.plan().isEmpty()).isTrue();
        assertThat(stage.apply().outcomes()).allMatch(Outcome.Kept.class::isInstance);
        assertThat(stage.picture()).isEqualTo(before);
    }

    @Test
    void waitsUntilMicrosoftsServersAgree() throws Exception {
        stage.customer.replication().delay(Duration.ofSeconds(45));

        var applied = stage.apply();

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        stage.simulator.clock().advance(Duration.ofMinutes(1));
        assertThat(stage.apps()).hasSize(1);
        assertThat(stage.plan().isEmpty()).isTrue();
    }

    @Test
    void givesUpAfterTwoMinutesAndSaysWhy() throws Exception {
        stage.customer.replication().delay(Duration.ofMinutes(10));

        var applied = stage.apply();

        assertThat(applied.of(Part.ROLE))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.sentence())
                        .startsWith("Tried to assign the role")
                        .contains("404 Request_ResourceNotFound"));
    }

    @Test
    void aSecretThatCannotBePutAwayIsRemovedAgain() throws Exception {
        stage.device.refuseBecause("The Workbench does not answer.");

        var applied = stage.apply();

        assertThat(applied.of(Part.SECRET).sentence())
                .isEqualTo("The Workbench does not answer. The new secret was removed again.");
        assertThat(stage.app().path("passwordCredentials").size()).isZero();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
