package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Removal;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.entra.Application;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A removal takes away exactly what was made, after showing it. */
class RemovalTest {

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
    void whatWasMadeIsShownFirstAndThenGone() throws Exception {
        var before = stage.picture();
        stage.apply();
        var made = stage.picture();

        var shown = stage.removing().plan();

        assertThat(shown).extracting(Removal::kind).containsOnly(Removal.Kind.DELETE);
        assertThat(shown).extracting(Removal::part).startsWith(Part.SECRET).endsWith(Part.GUEST);
        assertThat(stage.picture()).isEqualTo(made);

        assertThat(stage.removing().run(Admin.unknown())).allMatch(Outcome::isGood);

        assertThat(stage.picture()).isEqualTo(before);
        assertThat(stage.journals.load(stage.tenant).isEmpty()).isTrue();
        assertThat(stage.removing().plan()).isEmpty();
    }

    @Test
    void whatSomebodyElseMadeStays() throws Exception {
        var application = new Application(UUID.randomUUID(), UUID.randomUUID(), "Expel Defender for Identity");
        application.grant(List.of("SecurityAlert.Read.All"));
        stage.customer.tenant().add(application);
        stage.customer.partners().add((ObjectNode) JsonMapper.shared().readTree("""
                        {"tenantId":"1cde81fd-b430-4035-b24d-709921922876",
                         "inboundTrust":{"isMfaAccepted":true,"isCompliantDeviceAccepted":false,
                                         "isHybridAzureADJoinedDeviceAccepted":false},
                         "automaticUserConsentSettings":null}"""));
        var before = stage.picture();
        stage.apply();

        assertThat(stage.removing().run(Admin.unknown())).allMatch(Outcome::isGood);

        assertThat(stage.picture()).isEqualTo(before);
    }

    @Test
    void anOrganizationThatTheCustomerConfiguredFurtherLosesOnlyOurSettings() throws Exception {
        stage.apply();
        stage.customer
                .partners()
                .getFirst()
                .putObject("b2bCollaborationInbound")
                .putObject("usersAndGroups")
                .put("accessType", "blocked");

        stage.removing().run(Admin.unknown());

        assertThat(stage.customer.partners()).singleElement().satisfies(partner -> {
            assertThat(partner.path("inboundTrust").isNull()).isTrue();
            assertThat(partner.at("/b2bCollaborationInbound/usersAndGroups/accessType")
                            .asString())
                    .isEqualTo("blocked");
        });
    }

    @Test
    void whatTheAdministratorMayNotRemoveStaysInTheJournal() throws Exception {
        stage.apply();
        var id = stage.customer.users().getFirst().path("id").asString();
        stage.customer.unassign(id, DirectoryRole.GLOBAL_ADMINISTRATOR);
        stage.customer.assign(id, DirectoryRole.APPLICATION_ADMINISTRATOR);
        stage.customer.assign(id, DirectoryRole.GLOBAL_READER);

        var outcomes = stage.removing().run(stage.plan().admin());

        assertThat(outcomes)
                .filteredOn(outcome -> outcome instanceof Outcome.Blocked)
                .extracting(Outcome::part)
                .contains(Part.GUEST, Part.ROLE, Part.PARTNER);
        assertThat(stage.apps()).isEmpty();
        assertThat(stage.journals.load(stage.tenant).entries())
                .extracting(entry -> entry.part())
                .contains(Part.GUEST, Part.ROLE, Part.PARTNER)
                .doesNotContain(Part.APPLICATION, Part.SECRET);
    }

    @Test
    void withoutAJournalTheTagTellsWhichApplicationIsOurs() throws Exception {
        stage.apply();
        stage.journals.forget();

        assertThat(stage.removing().plan()).extracting(Removal::part).containsExactly(Part.APPLICATION);

        stage.removing().run(Admin.unknown());

        assertThat(stage.apps()).isEmpty();
    }
}
