package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.parts.ObservedState.AsDesired;
import dev.gatehouse.setup.parts.ObservedState.Different;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Difference;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Present;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The trust in sign-ins from the provider's tenant: the cross-tenant access that is configured for it, as Graph gives it.
 * Settings that the profile does not turn on stay untouched.
 */
final class CrossTenantAccess implements SetupPart {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLLABORATION = "b2bCollaborationInbound";

    @Override
    public Part part() {
        return Part.PARTNER;
    }

    @Override
    public boolean mayStayUnread() {
        return true;
    }

    @Override
    public Optional<ObjectNode> read(TenantReading reading) throws InterruptedException {
        return reading.directory()
                .policies()
                .partner(reading.desired().profile().tenantId());
    }

    @Override
    public PartPlan plan(Desired desired, Present present) {
        var profile = desired.profile();
        var partner = present.found(Part.PARTNER, ObjectNode.class);
        return PartPlan.of(
                partner.isPresent(),
                "%s (%s)".formatted(profile.provider(), profile.tenantId()),
                differences(desired, partner),
                collaborationNotes(partner, present.policies().partnerDefaults()));
    }

    /** The switches of the trust tab by Microsoft's names. */
    private static Differences differences(Desired desired, Optional<ObjectNode> partner) {
        var trust = desired.profile().trust();
        var differences = new Differences();
        if (partner.isEmpty()) {
            differences.missing("tenantId", desired.profile().tenantId().toString());
        }
        if (trust.multifactorAuthentication()) {
            switchedOn(differences, partner, "inboundTrust", "isMfaAccepted");
        }
        if (trust.compliantDevices()) {
            switchedOn(differences, partner, "inboundTrust", "isCompliantDeviceAccepted");
        }
        if (trust.hybridJoinedDevices()) {
            switchedOn(differences, partner, "inboundTrust", "isHybridAzureADJoinedDeviceAccepted");
        }
        if (trust.automaticRedemption()) {
            switchedOn(differences, partner, "automaticUserConsentSettings", "inboundAllowed");
        }
        return differences;
    }

    private static void switchedOn(Differences differences, Optional<ObjectNode> settings, String group, String field) {
        var value = settings.map(node -> node.path(group).path(field));
        if (value.filter(node -> node.asBoolean(false)).isEmpty()) {
            var present = value.filter(node -> node.isBoolean())
                    .map(node -> node.asString())
                    .orElse(Difference.NONE);
            differences.differs(group + "." + field, present, "true");
        }
    }

    /** What the tenant configured for the provider counts, otherwise what it configured for everybody. */
    private static List<String> collaborationNotes(Optional<ObjectNode> partner, Optional<ObjectNode> defaults) {
        var own = partner.map(settings -> settings.path(COLLABORATION)).filter(JsonNode::isObject);
        var everybodys = defaults.map(settings -> settings.path(COLLABORATION)).filter(JsonNode::isObject);
        var isBlocked = own.or(() -> everybodys)
                .filter(group -> isBlocked(group, "usersAndGroups") || isBlocked(group, "applications"))
                .isPresent();
        if (!isBlocked) {
            return List.of();
        }
        return List.of(
                own.isPresent()
                        ? "B2B collaboration with this organization is blocked in this tenant, at least for some, so that the analysts may not get in. Gatehouse leaves that as it is: Cross-tenant access settings, inbound."
                        : "This tenant blocks B2B collaboration by default, so that the analysts do not get in. Gatehouse leaves that as it is: allow it for this organization under Cross-tenant access settings, inbound.");
    }

    private static boolean isBlocked(JsonNode group, String whom) {
        return group.path(whom).path("accessType").asString("").equals("blocked");
    }

    @Override
    public Outcome make(SetupRun run) throws InterruptedException {
        return run.provisioner().ensure(this, () -> observe(run));
    }

    private static ObservedState observe(SetupRun run) throws InterruptedException {
        var policies = run.directory().policies();
        var profile = run.desired().profile();
        var id = profile.tenantId();
        var seen = policies.partner(id);
        var changes = PartnerSettings.toSwitchOn(profile.trust(), seen);
        if (seen.isEmpty()) {
            var intention = run.provisioner().intention(Part.PARTNER, profile.provider(), Effect.CREATED);
            return new Different(intention, true, () -> {
                var partner = JSON.createObjectNode().put("tenantId", id.toString());
                partner.setAll(changes);
                policies.addPartner(partner);
                return id.toString();
            });
        }
        if (changes.isEmpty()) {
            return new AsDesired(profile.provider(), id.toString());
        }
        var before = JSON.createObjectNode();
        changes.propertyNames().forEach(name -> before.set(name, seen.get().get(name)));
        var intention = run.provisioner()
                .intention(Part.PARTNER, profile.provider(), Effect.CHANGED)
                .with(before);
        return new Different(intention, true, () -> {
            policies.changePartner(id, changes);
            return id.toString();
        });
    }

    /** An organization that the customer has since configured further is not deleted; only our settings go. */
    @Override
    public Optional<Undo> undo(RemovalRun run, Entry entry) throws InterruptedException {
        var policies = run.directory().policies();
        var id = run.desired().profile().tenantId();
        var found = policies.partner(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var isOurs = entry.effect() == Effect.CREATED;
        if (isOurs && !PartnerSettings.isConfiguredFurther(found.get())) {
            return Undo.delete(() -> policies.removePartner(id));
        }
        var fields = isOurs ? PartnerSettings.toForget() : PartnerSettings.toRestore(found.get(), entry.before());
        return Undo.restore(fields, () -> restore(run, id, fields));
    }

    private static void restore(RemovalRun run, UUID id, ObjectNode fields) throws InterruptedException {
        var policies = run.directory().policies();
        try {
            policies.changePartner(id, fields);
        } catch (Refusal refusal) {
            var off = PartnerSettings.offInPlaceOfNull(fields);
            if (refusal.reason().status() != 400 || off.equals(fields)) {
                throw refusal;
            }
            policies.changePartner(id, off);
        }
    }
}
