package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.records.Delivery.Part;
import dev.gatehouse.workbench.records.Records;
import dev.gatehouse.workbench.records.UnreadableRecord;
import dev.gatehouse.workbench.records.UnreadableRecords;
import dev.gatehouse.workbench.records.UnreadableRecords.Filter;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Where people look at records that could not be understood and have them tried again, and where all of them are tried
 * again by themselves once there is a parser that reads more. Every record is a transaction of its own, so that several
 * processes may do this at once, and any may be killed in the middle.
 */
@Component
public class UnreadableService {

    private static final Logger log = LoggerFactory.getLogger(UnreadableService.class);

    private static final int BATCH = 100;
    private static final long BATCH_BYTES = 16 * 1024 * 1024;

    private final UnreadableRecords unreadable;
    private final Records records;
    private final Feeds feeds;
    private final Parser parser;
    private final Selection selection;
    private final SecurityDevices devices;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final ObjectProvider<Background> background;

    UnreadableService(
            UnreadableRecords unreadable,
            Records records,
            Feeds feeds,
            Parser parser,
            Selection selection,
            SecurityDevices devices,
            ApplicationEventPublisher events,
            InstantSource clock,
            ObjectProvider<Background> background) {
        this.unreadable = unreadable;
        this.records = records;
        this.feeds = feeds;
        this.parser = parser;
        this.selection = selection;
        this.devices = devices;
        this.events = events;
        this.clock = clock;
        // Not itself, since it is made of chores, and one of those needs this service.
        this.background = background;
    }

    /** Nobody knows an unreadable record by that id; it may have been read after all. */
    public static class NoSuchRecord extends RuntimeException {

        NoSuchRecord(UUID id) {
            super("There is no unreadable record with the id %s. It may have been read after all.".formatted(id));
        }
    }

    /** What came of trying a record again. */
    public sealed interface Outcome {

        /**
         * It can be read and has moved to the others.
         *
         * @param record what it turned out to be
         */
        record Read(Collected record) implements Outcome {}

        /**
         * It can be read, and is an alert of another product, which is counted and not kept.
         *
         * @param alert what it turned out to be
         */
        record LeftOut(VendorAlert alert) implements Outcome {}

        /**
         * It still cannot be read.
         *
         * @param record the record, with the cause as it is now
         */
        record StillUnreadable(UnreadableRecord record) implements Outcome {}
    }

    /** Records, the one that came last first. */
    public Slice<UnreadableRecord> list(Scope scope, Filter filter, int offset, int limit) {
        return unreadable.list(scope, filter, offset, limit);
    }

    /**
     * One record.
     *
     * @throws NoSuchRecord when there is none with that id
     */
    public UnreadableRecord require(Scope scope, UUID id) {
        return unreadable.find(scope, id).orElseThrow(() -> new NoSuchRecord(id));
    }

    /**
     * A record's text, as it was received.
     *
     * @throws NoSuchRecord when there is none with that id
     */
    public Original original(Scope scope, UUID id) {
        return unreadable.original(scope, id).orElseThrow(() -> new NoSuchRecord(id));
    }

    /**
     * Tries a record again at once.
     *
     * @throws NoSuchRecord when there is none with that id
     */
    public Outcome retry(Scope scope, UUID id) {
        var record = require(scope, id);
        var outcome = attempt(record);
        if (!(outcome instanceof Outcome.StillUnreadable)) {
            events.publishEvent(new ReadAfterAll(Set.of(record.feed())));
        }
        return outcome;
    }

    /**
     * Has records tried again, beginning now, and does not wait for it.
     *
     * @return how many those are
     */
    public int retryAll(Scope scope, Filter filter) {
        var count = unreadable.tryAgain(scope, filter);
        if (count > 0) {
            background.getObject().once("Trying unreadable records again", this::retryDue);
        }
        return count;
    }

    /** Tries what this version of the parser has not tried yet: at the start, and for what others left behind. */
    void retryDue() {
        var read = EnumSet.noneOf(Feed.class);
        var count = 0;
        try {
            for (var due = due(); !due.isEmpty() && !Thread.currentThread().isInterrupted(); due = due()) {
                for (var id : due) {
                    var feed = readAfterAll(id);
                    feed.ifPresent(read::add);
                    count += feed.isPresent() ? 1 : 0;
                }
            }
        } finally {
            if (count > 0) {
                log.info("{} records that could not be read when they came can be read now", count);
                events.publishEvent(new ReadAfterAll(read));
            }
        }
    }

    private List<UUID> due() {
        return unreadable.due(Parser.VERSION, BATCH, BATCH_BYTES);
    }

    /** Tries a record that is due; gives its feed when it can be read. */
    private Optional<Feed> readAfterAll(UUID id) {
        try {
            var record = require(Scope.everything(), id);
            return attempt(record) instanceof Outcome.StillUnreadable ? Optional.empty() : Optional.of(record.feed());
        } catch (NoSuchRecord e) {
            // Another process, or a person, was there before.
            return Optional.empty();
        }
    }

    private Outcome attempt(UnreadableRecord record) {
        var original = original(Scope.everything(), record.id());
        unreadable.begin(record.id());
        return switch (parser.parse(record.tenant(), record.feed(), original)) {
            case Parsed.Understood(var understood) -> keep(record, original, understood);
            case Parsed.Unreadable(var _, var reason) -> stillUnreadable(record, original, reason);
        };
    }

    private Outcome keep(UnreadableRecord record, Original original, Collected understood) {
        try {
            if (understood instanceof VendorAlert alert && !isWanted(record.tenant(), alert)) {
                records.leaveOutAfterAll(record, alert, recount(record));
                return new Outcome.LeftOut(alert);
            }
            records.keepAfterAll(record, understood, recount(record));
            return new Outcome.Read(understood);
        } catch (DataIntegrityViolationException e) {
            log.warn(
                    "An unreadable record {} can be read, but the database refuses it: {}",
                    record.id(),
                    e.getMessage());
            return stillUnreadable(record, original, "It can be read, but the database refuses it");
        }
    }

    /** Of a tenant that nobody reads any more, what was kept is kept on. */
    private boolean isWanted(TenantId tenant, VendorAlert alert) {
        var kinds = devices.kindsOf(tenant);
        return selection.keeps(alert, kinds.isEmpty() ? Set.of(DeviceKind.USUAL) : kinds);
    }

    private List<Part> recount(UnreadableRecord record) {
        return List.of(taken ->
                feeds.recounted(PageTransaction.brought(record.tenant(), record.feed(), record.firstSeen(), taken)));
    }

    private Outcome stillUnreadable(UnreadableRecord record, Original original, String reason) {
        unreadable.stillUnreadable(record.id(), original, reason, Parser.VERSION, clock.instant());
        return new Outcome.StillUnreadable(require(Scope.everything(), record.id()));
    }
}
