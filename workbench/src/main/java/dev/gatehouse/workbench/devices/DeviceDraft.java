package dev.gatehouse.workbench.devices;

/**
 * What somebody typed about a device, unchecked. It prints without the secret.
 *
 * @param name free text
 * @param location free text
 * @param directoryId the Directory (tenant) ID
 * @param applicationId the Application (client) ID
 * @param clientSecret the Value of a client secret; blank when editing means: keep the one we have
 * @param cloud a cloud's name; blank means the global one
 * @param clientSecretExpires the day, or the time, on which the client secret ends; blank when nobody knows
 * @param clientSecretId the Secret ID, when whoever made the secret says so; blank otherwise
 */
public record DeviceDraft(
        String name,
        String location,
        String directoryId,
        String applicationId,
        String clientSecret,
        String cloud,
        String clientSecretExpires,
        String clientSecretId) {

    /** With a secret of which nobody knows when it ends. */
    public DeviceDraft(
            String name, String location, String directoryId, String applicationId, String clientSecret, String cloud) {
        this(name, location, directoryId, applicationId, clientSecret, cloud, "", "");
    }

    /** The same with another secret. */
    DeviceDraft withSecret(String value) {
        return new DeviceDraft(
                name, location, directoryId, applicationId, value, cloud, clientSecretExpires, clientSecretId);
    }

    @Override
    public String toString() {
        return "DeviceDraft[name=%s, location=%s, directoryId=%s, applicationId=%s, cloud=%s]"
                .formatted(name, location, directoryId, applicationId, cloud);
    }
}
