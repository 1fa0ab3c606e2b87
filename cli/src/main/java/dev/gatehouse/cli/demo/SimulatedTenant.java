package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.model.DeviceField;

/**
 * A tenant of the simulated cloud.
 *
 * @param name the company's
 * @param domain of its people, e.g. {@code contoso.onmicrosoft.com}
 * @param connection what a device is connected with; without an application where there is none yet
 */
record SimulatedTenant(String name, String domain, DeviceRequest connection) {

    String directoryId() {
        return connection.text(DeviceField.DIRECTORY_ID);
    }

    String applicationId() {
        return connection.text(DeviceField.APPLICATION_ID);
    }

    String clientSecret() {
        return connection.text(DeviceField.CLIENT_SECRET);
    }

    /** Who may do everything there. */
    String administrator() {
        return "admin@" + domain;
    }
}
