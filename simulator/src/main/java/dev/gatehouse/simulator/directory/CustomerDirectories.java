package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.entra.TenantDirectory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The directories of all tenants, each made when it is first asked for. */
public final class CustomerDirectories {

    private final InstantSource clock;
    private final Map<UUID, CustomerDirectory> byTenant = new ConcurrentHashMap<>();

    /** Tenants that exist in the real world and that customers look up by their id. */
    private final Map<String, String> strangers = Map.of("1cde81fd-b430-4035-b24d-709921922876", "Expel");

    public CustomerDirectories(InstantSource clock) {
        this.clock = clock;
    }

    /** The directory of a tenant. */
    public CustomerDirectory of(TenantDirectory tenant) {
        return byTenant.computeIfAbsent(tenant.id(), _ -> new CustomerDirectory(tenant, clock));
    }

    Optional<String> nameOf(String tenantId) {
        return Optional.ofNullable(strangers.get(tenantId));
    }
}
