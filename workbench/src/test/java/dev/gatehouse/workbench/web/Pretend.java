package dev.gatehouse.workbench.web;

import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.SettableClock;
import dev.gatehouse.workbench.devices.ConnectionTester;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Stands in for the world outside: a clock that is set by hand, and a Microsoft that nobody reaches. */
@TestConfiguration(proxyBeanMethods = false)
public class Pretend {

    /** A secret that this Microsoft accepts; it refuses all others. */
    public static final String RIGHT_SECRET = "abc8Q~right-secret-value";

    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @Bean
    @Primary
    SettableClock settableClock() {
        return new SettableClock(START);
    }

    /** Never answers, so that nothing happens to a device but what a test does to it. */
    @Bean
    @Primary
    Poller silentPoller() {
        return (connection, feed, reading, room) -> {
            Thread.sleep(Duration.ofDays(1));
            throw new InterruptedException("Nobody waits that long");
        };
    }

    @Bean
    @Primary
    ConnectionTester pretendTester() {
        return connection -> connection.credential().equals(new ClientSecret(RIGHT_SECRET))
                ? List.of(Check.passed("Sign in"), Check.passed("Permission SecurityAlert.Read.All"))
                : List.of(
                        Check.failed(
                                "Sign in",
                                Diagnosis.of(
                                        Trouble.BAD_SECRET,
                                        "Microsoft does not accept the client secret.",
                                        "Paste the secret's Value.")),
                        Check.skipped("Permission SecurityAlert.Read.All"));
    }
}
