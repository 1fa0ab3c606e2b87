package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.model.DeviceField;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a running simulator says about itself in its {@code simulator.json}.
 *
 * @param authority where its tenants sign in. Without TLS, as {@code graph} is: people open pages of it, and no browser trusts
 *     the simulator's certificate
 * @param graph where they are read
 * @param tenants its tenants, each ready to be connected
 * @param emptyTenants those in which nothing is prepared yet
 */
record SimulatorDetails(URI authority, URI graph, List<SimulatedTenant> tenants, List<SimulatedTenant> emptyTenants) {

    /** The name under which the demo's Workbench knows this cloud. */
    private static final String CLOUD = "simulator";

    SimulatorDetails {
        tenants = List.copyOf(tenants);
        emptyTenants = List.copyOf(emptyTenants);
    }

    /** Reads the file; empty until the simulator has written it. */
    static Optional<SimulatorDetails> read(Path file) {
        return DataDirectory.textOf(file).flatMap(SimulatorDetails::parse);
    }

    private static Optional<SimulatorDetails> parse(String text) {
        try {
            var json = WorkbenchClient.JSON.readTree(text);
            return Optional.of(new SimulatorDetails(
                    URI.create(Resource.text(json, "plainAuthority")),
                    URI.create(Resource.text(json, "plainGraph")),
                    tenants(json.path("tenants")),
                    tenants(json.path("emptyTenants"))));
        } catch (JacksonException e) {
            // Read while it was being written.
            return Optional.empty();
        }
    }

    private static List<SimulatedTenant> tenants(JsonNode list) {
        return list.valueStream()
                .map(tenant -> new SimulatedTenant(
                        Resource.text(tenant, "name"), Resource.text(tenant, "domain"), connection(tenant)))
                .toList();
    }

    private static DeviceRequest connection(JsonNode tenant) {
        return DeviceRequest.empty()
                .with(DeviceField.DIRECTORY_ID, Resource.text(tenant, "tenantId"))
                .withKnown(DeviceField.APPLICATION_ID, Resource.text(tenant, "applicationId"))
                .withKnown(DeviceField.CLIENT_SECRET, Resource.text(tenant, "clientSecret"))
                .withKnown(DeviceField.CLIENT_SECRET_EXPIRES, Resource.text(tenant, "secretExpires"))
                .withKnown(DeviceField.CLIENT_SECRET_ID, Resource.text(tenant, "secretId"));
    }

    /** The tenant of a company. */
    SimulatedTenant tenant(String company) {
        return tenants.stream()
                .filter(tenant -> tenant.name().equals(company))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The simulator has no tenant " + company));
    }

    /** The settings that make the cloud known to a Workbench, as the one that is meant when nobody says which, with people at work. */
    List<String> settings() {
        return List.of(
                "--gatehouse.clouds.%s.authority=%s".formatted(CLOUD, authority),
                "--gatehouse.clouds.%s.graph=%s".formatted(CLOUD, graph),
                "--gatehouse.usual-cloud=" + CLOUD,
                "--gatehouse.demo=true");
    }
}
