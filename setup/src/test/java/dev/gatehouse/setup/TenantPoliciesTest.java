package dev.gatehouse.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.directory.PretendGraph;
import dev.gatehouse.setup.plan.Difference;
import dev.gatehouse.setup.plan.Part;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The tenant's own policies are read before the plan, shown in it, and kept by what follows. */
class TenantPoliciesTest {

    private static final String DEFAULT = "/policies/defaultAppManagementPolicy";

    private final TenantStage stage = new TenantStage();

    /** microsoft/PubSec-Info-Assistant#681. */
    @Test
    void theShorterOfBothLifetimesIsTakenAndSaid() throws Exception {
        restrictSecrets("{'restrictionType':'passwordLifetime','state':'enabled','maxLifetime':'P180D'}");

        var plan = stage.plan();
        assertThat(plan.step(Part.SECRET).notes())
                .contains(
                        "This tenant's policy 'Hardening' allows client secrets of at most 180 days: that is what a new one gets, not 730 days.");
        assertThat(plan.step(Part.SECRET).differences())
                .contains(new Difference("endDateTime", "(none)", "in 180 days"));

        var applied = stage.apply(plan);
        assertThat(stage.graph.ordersOf("POST", "/applications/.*/addPassword")).isEqualTo(1);
        assertThat(lifetime()).isEqualTo(Duration.ofDays(180).minusHours(2));
        assertThat(applied.of(Part.SECRET).sentence())
                .isEqualTo("created Expel API, which ends on 2027-05-22 because of this tenant's policy");
    }

    @Test
    void aProvidersLifetimeThatIsShorterThanThePolicysStays() throws Exception {
        restrictSecrets("{'restrictionType':'passwordLifetime','maxLifetime':'P1000D'}");

        var plan = stage.plan();

        assertThat(plan.step(Part.SECRET).notes()).isEmpty();
        stage.apply(plan);
        assertThat(lifetime()).isEqualTo(Duration.ofDays(730));
    }

    @Test
    void whereSecretsAreForbiddenACertificateIsProposed() throws Exception {
        restrictSecrets("{'restrictionType':'passwordAddition','state':'enabled'}");

        assertThat(stage.plan().step(Part.SECRET).notes())
                .anyMatch(note -> note.contains("'Hardening' forbids client secrets. Choose a certificate"));

        stage.profile = stage.profile.usingCertificate();
        assertThat(stage.plan().step(Part.SECRET).notes()).noneMatch(note -> note.contains("Hardening"));
    }

    @Test
    void certificatesHaveALifetimeOfTheirOwn() throws Exception {
        stage.profile = stage.profile.usingCertificate();
        stage.graph.singletons.put(
                DEFAULT, policy("", "{'restrictionType':'asymmetricKeyLifetime','maxLifetime':'P365D'}"));

        var plan = stage.plan();
        assertThat(plan.step(Part.SECRET).differences())
                .contains(new Difference("endDateTime", "(none)", "in 365 days"));

        assertThat(stage.apply(plan).isComplete()).isTrue();
        var end = Instant.parse(
                stage.application().at("/keyCredentials/0/endDateTime").asString());
        assertThat(Duration.between(TenantStage.NINE, end))
                .isEqualTo(Duration.ofDays(365).minusHours(2));
    }

    @Test
    void aTenantThatTakesCertificatesOfKnownAuthoritiesOnlyIsNamed() throws Exception {
        stage.profile = stage.profile.usingCertificate();
        stage.graph.singletons.put(DEFAULT, policy("", "{'restrictionType':'trustedCertificateAuthority'}"));

        assertThat(stage.plan().step(Part.SECRET).notes())
                .anyMatch(note -> note.contains("takes only certificates of authorities that it trusts"));
    }

    @Test
    void aPolicyOfTheAppRegistrationItselfTakesThePlaceOfTheTenants() throws Exception {
        stage.apply();
        restrictSecrets("{'restrictionType':'passwordLifetime','maxLifetime':'P30D'}");
        var own = policy("{'restrictionType':'passwordLifetime','maxLifetime':'P300D'}", "");
        own.set("restrictions", own.remove("applicationRestrictions"));
        stage.graph.singletons.put(
                "/applications/%s/appManagementPolicies"
                        .formatted(stage.application().path("id").asString()),
                own);

        assertThat(stage.plan().step(Part.SECRET).differences())
                .contains(new Difference("endDateTime", "(none)", "in 300 days"));
    }

    @Test
    void whoMayNotReadThePolicyIsToldThatItIsNotKnownAndARefusalIsCopedWith() throws Exception {
        stage.graph.refuse(
                100, "GET", DEFAULT, 403, "Authorization_RequestDenied", "Insufficient privileges to complete.");
        stage.graph.refuse(
                1,
                "POST",
                "/applications/.*/addPassword",
                400,
                "CredentialInvalidLifetimeAsPerAppPolicy",
                "Credential lifetime exceeds the max value allowed as per assigned policy 'x'.");

        var plan = stage.plan();
        assertThat(plan.step(Part.SECRET).notes())
                .anyMatch(note -> note.contains("policy for secrets and certificates is not known")
                        && note.contains("shorter ones are tried")
                        && note.contains("403 Authorization_RequestDenied"));

        var applied = stage.apply(plan);
        assertThat(applied.isComplete()).as("%s", applied.outcomes()).isTrue();
        assertThat(lifetime()).isEqualTo(Duration.ofDays(365).minusHours(2));
        assertThat(applied.of(Part.SECRET).sentence()).contains("because of this tenant's policy");
    }

    @Test
    void aPolicyThatForbidsSecretsIsToldAtOnceEvenWhenItCouldNotBeRead() throws Exception {
        stage.graph.refuse(
                100,
                "POST",
                "/applications/.*/addPassword",
                403,
                "CredentialTypeNotAllowedAsPerAppPolicy",
                "Credential type not allowed as per assigned policy 'passwordAddition'.");

        var applied = stage.apply();

        assertThat(applied.of(Part.SECRET).sentence()).contains("choose a certificate in their place");
        assertThat(stage.graph.ordersOf("POST", "/applications/.*/addPassword")).isEqualTo(1);
        assertThat(stage.waited()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"none, true", "adminsAndGuestInviters, false", "everyone, false"})
    void aTenantThatLetsNobodyInviteIsNamedBeforeAnybodyTries(String inviters, boolean isNamed) throws Exception {
        stage.graph.singletons.put(
                "/policies/authorizationPolicy", PretendGraph.object("{'allowInvitesFrom':'%s'}".formatted(inviters)));

        assertThat(stage.plan().step(Part.GUEST).notes().stream()
                        .anyMatch(note -> note.startsWith("This tenant lets nobody invite guests")))
                .isEqualTo(isNamed);
    }

    @Test
    void aTenantThatBlocksCollaborationByDefaultIsNamedUnlessTheProviderIsExcepted() throws Exception {
        stage.graph.singletons.put(
                "/policies/crossTenantAccessPolicy/default",
                PretendGraph.object("{'b2bCollaborationInbound':{'usersAndGroups':{'accessType':'blocked'}}}"));
        assertThat(stage.plan().step(Part.PARTNER).notes())
                .anyMatch(note -> note.startsWith("This tenant blocks B2B collaboration by default"));

        stage.graph.partners.add(PretendGraph.object(
                "{'tenantId':'%s','b2bCollaborationInbound':{'usersAndGroups':{'accessType':'allowed'}}}"
                        .formatted(stage.profile.tenantId())));
        assertThat(stage.plan().step(Part.PARTNER).notes()).isEmpty();
    }

    private void restrictSecrets(String restriction) {
        stage.graph.singletons.put(DEFAULT, policy(restriction, ""));
    }

    private static ObjectNode policy(String secrets, String certificates) {
        return PretendGraph.object("""
                {'isEnabled':true,'displayName':'Hardening','applicationRestrictions':{
                  'passwordCredentials':[%s],'keyCredentials':[%s]}}""".formatted(secrets, certificates));
    }

    private Duration lifetime() {
        var end = Instant.parse(
                stage.application().at("/passwordCredentials/0/endDateTime").asString());
        return Duration.between(TenantStage.NINE, end);
    }
}
