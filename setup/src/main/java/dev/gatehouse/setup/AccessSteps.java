package dev.gatehouse.setup;

import dev.gatehouse.setup.Journal.Deed;
import dev.gatehouse.setup.Sight.Bad;
import dev.gatehouse.setup.Sight.Good;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.Refusal;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Step 1 of the guide: the analysts' guest account, its role, and the trust in where they sign in. */
final class AccessSteps {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final Desired desired;
    private final Making making;
    private final Search search;
    private final Found found;
    /** Whose address it is, when Microsoft says so by refusing to invite it. */
    private Optional<String> named = Optional.empty();

    AccessSteps(Directory directory, Desired desired, Making making, Search search, Found found) {
        this.directory = directory;
        this.desired = desired;
        this.making = making;
        this.search = search;
        this.found = found;
    }

    Sight lookAtGuest() throws InterruptedException {
        var seen = named.isPresent() ? directory.users().withId(named.get()) : search.guest(making.journal());
        found.guest(seen.map(Guest::id));
        return seen.isPresent()
                ? judge(seen.get())
                // Inviting again makes nobody twice, but sends the mail twice.
                : new Bad(making.intention(Part.GUEST, desired.guestMail(), Deed.CREATED), false, this::invite);
    }

    private String invite() throws InterruptedException {
        try {
            var id = directory
                    .users()
                    .invite(desired.guestMail(), desired.profile().guest().displayName(), desired.guestLandsAt());
            found.guest(Optional.of(id));
            return id;
        } catch (Refusal refusal) {
            named = refusal.reason().objectId();
            throw refusal;
        }
    }

    private Sight judge(Guest guest) {
        var wanted = desired.profile().guest().displayName();
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
            return new Good(desired.guestMail(), guest.id());
        }
        return new Bad(making.intention(Part.GUEST, desired.guestMail(), Deed.CHANGED, before), true, () -> {
            directory.users().change(guest.id(), fields);
            return guest.id();
        });
    }

    Sight lookAtRole() throws InterruptedException {
        var guest = found.neededGuest();
        var role = desired.profile().guest().role();
        var assigned = search.role(making.journal(), guest);
        return assigned.isPresent()
                ? new Good(role.title(), assigned.get())
                : new Bad(making.intention(Part.ROLE, role.title(), Deed.CREATED), true, () -> directory
                        .roles()
                        .assign(guest, role.templateId()));
    }

    Sight lookAtPartner() throws InterruptedException {
        var profile = desired.profile();
        var id = profile.tenantId();
        var seen = directory.policies().partner(id);
        var changes = PartnerSettings.toSwitchOn(profile.trust(), seen);
        if (seen.isEmpty()) {
            return new Bad(making.intention(Part.PARTNER, profile.provider(), Deed.CREATED), true, () -> {
                var partner = JSON.createObjectNode().put("tenantId", id.toString());
                partner.setAll(changes);
                directory.policies().addPartner(partner);
                return id.toString();
            });
        }
        if (changes.isEmpty()) {
            return new Good(profile.provider(), id.toString());
        }
        var before = JSON.createObjectNode();
        changes.propertyNames().forEach(name -> before.set(name, seen.get().get(name)));
        return new Bad(making.intention(Part.PARTNER, profile.provider(), Deed.CHANGED, before), true, () -> {
            directory.policies().changePartner(id, changes);
            return id.toString();
        });
    }
}
