package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.detections.Rules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AlertsConfiguration {

    @Bean
    static Detector detector(Rules rules) {
        return rules::decide;
    }
}
