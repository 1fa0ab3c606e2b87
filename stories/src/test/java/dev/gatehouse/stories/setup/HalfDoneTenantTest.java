package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.setup.parts.AmbiguousApplication;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Difference;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.simulator.directory.AppManagement;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.entra.Application;
import dev.gatehouse.simulator.entra.ApplicationSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a customer did by hand, wholly or in part or long ago, is kept and completed, never made twice. */
class HalfDoneTenantTest {

    private static final JsonMapper JSON = JsonMapper.shared();

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
    void whatWasDoneByHandFromTheGuideIsAdoptedAndNotDuplicated() throws Exception {
        doTheGuideByHand();
        var before = stage.picture();

        var plan = stage.plan(stage.desired());

        assertThat(plan.steps()).extracting(Step::action).containsOnly(Action.KEEP);
        assertThat(stage.apply(stage.desired()).outcomes()).allMatch(Outcome.Kept.class::isInstance);
        assertThat(stage.picture()).isEqualTo(before);
        assertThat(stage.journals.load(stage.tenant).entries()).isEmpty();
    }

    @Test
    void aHalfDoneTenantIsCompletedAndTheRestIsKept() throws Exception {
        stage.customer.addUser("guest", "Expel SOC");
        var guest = stage.customer.users().getLast();
        guest.put("mail", SetupStage.GUEST).put("userType", "Guest");
        registerByHand();

        var plan = stage.plan();
        var applied = stage.apply();

        assertThat(plan.step(Part.GUEST).action()).isEqualTo(Action.KEEP);
        assertThat(plan.step(Part.ROLE).action()).isEqualTo(Action.CREATE);
        assertThat(plan.step(Part.APPLICATION).action()).isEqualTo(Action.CHANGE);
        assertThat(plan.step(Part.APPLICATION).notes())
                .contains("Made by somebody else and adopted; it will never be removed.");
        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.apps()).hasSize(1);
        assertThat(stage.consented()).hasSize(4);
    }

    @Test
    void anExistingDefenderApplicationIsReusedAndKeepsWhatItHas() throws Exception {
        var xdr = new Application(UUID.randomUUID(), UUID.randomUUID(), "Contoso Defender XDR");
        xdr.grant(List.of("SecurityAlert.Read.All", "SecurityIdentitiesHealth.Read.All"));
        xdr.add(new ApplicationSecret(UUID.randomUUID(), "xdr8Q~long-enough-to-be-a-secret", inAYear()));
        stage.customer.tenant().add(xdr);
        var adopting = adopting(xdr.id().toString());

        var applied = stage.apply(adopting);

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.apps()).isEmpty();
        assertThat(xdr.roles())
                .contains("SecurityIdentitiesHealth.Read.All", "SecurityAlert.Read.All", "ThreatHunting.Read.All");
        assertThat(xdr.secrets()).hasSize(1);
        assertThat(stage.plan(adopting).isEmpty()).isTrue();
        assertThat(stage.plan(adopting).step(Part.CONSENT).notes())
                .contains("Also granted, and not needed: SecurityIdentitiesHealth.Read.All");
    }

    @Test
    void ofSeveralApplicationsWithTheNameAPersonHasToChoose() throws Exception {
        registerByHand();
        registerByHand();

        assertThatThrownBy(stage::plan)
                .isInstanceOf(AmbiguousApplication.class)
                .hasMessageStartingWith("2 app registrations are named 'Expel Defender for Identity'.")
                .hasMessageContaining(stage.apps().getFirst().path("appId").asString());
    }

    @Test
    void whatTheCustomerSetBesideOurTrustIsNeverLoosened() throws Exception {
        stage.customer.partners().add((ObjectNode) JSON.readTree("""
                {"tenantId":"1cde81fd-b430-4035-b24d-709921922876",
                 "inboundTrust":{"isMfaAccepted":false,"isCompliantDeviceAccepted":true,
                                 "isHybridAzureADJoinedDeviceAccepted":false},
                 "automaticUserConsentSettings":{"inboundAllowed":false,"outboundAllowed":true},
                 "b2bCollaborationInbound":{"usersAndGroups":{"accessType":"blocked","targets":[]}}}"""));

        stage.apply();

        var partner = stage.customer.partners().getFirst();
        assertThat(partner.at("/inboundTrust")).allMatch(flag -> flag.booleanValue());
        assertThat(partner.at("/automaticUserConsentSettings/outboundAllowed").asBoolean())
                .isTrue();
        assertThat(partner.at("/b2bCollaborationInbound/usersAndGroups/accessType")
                        .asString())
                .isEqualTo("blocked");
    }

    @Test
    void aTenantWithPeculiaritiesOfItsOwnIsSetUpInOneRun() throws Exception {
        stage.customer.addContact(SetupStage.GUEST);
        stage.customer.replication().refuseReferences(2);
        stage.customer.appManagement().restrict(AppManagement.Rules.atMost(Duration.ofDays(180)));
        stage.customer.refuseNullsForPartners();
        stage.customer.partners().add((ObjectNode) JSON.readTree("""
                {"tenantId":"1cde81fd-b430-4035-b24d-709921922876","automaticUserConsentSettings":null,
                 "inboundTrust":{"isMfaAccepted":null,"isCompliantDeviceAccepted":null,
                                 "isHybridAzureADJoinedDeviceAccepted":true}}"""));

        assertThat(stage.plan().step(Part.SECRET).notes())
                .anyMatch(note -> note.contains("allows client secrets of at most 180 days"));
        var applied = stage.apply();

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.consented()).hasSize(4);
        assertThat(stage.plan().isEmpty()).isTrue();
        stage.journals.forget();
        assertThat(stage.plan().step(Part.GUEST).action()).isEqualTo(Action.KEEP);
        assertThat(stage.customer.users()).hasSize(2);
    }

    @Test
    void whoHasMadeAsMuchAsOneMayDoesTheRestAndAnotherAdministratorFinishes() throws Exception {
        var ada = stage.customer.users().getFirst().path("id").asString();
        stage.customer.exhaustQuotaOf(ada);

        var applied = stage.apply();

        assertThat(applied.of(Part.APPLICATION).sentence())
                .contains("Directory_QuotaExceeded", "another administrator can do it");
        assertThat(List.of(Part.GUEST, Part.ROLE, Part.PARTNER))
                .allMatch(part -> applied.of(part).isGood());
        assertThat(stage.signedInAs("grace@contoso.example", DirectoryRole.GLOBAL_ADMINISTRATOR)
                        .apply()
                        .isComplete())
                .isTrue();
    }

    /** What can drift after everything was well. Each says how, and what the plan has to say about it. */
    enum Drift {
        GUEST_RENAMED(Part.GUEST, "displayName") {
            @Override
            void happen(SetupStage stage) {
                stage.guest().put("displayName", "Somebody");
            }
        },
        GUEST_BLOCKED(Part.GUEST, "accountEnabled") {
            @Override
            void happen(SetupStage stage) {
                stage.guest().put("accountEnabled", false);
            }
        },
        ROLE_TAKEN_AWAY(Part.ROLE, "roleDefinitionId") {
            @Override
            void happen(SetupStage stage) {
                stage.customer.unassign(stage.guest().path("id").asString(), DirectoryRole.GLOBAL_READER);
            }
        },
        TRUST_SWITCHED_OFF(Part.PARTNER, "inboundTrust.isCompliantDeviceAccepted") {
            @Override
            void happen(SetupStage stage) {
                ((ObjectNode) stage.customer.partners().getFirst().path("inboundTrust"))
                        .put("isCompliantDeviceAccepted", false);
            }
        },
        REDEMPTION_SWITCHED_OFF(Part.PARTNER, "automaticUserConsentSettings.inboundAllowed") {
            @Override
            void happen(SetupStage stage) {
                ((ObjectNode) stage.customer.partners().getFirst().path("automaticUserConsentSettings"))
                        .put("inboundAllowed", false);
            }
        },
        AUDIENCE_WIDENED(Part.APPLICATION, "signInAudience") {
            @Override
            void happen(SetupStage stage) {
                stage.customer.changeApplication(
                        stage.app().path("appId").asString(),
                        JSON.createObjectNode().put("signInAudience", "AzureADMultipleOrgs"));
            }
        },
        PERMISSIONS_UNLISTED(Part.APPLICATION, "requiredResourceAccess") {
            @Override
            void happen(SetupStage stage) {
                var nothing = JSON.createObjectNode();
                nothing.putArray("requiredResourceAccess");
                stage.customer.changeApplication(stage.app().path("appId").asString(), nothing);
            }
        },
        SERVICE_PRINCIPAL_DISABLED(Part.SERVICE_PRINCIPAL, "accountEnabled") {
            @Override
            void happen(SetupStage stage) {
                entra(stage).disable(true);
            }
        },
        CONSENT_REVOKED(Part.CONSENT, "appRoleAssignments") {
            @Override
            void happen(SetupStage stage) {
                entra(stage).revoke("ThreatHunting.Read.All");
            }
        },
        DELEGATED_CONSENT_REVOKED(Part.DELEGATED_CONSENT, "scope") {
            @Override
            void happen(SetupStage stage) {
                stage.customer.delegatedGrants().clear();
            }
        },
        SECRET_EXPIRED(Part.SECRET, "endDateTime") {
            @Override
            void happen(SetupStage stage) {
                entra(stage).moveSecretsEnd(stage.simulator.clock().instant().minusSeconds(1));
            }
        };

        private final Part part;
        private final String field;

        Drift(Part part, String field) {
            this.part = part;
            this.field = field;
        }

        abstract void happen(SetupStage stage);

        private static Application entra(SetupStage stage) {
            return stage.customer
                    .tenant()
                    .application(stage.app().path("appId").asString())
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void driftIsNamedByObjectAndFieldAndRepaired(Drift drift) throws Exception {
        stage.apply();
        var well = stage.picture();

        drift.happen(stage);

        var step = stage.plan().step(drift.part);
        assertThat(step.action()).isNotEqualTo(Action.KEEP);
        assertThat(step.differences()).extracting(Difference::field).contains(drift.field);
        assertThat(stage.plan().steps())
                .filteredOn(other -> other.part() != drift.part)
                .extracting(Step::action)
                .containsOnly(Action.KEEP);
        var applied = stage.apply();
        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.plan().isEmpty()).isTrue();
        if (drift != Drift.SECRET_EXPIRED) {
            assertThat(stage.picture()).isEqualTo(well);
        }
    }

    // ---- By hand -----------------------------------------------------------------------------------------------

    private Application registerByHand() {
        var application = new Application(UUID.randomUUID(), UUID.randomUUID(), "Expel Defender for Identity");
        stage.customer.tenant().add(application);
        return application;
    }

    private void doTheGuideByHand() {
        var guestId = stage.customer.addUser("a123bc45_soc.expel.io#EXT#@contoso.example", "Expel SOC");
        var guest = stage.customer.users().getLast();
        guest.put("mail", SetupStage.GUEST).put("userType", "Guest").put("externalUserState", "Accepted");
        stage.customer.assign(guestId, DirectoryRole.GLOBAL_READER);
        stage.customer.partners().add((ObjectNode) JSON.readTree("""
                {"tenantId":"1cde81fd-b430-4035-b24d-709921922876",
                 "inboundTrust":{"isMfaAccepted":true,"isCompliantDeviceAccepted":true,
                                 "isHybridAzureADJoinedDeviceAccepted":true},
                 "automaticUserConsentSettings":{"inboundAllowed":true,"outboundAllowed":false}}"""));
        var application = registerByHand();
        application.add(new ApplicationSecret(UUID.randomUUID(), "hnd8Q~long-enough-to-be-a-secret", inAYear()));
        stage.customer.changeApplication(application.id().toString(), (ObjectNode) JSON.readTree("""
                        {"signInAudience":"AzureADMyOrg","requiredResourceAccess":[
                          {"resourceAppId":"00000003-0000-0000-c000-000000000000","resourceAccess":[
                            {"id":"e1fe6dd8-ba31-4d61-89e7-88639da4683d","type":"Scope"},
                            {"id":"472e4a4d-bb4a-4026-98d1-0b0d74cb74a5","type":"Role"},
                            {"id":"bf394140-e372-4bf9-a898-299cfc7564e5","type":"Role"},
                            {"id":"dd98c7f5-2d42-42d3-a0e4-633161547251","type":"Role"},
                            {"id":"45cc0394-e837-488b-a098-1918f48d186c","type":"Role"}]}]}"""));
        stage.customer.grantAdminConsent(application.id().toString());
    }

    private Instant inAYear() {
        return stage.simulator.clock().instant().plus(Duration.ofDays(365));
    }

    private Desired adopting(String applicationId) {
        var desired = stage.desired();
        return new Desired(
                desired.tenant(),
                desired.organization(),
                desired.profile(),
                Optional.of(ApplicationId.parse(applicationId)),
                false);
    }
}
