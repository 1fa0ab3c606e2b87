package dev.gatehouse.workbench.onboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.workbench.devices.ConsoleAccess;
import dev.gatehouse.workbench.devices.ConsoleAccess.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleLookTest {

    private static final Desired DESIRED = new Desired(
            TenantId.parse("1b4e28ba-2fa1-41d2-883f-0016d3cca427"),
            new OrganizationGuid("a123bc45-aa12-123b"),
            ProviderProfile.expel(),
            Optional.empty(),
            false);

    private final PretendTenant tenant = new PretendTenant();

    @Test
    void isLaterAsLongAsThereIsNoGuest() {
        assertThat(look(State.SET_UP_LATER)).isEqualTo(State.SET_UP_LATER);
    }

    @Test
    void isInvitedUntilTheInvitationIsRedeemed() {
        tenant.with(Part.GUEST, Part.ROLE);
        assertThat(look(State.SET_UP_LATER)).isEqualTo(State.INVITED);

        tenant.redeemed();
        assertThat(look(State.INVITED)).isEqualTo(State.ACTIVE);
    }

    @Test
    void isOnlyRedeemedWithoutTheRole() {
        tenant.with(Part.GUEST).redeemed();

        assertThat(look(State.INVITED)).isEqualTo(State.REDEEMED);
    }

    @Test
    void hasFailedWhenTheGuestIsBlockedOrGoneOrLostItsRole() {
        assertThat(look(State.INVITED)).isEqualTo(State.FAILED);

        tenant.with(Part.GUEST).redeemed();
        assertThat(look(State.ACTIVE)).isEqualTo(State.FAILED);

        tenant.with(Part.ROLE).blocked();
        assertThat(look(State.ACTIVE)).isEqualTo(State.FAILED);
    }

    @Test
    void saysNothingWhenTheAdministratorMayNotSeeTheRole() {
        tenant.with(Part.GUEST).unreadable(Part.ROLE);

        assertThat(ConsoleLook.at(tenant.plan(DESIRED), ConsoleAccess.unchecked()))
                .isEmpty();
    }

    private State look(State before) {
        return ConsoleLook.at(tenant.plan(DESIRED), new ConsoleAccess(before, "", Optional.of(Instant.EPOCH)))
                .orElseThrow()
                .state();
    }
}
