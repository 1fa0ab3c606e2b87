package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.model.DeviceField;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What a running simulator says about itself in its {@code simulator.json}.
 *
 * @param authority where its tenants sign in
 * @param graph where they are read
 * @param caCertificate the file that makes its HTTPS trusted
 * @param tenants its tenants, each ready to be connected
 */
record SimulatorDetails(URI authority, URI graph, Path caCertificate, List<DeviceRequest> tenants) {

    /** The name under which the demo's Workbench knows this cloud. */
    static final String CLOUD = "simulator";

    private static final List<String> LOCATIONS = List.of("Dublin", "Oslo", "Lisbon", "Vienna", "Tallinn");

    SimulatorDetails {
        tenants = List.copyOf(tenants);
    }

    /** Reads the file; empty until the simulator has written it. */
    static Optional<SimulatorDetails> read(Path file) {
        return DataDirectory.textOf(file).flatMap(SimulatorDetails::parse);
    }

    private static Optional<SimulatorDetails> parse(String text) {
        try {
            var json = WorkbenchClient.JSON.readTree(text);
            var tenants = new ArrayList<DeviceRequest>();
            for (var tenant : json.path("tenants")) {
                tenants.add(DeviceRequest.empty()
                        .with(DeviceField.NAME, Resource.text(tenant, "name"))
                        .with(DeviceField.LOCATION, LOCATIONS.get(tenants.size() % LOCATIONS.size()))
                        .with(DeviceField.DIRECTORY_ID, Resource.text(tenant, "tenantId"))
                        .with(DeviceField.APPLICATION_ID, Resource.text(tenant, "applicationId"))
                        .withCredential(Resource.text(tenant, "clientSecret"))
                        .with(DeviceField.CLOUD, CLOUD)
                        .withKnown(DeviceField.CLIENT_SECRET_EXPIRES, Resource.text(tenant, "secretExpires"))
                        .withKnown(DeviceField.CLIENT_SECRET_ID, Resource.text(tenant, "secretId")));
            }
            return Optional.of(new SimulatorDetails(
                    URI.create(Resource.text(json, "authority")),
                    URI.create(Resource.text(json, "graph")),
                    Path.of(Resource.text(json, "caCertificate")),
                    tenants));
        } catch (JacksonException e) {
            // Read while it was being written.
            return Optional.empty();
        }
    }

    /** The settings that make the cloud known to a Workbench. */
    List<String> settings() {
        var prefix = "--gatehouse.clouds." + CLOUD;
        return List.of(
                "%s.authority=%s".formatted(prefix, authority),
                "%s.graph=%s".formatted(prefix, graph),
                "%s.ca-certificate=%s".formatted(prefix, caCertificate));
    }
}
