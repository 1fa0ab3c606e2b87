package dev.gatehouse.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.directory.PretendGraph;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.profile.ProviderProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** How every part is made: look, intention, order, result; and what each kind of answer leads to. */
class ApplyTest {

    private final TenantStage stage = new TenantStage();

    @Test
    void makesEverythingAndTheNextRunNothing() throws Exception {
        assertThat(stage.apply().isComplete()).isTrue();
        var orders = List.copyOf(stage.graph.orders());
        stage.isSecretWanted = false;

        assertThat(stage.apply().outcomes()).allMatch(Outcome.Kept.class::isInstance);

        assertThat(stage.graph.orders()).isEqualTo(orders).hasSize(11);
        assertThat(stage.kept).hasSize(1);
    }

    // ---- Interruption ----------------------------------------------------------------------------------------------

    @Test
    void everyOrderIsPrecededByItsIntentionInTheJournal() throws Exception {
        var unannounced = new ArrayList<String>();
        stage.graph.beforeOrder(order -> {
            var intended = stage.journal().intentions().stream()
                    .map(Journal.Entry::part)
                    .toList();
            if (!intended.equals(List.of(partOf(order)))) {
                unannounced.add("%s with %s".formatted(order, intended));
            }
        });

        assertThat(stage.apply().isComplete()).isTrue();

        assertThat(unannounced).isEmpty();
        assertThat(stage.journal().intentions()).isEmpty();
    }

    private static Part partOf(String order) {
        return Stream.of(
                        new Object[] {"/invitations", Part.GUEST},
                        new Object[] {"/roleAssignments", Part.ROLE},
                        new Object[] {"/partners", Part.PARTNER},
                        new Object[] {"/applications", Part.APPLICATION},
                        new Object[] {"/servicePrincipals", Part.SERVICE_PRINCIPAL},
                        new Object[] {"/appRoleAssignedTo", Part.CONSENT},
                        new Object[] {"/oauth2PermissionGrants", Part.DELEGATED_CONSENT},
                        new Object[] {"/addPassword", Part.SECRET})
                .filter(known -> order.endsWith((String) known[0]))
                .map(known -> (Part) known[1])
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/invitations",
                "/roleManagement/directory/roleAssignments",
                "/policies/crossTenantAccessPolicy/partners",
                "/applications",
                "/servicePrincipals",
                "/oauth2PermissionGrants"
            })
    void anOrderWhoseAnswerWasLostIsLookedForAndNotGivenAgain(String path) throws Exception {
        stage.graph.loseAnswer("POST", path);

        var applied = stage.apply();

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.graph.ordersOf("POST", path)).isEqualTo(1);
        assertThat(stage.journal().entries()).hasSize(11).allMatch(entry -> entry.effect() != Effect.CHANGED);
    }

    /** What there can be many of has to be waited for: whoever orders again at once has two. */
    @ParameterizedTest
    @ValueSource(strings = {"/invitations", "/applications"})
    void anInterruptedOrderIsLookedForUntilItCanBeSeenBeforeTheNextRunOrdersAgain(String path) throws Exception {
        stage.graph.delay(Duration.ofSeconds(50));
        stage.graph.beforeOrder(order -> {
            if (order.equals("POST " + path)) {
                throw new PowerCut();
            }
        });
        dies();
        stage.graph.beforeOrder(order -> {});
        // It was carried out all the same: the power went off on this side only.
        stage.graph.call("POST", path, Optional.of(order(path)));

        var applied = stage.apply();

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.graph.ordersOf("POST", path)).isEqualTo(2); // the one that died, and the same one by hand
        assertThat(stage.waited()).isGreaterThan(Duration.ofSeconds(49));
    }

    private void dies() throws InterruptedException {
        try {
            stage.apply();
            throw new AssertionError("It should have died");
        } catch (PowerCut expected) {
            assertThat(stage.journal().intentions()).hasSize(1);
        }
    }

    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    private ObjectNode order(String path) {
        return path.equals("/invitations")
                ? PretendGraph.object("{'invitedUserEmailAddress':'%s','invitedUserDisplayName':'Expel SOC'}"
                        .formatted(TenantStage.GUEST))
                : PretendGraph.object(
                        "{'displayName':'Expel Defender for Identity','signInAudience':'AzureADMyOrg','tags':['MadeByGatehouse']}");
    }

    @Test
    void aSecretWhoseValueWasLostIsReplacedAndRemoved() throws Exception {
        stage.graph.loseAnswer("POST", "/applications/.*/addPassword");

        var applied = stage.apply();

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.secrets()).hasSize(1);
        assertThat(stage.journal().of(Part.SECRET).map(Journal.Entry::id)).isEqualTo(stage.secrets());
    }

    // ---- There already ---------------------------------------------------------------------------------------------

    @Test
    void aConflictThatStaysIsOrderedOnceAndSaidWithItsCure() throws Exception {
        stage.graph.refuse(
                100,
                "POST",
                "/servicePrincipals",
                409,
                "Request_MultipleObjectsWithSameKeyValue",
                "The service principal cannot be created, updated, or restored because the service principal name x is already in use.");

        var applied = stage.apply();

        assertThat(stage.graph.ordersOf("POST", "/servicePrincipals")).isEqualTo(1);
        assertThat(applied.of(Part.SERVICE_PRINCIPAL).sentence())
                .contains("is already in use", "Look under Enterprise applications", "It cannot be seen here");
        assertThat(applied.of(Part.PARTNER).isGood()).isTrue();
        assertThat(stage.journal().intentions()).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsTakenAsSoonAsItCanBeSeenAndIsNotOurs() throws Exception {
        stage.graph.delay(Duration.ofSeconds(20));
        var partner = "{'tenantId':'%s','inboundTrust':{'isMfaAccepted':false}}"
                .formatted(ProviderProfile.expel().tenantId());
        stage.graph.call(
                "POST", "/policies/crossTenantAccessPolicy/partners", Optional.of(PretendGraph.object(partner)));

        var applied = stage.apply();

        assertThat(applied.of(Part.PARTNER))
                .isInstanceOfSatisfying(
                        Outcome.Made.class, made -> assertThat(made.action()).isEqualTo(Action.CHANGE));
        assertThat(stage.graph.ordersOf("POST", "/policies/crossTenantAccessPolicy/partners"))
                .isEqualTo(2); // somebody's and ours
        assertThat(stage.graph
                        .partners
                        .getFirst()
                        .at("/inboundTrust/isMfaAccepted")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void aChangeThatConflictsIsOrderedOnce() throws Exception {
        stage.graph.partners.add(PretendGraph.object("{'tenantId':'%s'}".formatted(stage.profile.tenantId())));
        stage.graph.refuse(100, "PATCH", "/policies/.*", 409, "Conflict", "Somebody else changes it.");

        assertThat(stage.apply().of(Part.PARTNER)).isInstanceOf(Outcome.Refused.class);

        assertThat(stage.graph.ordersOf("PATCH", "/policies/.*")).isEqualTo(1);
    }

    @Test
    void aReadThatConflictsAgainAndAgainIsTold() throws Exception {
        var plan = stage.plan();
        stage.graph.refuse(100, "GET", "/policies/.*/partners/.*", 409, "Conflict", "Somebody else changes it.");

        assertThat(stage.apply(plan).of(Part.PARTNER)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void theOneWhomMicrosoftNamesWhenAnAddressIsTakenIsLookedAt() throws Exception {
        stage.graph.users.add(
                PretendGraph.object(
                        "{'id':'0b7c5f0e-6a53-4f1a-9d0c-3a1f6f0f5d11','userType':'Guest','displayName':'Expel SOC','accountEnabled':true}"));
        stage.graph.refuse(
                100,
                "POST",
                "/invitations",
                400,
                "BadRequest",
                "The invited user already exists in the directory as object ID: 0b7c5f0e-6a53-4f1a-9d0c-3a1f6f0f5d11.");

        var applied = stage.apply();

        assertThat(applied.of(Part.GUEST).isGood()).isTrue();
        assertThat(applied.of(Part.ROLE).isGood()).isTrue();
        assertThat(stage.graph.assignments.getFirst().path("principalId").asString())
                .isEqualTo("0b7c5f0e-6a53-4f1a-9d0c-3a1f6f0f5d11");
    }

    // ---- Not there yet ---------------------------------------------------------------------------------------------

    /** microsoftgraph/msgraph-bicep-types#193, and its like. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/servicePrincipals/graph-principal/appRoleAssignedTo | 400 | Request_BadRequest | Not a valid reference update.",
                "/oauth2PermissionGrants | 400 | Request_BadRequest | Not a valid reference update.",
                "/servicePrincipals | 400 | Request_BadRequest | The appId 'x' of the service principal does not reference a valid application object.",
                "/servicePrincipals | 403 | Authorization_RequestDenied | When using this permission, the backing application of the service principal being created must in the local tenant",
                "/roleManagement/directory/roleAssignments | 404 | Request_ResourceNotFound | Resource 'x' does not exist or one of its queried reference-property objects are not present.",
                "/applications/.*/addPassword | 404 | Request_ResourceNotFound | Resource 'x' does not exist or one of its queried reference-property objects are not present.",
                "/applications/.*/addPassword | 403 | Authorization_RequestDenied | Insufficient privileges to complete the operation."
            })
    void whatIsNotThereYetIsWaitedForInTheSameRun(String path, int status, String code, String words) throws Exception {
        stage.graph.refuse(2, "POST", path, status, code, words);

        var applied = stage.apply();

        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(stage.waited()).isEqualTo(Duration.ofSeconds(6));
        assertThat(stage.graph.grants).hasSize(4);
    }

    // ---- Permanent -------------------------------------------------------------------------------------------------

    /** microsoft/azure-tools-for-java#585. */
    @Test
    void anExhaustedQuotaIsToldAtOnceAndTheRestIsDone() throws Exception {
        stage.graph.refuse(
                100,
                "POST",
                "/applications",
                403,
                "Directory_QuotaExceeded",
                "The directory object quota limit for the Principal has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.");

        var applied = stage.apply();

        assertThat(stage.waited()).isZero();
        assertThat(stage.graph.ordersOf("POST", "/applications")).isEqualTo(1);
        assertThat(applied.of(Part.APPLICATION).sentence()).contains("another administrator can do it");
        assertThat(List.of(Part.GUEST, Part.ROLE, Part.PARTNER))
                .allMatch(part -> applied.of(part).isGood());
        assertThat(applied.of(Part.SECRET)).isEqualTo(new Outcome.Waiting(Part.SECRET, Part.APPLICATION));
        assertThat(stage.journal().intentions()).isEmpty();
    }

    @Test
    void aMissingRightIsToldAtOnceWhenNothingIsNew() throws Exception {
        stage.apply();
        stage.advance(Duration.ofDays(1));
        stage.graph.refuse(
                100,
                "POST",
                "/applications/.*/addPassword",
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.");

        var applied = stage.apply();

        assertThat(stage.waited()).isZero();
        assertThat(applied.of(Part.SECRET)).isInstanceOf(Outcome.Refused.class);
        assertThat(stage.secrets()).hasSize(1);
    }

    // ---- A partner that holds nulls --------------------------------------------------------------------------------

    /** Microsoft365DSC#7272 and #6065. */
    @Test
    void onlyWhatWasSetOfAPartnerIsSentBack() throws Exception {
        stage.graph.partners.add(
                PretendGraph.object("""
                {'tenantId':'%s','b2bCollaborationInbound':null,'automaticUserConsentSettings':null,
                 'inboundTrust':{'isMfaAccepted':null,'isCompliantDeviceAccepted':true,
                                 'isHybridAzureADJoinedDeviceAccepted':false,'later':{'a':null,'b':1}}}""".formatted(ProviderProfile.expel().tenantId())));
        var sent = new ArrayList<String>();
        stage.graph.beforeOrder(order -> {
            if (order.startsWith("PATCH /policies")) {
                sent.add(stage.graph.lastBody().toString());
            }
        });

        assertThat(stage.apply().of(Part.PARTNER).isGood()).isTrue();

        assertThat(sent).hasSize(1);
        assertThat(PretendGraph.object(sent.getFirst())).isEqualTo(PretendGraph.object("""
                {'inboundTrust':{'isMfaAccepted':true,'isCompliantDeviceAccepted':true,
                                 'isHybridAzureADJoinedDeviceAccepted':true,'later':{'b':1}},
                 'automaticUserConsentSettings':{'inboundAllowed':true}}"""));
    }
}
