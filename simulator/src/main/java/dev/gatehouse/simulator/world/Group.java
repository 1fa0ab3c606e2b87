package dev.gatehouse.simulator.world;

/**
 * A security group that Defender for Identity counts as sensitive.
 *
 * @param relativeId the last part of the SID, well known for most of these groups
 */
record Group(Domain domain, String name, String description, long relativeId, String objectGuid) {

    String sid() {
        return domain.sid(relativeId);
    }

    String distinguishedName() {
        return "CN=%s,CN=Users,%s".formatted(name, domain.distinguishedName());
    }

    /** As Defender for Identity speaks of groups. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(name, description);
    }
}
