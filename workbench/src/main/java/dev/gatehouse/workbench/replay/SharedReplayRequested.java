package dev.gatehouse.workbench.replay;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.SharedFact;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets every process know of it. */
@Configuration(proxyBeanMethods = false)
class SharedReplayRequested {

    @Bean
    static SharedFact<ReplayRequested> replayRequested() {
        return new SharedFact<>("replay-requested", ReplayRequested.class, id -> new ReplayRequested(new TenantId(id)));
    }
}
