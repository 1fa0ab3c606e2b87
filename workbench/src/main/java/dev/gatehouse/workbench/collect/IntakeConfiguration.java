package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.Intake;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.hunt.Hunter;
import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.detections.ExampleReader;
import dev.gatehouse.workbench.devices.ConnectionTester;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.records.AlertKinds;
import dev.gatehouse.workbench.records.Reread;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes intake, which knows no Spring, from our settings, and hands out its parts. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    /** What all answers of Microsoft together may take of the memory, and for monitoring how much of that they do. */
    @Bean
    PageMemory pageMemory(Settings settings, MeterRegistry registry) {
        var bytes = settings.http().pageMemory().toBytes();
        var memory = bytes == 0 ? PageMemory.ofHeap() : PageMemory.of(bytes);
        Gauge.builder("gatehouse.page.memory.used", memory, PageMemory::used)
                .description("What pages take that are being read, understood or stored")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("gatehouse.page.memory.limit", memory, PageMemory::budget)
                .description("What they share; one page may take as much again beside it")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("gatehouse.page.memory.waiting", memory, PageMemory::waiting)
                .description("Pages that wait for memory")
                .register(registry);
        FunctionCounter.builder("gatehouse.page.memory.refused", memory, PageMemory::refused)
                .description("Pages that were given up for want of memory, to ask for less")
                .register(registry);
        return memory;
    }

    @Bean
    Intake intake(Settings settings, PageMemory memory, InstantSource clock, Pauses pauses) {
        var http = settings.http();
        return new Intake(
                new HttpSettings(
                        http.connectTimeout(),
                        http.readTimeout(),
                        http.totalTimeout(),
                        Math.toIntExact(Math.min(http.maxPageBytes().toBytes(), Integer.MAX_VALUE)),
                        HttpSettings.defaults().connectionsPerHost()),
                memory,
                clock,
                new HeedingSignIns(pauses));
    }

    @Bean
    Poller poller(Intake intake, Settings settings, Pauses pauses, InstantSource clock) {
        // Whoever has waited for a place looks again whether Microsoft may be asked.
        return new FairPoller(
                new HeedingPoller(intake.poller(), pauses, clock),
                settings.http().requestsAtOnce());
    }

    @Bean
    Hunter hunter(Intake intake) {
        return intake.hunter();
    }

    @Bean
    Parser parser(Intake intake) {
        return intake.parser();
    }

    @Bean
    Selection selection(Intake intake) {
        return intake.selection();
    }

    @Bean
    AlertKinds alertKinds(Selection selection) {
        return selection::kindsOf;
    }

    @Bean
    ConnectionTester connectionTester(Intake intake, Pauses pauses, InstantSource clock) {
        var test = intake.connectionTest(new HeedingPoller(intake.poller(), pauses, clock));
        return connection -> {
            try {
                return test.run(connection);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The connection test was broken off because Gatehouse is stopping", e);
            }
        };
    }

    /** Examples of detection rules are no records: they belong to no tenant and are not kept. */
    @Bean
    ExampleReader exampleReader(Parser parser) {
        var nobody = new TenantId(new UUID(0, 0));
        return json -> switch (parser.parse(nobody, Feed.ALERTS, json)) {
            case Parsed.Understood(var record) when record instanceof VendorAlert alert -> alert;
            case Parsed.Understood _ -> throw new IllegalArgumentException("it is no vendor alert");
            case Parsed.Unreadable(var _, var reason) -> throw new IllegalArgumentException(reason);
        };
    }

    @Bean
    Reread reread(Parser parser) {
        return (tenant, feed, original) -> switch (parser.parse(tenant, feed, original)) {
            case Parsed.Understood(var record) -> record;
            case Parsed.Unreadable(var text, var reason) ->
                throw new IllegalStateException(
                        "A stored record of %s (%s) is not understood any more: %s".formatted(feed, text, reason));
        };
    }
}
