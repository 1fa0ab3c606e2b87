package dev.gatehouse.workbench.onboard;

/**
 * What somebody typed about a customer, unchecked.
 *
 * @param name free text
 * @param directoryId the Directory (tenant) ID
 * @param organization the organization GUID
 * @param cloud a cloud's name; blank means the usual one
 * @param deviceName how the security device shall be called; blank for the customer's name and the technology's
 * @param location free text; blank means {@code cloud}
 * @param adoptedId the Application (client) ID of an app registration to use; blank for one of our own
 * @param usesCertificate whether the application signs in with a certificate in place of a secret
 * @param allowsRotation whether the application gets the right to replace what it signs in with
 */
public record SetUpDraft(
        String name,
        String directoryId,
        String organization,
        String cloud,
        String deviceName,
        String location,
        String adoptedId,
        boolean usesCertificate,
        boolean allowsRotation) {

    private static final String TECHNOLOGY = " Microsoft Defender for Identity";
    private static final String USUAL_LOCATION = "cloud";

    /** What there is, to be changed. */
    public static SetUpDraft of(SetUp setUp) {
        return new SetUpDraft(
                setUp.name(),
                setUp.directory().toString(),
                setUp.organization().toString(),
                setUp.cloud(),
                setUp.deviceName(),
                setUp.location(),
                setUp.adopted().map(Object::toString).orElse(""),
                setUp.usesCertificate(),
                setUp.allowsRotation());
    }

    /** The same with the usual values where nothing was typed. */
    SetUpDraft completed() {
        return new SetUpDraft(
                name.strip(),
                directoryId.strip(),
                organization.strip(),
                cloud.strip(),
                deviceName.isBlank() ? name.strip() + TECHNOLOGY : deviceName.strip(),
                location.isBlank() ? USUAL_LOCATION : location.strip(),
                adoptedId.strip(),
                usesCertificate,
                allowsRotation);
    }
}
