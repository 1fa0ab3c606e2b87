package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.people.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What analysts work on: all vendor alerts of one directory that a detection rule put together.
 *
 * @param id ours
 * @param tenant the directory that all of its vendor alerts come from
 * @param organization whose directory that is; empty for one that nobody has named yet
 * @param organizationName as it is called; empty likewise
 * @param deviceName the security device that shows its vendor alerts; empty when there is none any more
 * @param ruleId the rule that made it
 * @param ruleVersion as it was then
 * @param name what an analyst reads first
 * @param severity ours, which can differ from Microsoft's
 * @param severityReason why it is that
 * @param status where it is in its life
 * @param closeReason why it was closed, while it is
 * @param closeComment what was said about that; empty when nothing was
 * @param assignee who works on it: a person or an organization
 * @param investigation the investigation that it is in
 * @param suppression the suppression that closed it when it was made, whatever became of it since
 * @param tactics MITRE ATT&amp;CK ids, e.g. {@code TA0006}
 * @param techniques MITRE ATT&amp;CK ids, e.g. {@code T1003.006}
 * @param firstActivity when what its vendor alerts report began
 * @param lastActivity when it was last seen
 * @param vendorAlerts how many vendor alerts it holds
 * @param vendorResolved how many of them are resolved in Microsoft's portal
 * @param created when it was made, by our clock
 * @param updated when anything about it last changed
 * @param statusChanged when its status last changed
 * @param times when people first had to do with it
 * @param revision goes up with everything that somebody who decides about it has to know of
 * @param involved accounts, hosts and addresses of its evidence, a few of them
 */
public record Alert(
        UUID id,
        TenantId tenant,
        Optional<UUID> organization,
        String organizationName,
        String deviceName,
        String ruleId,
        int ruleVersion,
        String name,
        AlertSeverity severity,
        String severityReason,
        AlertStatus status,
        Optional<CloseReason> closeReason,
        String closeComment,
        Optional<Actor> assignee,
        Optional<UUID> investigation,
        Optional<UUID> suppression,
        List<String> tactics,
        List<String> techniques,
        Instant firstActivity,
        Instant lastActivity,
        int vendorAlerts,
        int vendorResolved,
        Instant created,
        Instant updated,
        Instant statusChanged,
        Times times,
        int revision,
        List<String> involved) {

    public Alert {
        tactics = List.copyOf(tactics);
        techniques = List.copyOf(techniques);
        involved = List.copyOf(involved);
    }

    /**
     * When people had to do with it.
     *
     * @param firstAssigned to a person
     * @param firstWorked when somebody first assigned, started, closed or investigated it
     * @param firstClosed for the first time
     * @param closed when it was closed, while it is
     */
    public record Times(
            Optional<Instant> firstAssigned,
            Optional<Instant> firstWorked,
            Optional<Instant> firstClosed,
            Optional<Instant> closed) {}

    public boolean isClosed() {
        return status == AlertStatus.CLOSED;
    }
}
