package dev.gatehouse.workbench.web.api.devices;

import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What can be looked up at an organization, and by which devices: hunting queries. Known clients ask for it as plain JSON. */
@RestController
class CapabilityApi {

    private final SecurityDevices devices;
    private final Organizations organizations;

    CapabilityApi(SecurityDevices devices, Organizations organizations) {
        this.devices = devices;
        this.organizations = organizations;
    }

    @GetMapping("/api/v2/capabilities/{id}")
    @Operation(
            value = "Gives what can be looked up at an organization, and by which devices",
            produces = "application/json")
    ResponseEntity<JsonNode> of(Scope scope, @PathVariable String id) {
        var organization = named(scope, id)
                .orElseThrow(() -> Refusal.notFound("There is no organization with the id %s.".formatted(id)));
        var answer = JsonNodeFactory.instance.objectNode();
        var able = answer.putObject("ATTACK_SURFACE").putObject("hunting_query").putArray("security_devices");
        devices.all(scope).stream()
                .filter(device -> device.enabled() && device.organization().id().equals(organization))
                .forEach(device -> able.add(device.id().toString()));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
    }

    private Optional<UUID> named(Scope scope, String id) {
        try {
            return organizations.find(scope, UUID.fromString(id)).map(organization -> organization.id());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
