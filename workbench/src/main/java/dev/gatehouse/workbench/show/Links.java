package dev.gatehouse.workbench.show;

import dev.gatehouse.model.AddressedId;
import dev.gatehouse.model.TenantId;
import org.springframework.stereotype.Component;

/** Addresses of the pages of single records, whatever their ids are made of. */
@Component
public class Links {

    public String alert(TenantId tenant, String id) {
        return "%s/%s/%s".formatted(AlertQuery.PATH, tenant, AddressedId.of(id));
    }

    public String incident(TenantId tenant, String id) {
        return "%s/%s/%s".formatted(IncidentPages.LIST, tenant, AddressedId.of(id));
    }
}
