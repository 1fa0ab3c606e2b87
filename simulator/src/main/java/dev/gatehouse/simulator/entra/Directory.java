package dev.gatehouse.simulator.entra;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** All tenants of the pretend cloud, in the order in which they joined it. */
public final class Directory {

    private final List<TenantDirectory> tenants = new CopyOnWriteArrayList<>();

    /** Lets a tenant join. */
    public void add(TenantDirectory tenant) {
        tenants.add(tenant);
    }

    public List<TenantDirectory> tenants() {
        return List.copyOf(tenants);
    }

    /** Finds a tenant by its id or one of its domains, as they stand in the path of a sign-in address. */
    public Optional<TenantDirectory> find(String idOrDomain) {
        return tenants.stream().filter(tenant -> tenant.isCalled(idOrDomain)).findFirst();
    }

    public Optional<TenantDirectory> find(UUID id) {
        return tenants.stream().filter(tenant -> tenant.id().equals(id)).findFirst();
    }
}
