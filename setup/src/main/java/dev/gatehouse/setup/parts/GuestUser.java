package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.plan.TenantPolicies;
import dev.gatehouse.setup.profile.EntraRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The guest account of the provider's analysts. */
final class GuestUser implements SetupPart {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public Part part() {
        return Part.GUEST;
    }

    @Override
    public boolean mayStayUnread() {
        return true;
    }

    @Override
    public Optional<Guest> read(TenantReading reading) throws InterruptedException {
        return reading.search().guest(reading.journal());
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var notes = new ArrayList<String>();
        present.guest().ifPresent(guest -> {
            if (guest.userType().equalsIgnoreCase("Member")) {
                notes.add("The account is a member, not a guest. Gatehouse leaves that as it is.");
            }
            notes.add(
                    guest.isRedeemed()
                            ? "The invitation has been redeemed."
                            : "The invitation has not been redeemed yet.");
        });
        if (present.guest().isEmpty()) {
            notes.addAll(invitationNotes(present.policies()));
        }
        return PartPlan.of(present.guest().isPresent(), desired.guestMail(), differences(desired, present), notes);
    }

    private static Differences differences(Desired desired, Present present) {
        var profile = desired.profile().guest();
        var differences = new Differences();
        if (present.guest().isEmpty()) {
            differences.missing("invitedUserEmailAddress", desired.guestMail());
            differences.missing("invitedUserDisplayName", profile.displayName());
            differences.missing("invitedUserType", "Guest");
            return differences;
        }
        var guest = present.guest().get();
        differences.compare("displayName", guest.displayName(), profile.displayName());
        differences.compare("accountEnabled", guest.enabled(), true);
        return differences;
    }

    private static List<String> invitationNotes(TenantPolicies policies) {
        if (policies.inviters().isEmpty()) {
            return List.of("Who may invite guests in this tenant is not known.");
        }
        return policies.inviters().get().equals("none")
                ? List.of(
                        "This tenant lets nobody invite guests, administrators included. Change that first: External Identities > External collaboration settings > Guest invite settings.")
                : List.of();
    }

    @Override
    public Set<EntraRole> missingRoles(Admin admin, Action action) {
        return action == Action.CREATE && admin.mayInvite() ? Set.of() : admin.missingFor(part(), action);
    }

    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        return run.provisioner().ensure(this, new Attempt(run)::observe);
    }

    @Override
    public void lookUp(SetupRun run) throws InterruptedException {
        run.known().guest(run.search().guest(run.journal()).map(Guest::id));
    }

    /** One attempt to make it, which remembers what Microsoft said. */
    private static final class Attempt {

        private final SetupRun run;
        /** Whose address it is, when Microsoft says so by refusing to invite it. */
        private Optional<String> named = Optional.empty();

        Attempt(SetupRun run) {
            this.run = run;
        }

        ObservedState observe() throws InterruptedException {
            var seen = named.isPresent()
                    ? run.directory().users().withId(named.get())
                    : run.search().guest(run.journal());
            run.known().guest(seen.map(Guest::id));
            return seen.isPresent()
                    ? compare(seen.get())
                    // Inviting again makes nobody twice, but sends the mail twice.
                    : new Different(intention(Effect.CREATED), false, this::invite);
        }

        private Entry intention(Effect effect) {
            return run.provisioner().intention(Part.GUEST, run.desired().guestMail(), effect);
        }

        private String invite() throws InterruptedException {
            var desired = run.desired();
            try {
                var id = run.directory()
                        .users()
                        .invite(desired.guestMail(), desired.profile().guest().displayName(), desired.guestLandsAt());
                run.known().guest(Optional.of(id));
                return id;
            } catch (Refusal refusal) {
                named = refusal.reason().objectId();
                throw refusal;
            }
        }

        private ObservedState compare(Guest guest) {
            var wanted = run.desired().profile().guest().displayName();
            var before = JSON.createObjectNode();
            var fields = JSON.createObjectNode();
            if (!guest.displayName().equals(wanted)) {
                before.put("displayName", guest.displayName());
                fields.put("displayName", wanted);
            }
            if (!guest.enabled()) {
                before.put("accountEnabled", false);
                fields.put("accountEnabled", true);
            }
            if (fields.isEmpty()) {
                return new AsDesired(run.desired().guestMail(), guest.id());
            }
            return new Different(intention(Effect.CHANGED).with(before), true, () -> {
                run.directory().users().change(guest.id(), fields);
                return guest.id();
            });
        }
    }

    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var users = run.directory().users();
        var found = users.withId(entry.id());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (entry.effect() == Effect.CREATED) {
            return Undo.delete(() -> users.remove(entry.id()));
        }
        var fields = JSON.createObjectNode();
        if (entry.before().has("displayName")
                && found.get()
                        .displayName()
                        .equals(run.desired().profile().guest().displayName())) {
            fields.set("displayName", entry.before().get("displayName"));
        }
        if (entry.before().has("accountEnabled") && found.get().enabled()) {
            fields.set("accountEnabled", entry.before().get("accountEnabled"));
        }
        return Undo.restore(fields, () -> users.change(entry.id(), fields));
    }
}
