package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.TenantId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What processes tell each other of devices. */
@Configuration(proxyBeanMethods = false)
class SharedDeviceFacts {

    @Bean
    static SharedFact<DeviceChanged> deviceChanged() {
        return new SharedFact<>(DeviceChanged.FACT, DeviceChanged.class, DeviceChanged::new);
    }

    @Bean
    static SharedFact<PollRequested> pollRequested() {
        return new SharedFact<>("poll-requested", PollRequested.class, id -> new PollRequested(new TenantId(id)));
    }
}
