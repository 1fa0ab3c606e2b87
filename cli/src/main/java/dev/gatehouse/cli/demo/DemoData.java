package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.Customer.Site;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The organizations and devices of the demo. What is there from the last time stays as it is. */
final class DemoData {

    private static final String ORGANIZATIONS = "/api/v2/organizations";

    private final WorkbenchClient client;
    private final Devices devices;

    DemoData(WorkbenchClient client) {
        this.client = client;
        this.devices = new Devices(client);
    }

    /** Adds what is missing, and gives the number of devices among it. */
    int addMissing(SimulatorDetails simulated) {
        addOrganizations();
        var added = 0;
        for (var customer : Customer.ALL) {
            for (var site : customer.sites()) {
                added += add(customer, site, simulated.tenant(site.company()));
            }
        }
        var fabrikam = simulated.tenant(Customer.FABRIKAM.sites().getFirst().company());
        return added + addBeside(fabrikam);
    }

    /** Whether some device reads a tenant. */
    boolean isConnected(SimulatedTenant tenant) {
        return devices.all().stream().anyMatch(device -> isOf(device, tenant));
    }

    private void addOrganizations() {
        var present = client.list("organizations", Map.of(), Integer.MAX_VALUE);
        // A new Workbench has one organization without anything of its own. It becomes the first customer.
        var nameless = present.size() == 1 && devices.all().isEmpty()
                ? Optional.of(Resource.id(present.getFirst()))
                : Optional.<String>empty();
        for (var customer : Customer.ALL) {
            if (present.stream().noneMatch(organization -> isCalled(organization, customer))) {
                if (nameless.isPresent() && customer.equals(Customer.ALL.getFirst())) {
                    client.patch(ORGANIZATIONS + "/" + nameless.get(), document(customer))
                            .dataOrFail();
                } else {
                    client.post(ORGANIZATIONS, document(customer)).dataOrFail();
                }
            }
        }
    }

    private static boolean isCalled(JsonNode organization, Customer customer) {
        return Resource.attribute(organization, "short_name").equals(customer.shortName())
                || Resource.attribute(organization, "name").equals(customer.name());
    }

    private static JsonNode document(Customer customer) {
        return WorkbenchClient.JSON.valueToTree(Map.of(
                "data",
                Map.of(
                        "type",
                        "organizations",
                        "attributes",
                        Map.of(
                                "name", customer.name(),
                                "short_name", customer.shortName(),
                                "region", customer.region()))));
    }

    private int add(Customer customer, Site site, SimulatedTenant tenant) {
        if (find(tenant, DeviceKind.DEFENDER_FOR_IDENTITY).isPresent()) {
            return 0;
        }
        devices.create(tenant.connection()
                        .with(DeviceField.NAME, site.company())
                        .with(DeviceField.LOCATION, site.location())
                        .with(DeviceField.ORGANIZATION, customer.shortName()))
                .dataOrFail();
        return 1;
    }

    /** A Defender XDR device on the directory of another device, with the application of that one. */
    private int addBeside(SimulatedTenant tenant) {
        var other = find(tenant, DeviceKind.DEFENDER_FOR_IDENTITY);
        if (other.isEmpty() || find(tenant, DeviceKind.DEFENDER_XDR).isPresent()) {
            return 0;
        }
        devices.create(DeviceRequest.empty()
                        .with(DeviceField.NAME, Resource.attribute(other.get(), "name") + " XDR")
                        .with(DeviceField.LOCATION, Resource.attribute(other.get(), "location"))
                        .with(DeviceField.KIND, DeviceKind.DEFENDER_XDR.key())
                        .with(DeviceField.APPLICATION_OF, Resource.id(other.get())))
                .dataOrFail();
        return 1;
    }

    private Optional<JsonNode> find(SimulatedTenant tenant, DeviceKind kind) {
        return devices.all().stream()
                .filter(device -> isOf(device, tenant))
                .filter(device ->
                        Resource.attribute(device, DeviceField.KIND.key()).equals(kind.key()))
                .findFirst();
    }

    private static boolean isOf(JsonNode device, SimulatedTenant tenant) {
        return Resource.attribute(device, DeviceField.DIRECTORY_ID.key()).equalsIgnoreCase(tenant.directoryId());
    }
}
