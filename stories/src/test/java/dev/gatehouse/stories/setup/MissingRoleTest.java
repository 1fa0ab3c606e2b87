package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.profile.EntraRole;
import dev.gatehouse.simulator.directory.DirectoryRole;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever may do only a part gets that part done, and the rest is named, with the role that it takes. */
class MissingRoleTest {

    private final SetupStage stage = new SetupStage();

    @AfterEach
    void close() {
        stage.close();
    }

    /** The four roles that together can do everything, and what is left undone when one of them is missing. */
    static Stream<Arguments> oneRoleShort() {
        return Stream.of(
                Arguments.of(DirectoryRole.GUEST_INVITER, Set.of(Part.GUEST), EntraRole.GUEST_INVITER),
                Arguments.of(
                        DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR,
                        Set.of(Part.ROLE, Part.CONSENT),
                        EntraRole.PRIVILEGED_ROLE_ADMINISTRATOR),
                Arguments.of(
                        DirectoryRole.SECURITY_ADMINISTRATOR, Set.of(Part.PARTNER), EntraRole.SECURITY_ADMINISTRATOR),
                Arguments.of(
                        DirectoryRole.APPLICATION_ADMINISTRATOR,
                        Set.of(Part.APPLICATION, Part.SERVICE_PRINCIPAL, Part.SECRET),
                        EntraRole.APPLICATION_DEVELOPER));
    }

    @ParameterizedTest
    @MethodSource("oneRoleShort")
    void theMissingRoleIsNamedBeforeTheFirstWriteAndTheRestIsDone(
            DirectoryRole missing, Set<Part> blocked, EntraRole least) throws Exception {
        var all = EnumSet.of(
                DirectoryRole.GUEST_INVITER,
                DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR,
                DirectoryRole.SECURITY_ADMINISTRATOR,
                DirectoryRole.APPLICATION_ADMINISTRATOR,
                // Reading cross-tenant access takes a role too; it must not hide what is missing for writing.
                DirectoryRole.GLOBAL_READER);
        all.remove(missing);
        stage.signedInAs(all.toArray(DirectoryRole[]::new));

        var plan = stage.plan();

        assertThat(plan.blocked()).extracting(Step::part).containsExactlyInAnyOrderElementsOf(blocked);
        assertThat(plan.leastRolesForBlocked()).containsExactly(least);

        var applied = stage.apply();

        assertThat(applied.outcomes())
                .filteredOn(outcome -> blocked.contains(outcome.part()))
                .allMatch(Outcome.Blocked.class::isInstance);
        assertThat(applied.outcomes())
                .filteredOn(outcome -> !blocked.contains(outcome.part()))
                .allMatch(outcome -> outcome.isGood() || outcome instanceof Outcome.Waiting, "is done or waits");
    }

    @Test
    void theColleagueWithTheOtherRolesFinishesIt() throws Exception {
        stage.signedInAs(DirectoryRole.USER_ADMINISTRATOR, DirectoryRole.APPLICATION_ADMINISTRATOR);
        var first = stage.apply();

        assertThat(first.isComplete()).isFalse();
        assertThat(first.of(Part.GUEST)).isInstanceOf(Outcome.Made.class);
        assertThat(first.of(Part.CONSENT)).isInstanceOf(Outcome.Blocked.class);

        var id = stage.customer.users().getFirst().path("id").asString();
        stage.customer.unassign(id, DirectoryRole.USER_ADMINISTRATOR);
        stage.customer.unassign(id, DirectoryRole.APPLICATION_ADMINISTRATOR);
        stage.customer.assign(id, DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR);
        stage.customer.assign(id, DirectoryRole.SECURITY_ADMINISTRATOR);
        var second = stage.apply();

        assertThat(second.isComplete()).as("%s", second.outcomes()).isTrue();
        assertThat(stage.apps()).hasSize(1);
        assertThat(stage.consented()).hasSize(4);
    }

    @Test
    void whatMayNotEvenBeReadIsSaidToBeUnknown() throws Exception {
        stage.signedInAs(DirectoryRole.USER_ADMINISTRATOR);

        var partner = stage.plan().step(Part.PARTNER);

        assertThat(partner.action()).isEqualTo(Action.UNKNOWN);
        assertThat(partner.notes()).singleElement().asString().contains("403 Authorization_RequestDenied");
        assertThat(partner.isBlocked()).isTrue();
    }

    @Test
    void aTenantThatLetsMembersInviteNeedsNoRoleForIt() throws Exception {
        stage.signedInAs();
        stage.customer.letInvite("everyone");

        assertThat(stage.plan().step(Part.GUEST).isBlocked()).isFalse();
        assertThat(stage.apply().of(Part.GUEST)).isInstanceOf(Outcome.Made.class);
    }
}
