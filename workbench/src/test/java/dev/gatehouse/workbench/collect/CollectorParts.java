package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.LeaseParts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** What a {@link Collector} needs, besides a poller. */
public final class CollectorParts {

    private CollectorParts() {}

    /** A collector that remembers no more than so many of the records that it has read. */
    static WorkbenchParts remembering(WorkbenchParts parts, int records) {
        return into(parts)
                .with(
                        RecordReader.class,
                        () -> new RecordReader(
                                parts.get(Parser.class),
                                parts.get(Selection.class),
                                parts.get(Settings.class),
                                parts.get(Meters.class),
                                records));
    }

    /** Adds a collector to parts that have a poller. */
    public static WorkbenchParts into(WorkbenchParts parts) {
        // The clock stands still, so that a minute's requests are all that a test could ever make.
        return alone(parts)
                .with("budget.requests-per-minute", "10000")
                .with("budget.hunting-queries-per-minute", "10000")
                .with(Parser.class, Parser::new)
                .with(Selection.class, Selection::ofDefenderForIdentity)
                .with(MeterRegistry.class, SimpleMeterRegistry::new)
                .with(Pauses.class, Budgets.class, Meters.class, PagesFirst.class, RecordReader.class, Collector.class)
                // Whatever stands for Microsoft is asked as Microsoft is.
                .with(BeanPostProcessor.class, () -> new BeanPostProcessor() {
                    @Override
                    public Object postProcessAfterInitialization(Object bean, String name) {
                        return bean instanceof Poller poller
                                ? new HeedingPoller(poller, parts.get(Pauses.class), parts.clock())
                                : bean;
                    }
                });
    }

    /** Each poll by itself: a clock that stands still makes any number of polls look like many a second. */
    static WorkbenchParts alone(WorkbenchParts parts) {
        return parts.with(
                        QuietPages.class,
                        () -> new QuietPages(
                                parts.get(Feeds.class),
                                parts.get(Ledger.class),
                                parts.get(Fence.class),
                                parts.get(Storage.class),
                                parts.clock(),
                                Runnable::run,
                                Integer.MAX_VALUE))
                .with(
                        PollStarts.class,
                        () -> new PollStarts(
                                parts.get(SecurityDevices.class),
                                parts.get(Feeds.class),
                                parts.clock(),
                                Runnable::run,
                                Integer.MAX_VALUE));
    }

    /** What a loop of a feed works with. */
    static FeedLoop.Surroundings surroundings(WorkbenchParts parts) {
        return new FeedLoop.Surroundings(
                parts.get(Collector.class),
                parts.get(PollStarts.class),
                parts.get(Feeds.class),
                parts.get(Quarantine.class),
                parts.get(Meters.class),
                parts.get(Settings.class).poll(),
                parts.clock(),
                new Steady(),
                parts.clock(),
                parts.get(Budgets.class));
    }

    /** Adds the loops that poll every device. */
    public static WorkbenchParts polling(WorkbenchParts parts) {
        return LeaseParts.into(parts.with(Collectors.class));
    }
}
