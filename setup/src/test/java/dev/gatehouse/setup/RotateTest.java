package dev.gatehouse.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.Rotate.Rotated;
import dev.gatehouse.setup.directory.PretendGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class RotateTest {

    private final TenantStage stage = new TenantStage();

    @BeforeEach
    void applied() throws Exception {
        stage.apply();
        stage.advance(Duration.ofDays(300));
    }

    @Test
    void theOldSecretGoesAndThoseOfOthersStay() throws Exception {
        var old = stage.secrets().getFirst();
        addByHand("of-somebody");
        addByHand("of-somebody-else");

        var rotated = stage.rotate();

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Done.class, done -> {
            assertThat(done.removed()).containsExactly(old);
            assertThat(done.left()).containsExactly("of-somebody", "of-somebody-else");
            assertThat(stage.secrets()).containsExactly("of-somebody", "of-somebody-else", done.keyId());
        });
        assertThat(stage.graph.ordersOf("POST", "/applications/.*/removePassword"))
                .isEqualTo(1);
    }

    @Test
    void theIntentionStandsInTheJournalBeforeTheNewSecretIsOrdered() throws Exception {
        var intended = new ArrayList<Integer>();
        stage.graph.beforeOrder(order -> {
            if (order.endsWith("/addPassword")) {
                intended.add(stage.journal().intentions().size());
            }
        });

        assertThat(stage.rotate()).isInstanceOf(Rotated.Done.class);

        assertThat(intended).containsExactly(1);
    }

    @Test
    void whatAnInterruptedRotationMadeIsLookedForAndRemovedByTheNext() throws Exception {
        stage.graph.loseAnswer("POST", "/applications/.*/addPassword");
        assertThat(stage.rotate()).isInstanceOf(Rotated.Failed.class);
        assertThat(stage.secrets()).hasSize(2);

        var rotated = stage.rotate();

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Done.class, done -> assertThat(stage.secrets())
                .containsExactly(done.keyId()));
    }

    /** KelvinTegelaar/CIPP-API#1970; an application that rotates itself may not read the tenant's policies. */
    @Test
    void aLifetimeThatAPolicyRefusesIsFollowedByShorterOnesWhenThePolicyCannotBeRead() throws Exception {
        stage.graph.refuse(100, "GET", "/policies/.*", 403, "Authorization_RequestDenied", "Insufficient privileges.");
        stage.graph.refuse(
                2,
                "POST",
                "/applications/.*/addPassword",
                400,
                "CredentialInvalidLifetimeAsPerAppPolicy",
                "Credential lifetime exceeds the max value allowed as per assigned policy 'x'.");

        var rotated = stage.rotate();

        assertThat(rotated).isInstanceOfSatisfying(Rotated.Done.class, done -> assertThat(
                        Duration.between(stage.now(), done.end()))
                .isEqualTo(Duration.ofDays(180).minusHours(2)));
        assertThat(stage.waited()).isZero();
    }

    @Test
    void aLifetimeThatAPolicyRefusesIsFollowedByTheOneThatItAllows() throws Exception {
        stage.graph.singletons.put("/policies/defaultAppManagementPolicy", PretendGraph.object("""
                {'isEnabled':true,'applicationRestrictions':{'passwordCredentials':[
                  {'restrictionType':'passwordLifetime','maxLifetime':'P45D'}]}}"""));
        stage.graph.refuse(
                1,
                "POST",
                "/applications/.*/addPassword",
                400,
                "CredentialInvalidLifetimeAsPerAppPolicy",
                "Credential lifetime exceeds the max value allowed as per assigned policy 'x'.");

        assertThat(stage.rotate()).isInstanceOfSatisfying(Rotated.Done.class, done -> assertThat(
                        Duration.between(stage.now(), done.end()))
                .isEqualTo(Duration.ofDays(45).minusHours(2)));
    }

    @Test
    void aPolicyThatForbidsSecretsIsToldWithItsCureAndTheOldOneStays() throws Exception {
        stage.graph.refuse(
                100,
                "POST",
                "/applications/.*/addPassword",
                403,
                "CredentialTypeNotAllowedAsPerAppPolicy",
                "Credential type not allowed as per assigned policy 'passwordAddition'.");

        assertThat(stage.rotate()).isInstanceOfSatisfying(Rotated.Failed.class, failed -> assertThat(failed.reason())
                .contains("choose a certificate"));
        assertThat(stage.graph.ordersOf("POST", "/applications/.*/addPassword")).isEqualTo(2); // apply's and this one
        assertThat(stage.secrets()).hasSize(1);
    }

    @Test
    void theIdOfACertificateIsNotedBeforeItIsOrderedAndFindsItAfterAnInterruption() throws Exception {
        stage.profile = stage.profile.usingCertificate();
        stage.graph.loseAnswer("PATCH", "/applications/.*");
        assertThat(stage.rotate()).isInstanceOf(Rotated.Failed.class);
        var stray = certificates();
        assertThat(stray).hasSize(1);
        var intended = stage.journal().intentions().getFirst().intendedKeyId();
        assertThat(intended).isEqualTo(Optional.of(stray.getFirst()));
        // Somebody gives it another name meanwhile.
        ((ObjectNode) stage.application().path("keyCredentials").get(0)).put("displayName", "Something");

        assertThat(stage.rotate()).isInstanceOf(Rotated.Done.class);

        assertThat(certificates()).hasSize(1).doesNotContainAnyElementsOf(stray);
    }

    private List<String> certificates() {
        return stage.application()
                .path("keyCredentials")
                .valueStream()
                .map(key -> key.path("keyId").asString())
                .toList();
    }

    private void addByHand(String keyId) {
        ((ArrayNode) stage.application().path("passwordCredentials"))
                .add(PretendGraph.object("{'keyId':'%s','displayName':'Expel API','endDateTime':'2030-01-01T00:00:00Z'}"
                        .formatted(keyId)));
    }
}
