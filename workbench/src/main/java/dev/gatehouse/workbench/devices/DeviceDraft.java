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
 */
public record DeviceDraft(
        String name, String location, String directoryId, String applicationId, String clientSecret, String cloud) {

    @Override
    public String toString() {
        return "DeviceDraft[name=%s, location=%s, directoryId=%s, applicationId=%s, cloud=%s]"
                .formatted(name, location, directoryId, applicationId, cloud);
    }
}
