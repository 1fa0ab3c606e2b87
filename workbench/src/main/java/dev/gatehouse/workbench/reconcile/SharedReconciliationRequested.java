package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.SharedFact;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets every process know of it. */
@Configuration(proxyBeanMethods = false)
class SharedReconciliationRequested {

    @Bean
    static SharedFact<ReconciliationRequested> reconciliationRequested() {
        return new SharedFact<>(
                "reconciliation-requested",
                ReconciliationRequested.class,
                id -> new ReconciliationRequested(new TenantId(id)));
    }
}
