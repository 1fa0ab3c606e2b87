package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.people.Organization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A vendor alert and whose it is.
 *
 * @param alert as Microsoft tells it
 * @param organizationId the customer's
 * @param organizationName what people call the customer
 * @param organizationShortName the prefix of its case numbers
 * @param deviceName the security device that shows it
 * @param context the customer's labels, in lower case, each with the names in the vendor alert that have it, in lower case
 */
public record Subject(
        VendorAlert alert,
        UUID organizationId,
        String organizationName,
        String organizationShortName,
        String deviceName,
        Map<String, List<String>> context) {

    public Subject {
        context = Map.copyOf(context);
    }

    /** In the place of an organization that nobody has named yet. */
    private static final UUID NOBODY = new UUID(0, 0);

    /** A vendor alert in which nothing has a label. */
    public Subject(
            VendorAlert alert,
            UUID organizationId,
            String organizationName,
            String organizationShortName,
            String deviceName) {
        this(alert, organizationId, organizationName, organizationShortName, deviceName, Map.of());
    }

    /** The same with labels. */
    public Subject in(Map<String, List<String>> labels) {
        return new Subject(alert, organizationId, organizationName, organizationShortName, deviceName, labels);
    }

    /** A vendor alert of a directory, whose owner may not be known yet. */
    public static Subject of(VendorAlert alert, Optional<Organization> owner, String deviceName) {
        return new Subject(
                alert,
                owner.map(Organization::id).orElse(NOBODY),
                owner.map(Organization::name).orElse(""),
                owner.map(Organization::shortName).orElse(""),
                deviceName);
    }
}
