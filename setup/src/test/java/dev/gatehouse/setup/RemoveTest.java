package dev.gatehouse.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.directory.PretendGraph;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RemoveTest {

    private final TenantStage stage = new TenantStage();

    @Test
    void aTenantThatTakesNoNullGetsItsTrustSwitchedOff() throws Exception {
        stage.profile = stage.profile.usingCertificate();
        stage.graph.partners.add(
                PretendGraph.object("{'tenantId':'%s','inboundTrust':null}".formatted(stage.profile.tenantId())));
        stage.apply();
        keepOnly(Part.PARTNER);
        stage.graph.refuse(1, "PATCH", "/policies/.*", 400, "BadRequest", "A null value was found.");

        assertThat(stage.remove()).allMatch(Outcome::isGood);

        assertThat(stage.graph.lastBody()).isEqualTo(PretendGraph.object("""
                {'inboundTrust':{'isMfaAccepted':false,'isCompliantDeviceAccepted':false,
                                 'isHybridAzureADJoinedDeviceAccepted':false},
                 'automaticUserConsentSettings':{'inboundAllowed':false}}"""));
    }

    @Test
    void whatAPartnerHadGoesBackWithoutTheNulls() throws Exception {
        stage.graph.partners.add(PretendGraph.object("""
                {'tenantId':'%s','inboundTrust':{'isMfaAccepted':null,'isCompliantDeviceAccepted':true},
                 'automaticUserConsentSettings':{'inboundAllowed':true,'outboundAllowed':null}}""".formatted(stage.profile.tenantId())));
        stage.apply();
        keepOnly(Part.PARTNER);

        assertThat(stage.remove()).allMatch(Outcome::isGood);

        assertThat(stage.graph.lastBody()).isEqualTo(PretendGraph.object("""
                {'inboundTrust':{'isMfaAccepted':false,'isCompliantDeviceAccepted':true,
                                 'isHybridAzureADJoinedDeviceAccepted':false}}"""));
    }

    private void keepOnly(Part part) {
        var others = new ArrayList<>(stage.journal().entries());
        others.removeIf(entry -> entry.part() == part);
        stage.journal(stage.journal().without(others::contains));
        stage.graph.applications.clear();
    }
}
