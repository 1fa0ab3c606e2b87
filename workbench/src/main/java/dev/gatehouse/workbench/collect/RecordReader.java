package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.http.PageMemory.NoRoom;
import dev.gatehouse.intake.http.PageMemory.Room;
import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.RecordCache;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.model.Original;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reads the records of a page, each from its text. Each poll reads the overlap again, and nearly all of that is as it was: a record
 * whose very bytes were read and stored before is recognised by their hash and not parsed again. What is remembered says nothing of
 * what is stored: whether a version is there, the database is asked as for any other record.
 */
@Component
class RecordReader {

    /** Of the heap, what is remembered may take a 32nd. */
    private static final int OF_THE_HEAP = 32;

    /** What one remembered record takes, as measured: ids are 30 to 70 characters long. */
    private static final int BYTES = 400;

    /**
     * A larger record is parsed each time. One that is recognised and turns out not to be stored is parsed in the transaction that
     * stores it, where what that takes for a moment counts for nothing in the memory of pages.
     */
    static final int LARGEST = 64 * 1024;

    private final Parser parser;
    private final Selection selection;
    private final Duration overlap;
    private final Meters meters;
    private final RecordCache<RecordSummary> cache;

    @Autowired
    RecordReader(Parser parser, Selection selection, Settings settings, Meters meters) {
        this(parser, selection, settings, meters, recordsOf(Runtime.getRuntime().maxMemory()));
    }

    /** One that remembers so many records. */
    RecordReader(Parser parser, Selection selection, Settings settings, Meters meters, int records) {
        this.parser = parser;
        this.selection = selection;
        this.overlap = settings.poll().overlap();
        this.meters = meters;
        this.cache = new RecordCache<>(records);
    }

    /** How many records are remembered with a heap of so many bytes. */
    static int recordsOf(long heap) {
        return (int) Math.min(heap / OF_THE_HEAP / BYTES, Integer.MAX_VALUE / 2);
    }

    /** What a reading has to do with what is remembered. */
    private enum Use {
        /** Nothing: its records will not be read again. */
        NONE,
        /** It looks for its records, and leaves none behind. */
        LOOKS,
        /** It leaves its records behind where none of others has to go for them. */
        LOOKS_AND_FILLS,
        /** It leaves behind those that the next poll reads again. */
        LOOKS_AND_REMEMBERS
    }

    /**
     * Reads a page, record by record. What that takes of the memory counts, for the moment and for what stays.
     *
     * @throws NoRoom when there is no room in the memory for what is in them
     * @throws InterruptedException when the calling thread was asked to stop
     */
    List<ReadRecord> read(Source source, Reading reading, List<Original> page, Room room)
            throws NoRoom, InterruptedException {
        var use = use(source, reading);
        var records = new ArrayList<ReadRecord>(page.size());
        var recognised = 0;
        for (var text : page) {
            var key = use == Use.NONE || text.length() > LARGEST
                    ? Optional.<RecordCache.Key>empty()
                    : Optional.of(RecordCache.Key.of(source.tenant(), source.feed(), text));
            var known = key.flatMap(cache::find);
            if (known.isPresent()) {
                // As much as if it had been parsed, because it may have to be.
                room.grow(known.get().weight());
                records.add(new ReadRecord.Recognised(text, known.get()));
                recognised++;
            } else {
                records.add(parse(source, text, key, room));
            }
        }
        meters.recognised(source.feed(), recognised);
        return records;
    }

    private ReadRecord parse(Source source, Original text, Optional<RecordCache.Key> key, Room room)
            throws NoRoom, InterruptedException {
        Parsed parsed;
        try (var _ = room.borrowToRead(text.length())) {
            parsed = parser.parse(source.tenant(), source.feed(), text);
        }
        return switch (parsed) {
            case Parsed.Understood(var record) -> {
                var summary = RecordSummary.of(record, selection);
                room.grow(summary.weight());
                yield new ReadRecord.Understood(record, summary, key);
            }
            case Parsed.Unreadable(var original, var reason) -> {
                room.grow(Weight.ofUnreadable(reason));
                yield new ReadRecord.Unreadable(original, reason);
            }
        };
    }

    /** Remembers what was parsed of a page, now that it is stored. */
    void stored(Source source, Reading reading, List<ReadRecord> page) {
        var use = use(source, reading);
        if (use == Use.NONE || use == Use.LOOKS) {
            return;
        }
        var horizon = horizon(source);
        for (var record : page) {
            if (record instanceof ReadRecord.Understood(var _, var summary, var key) && key.isPresent()) {
                if (use == Use.LOOKS_AND_FILLS) {
                    cache.putIfThereIsRoom(key.get(), summary);
                } else if (!summary.orderedBy().isBefore(horizon)) {
                    cache.put(key.get(), summary);
                }
            }
        }
    }

    /** Where the next poll begins, if this one comes to its end. */
    private Instant horizon(Source source) {
        return source.poll().window().to().minus(overlap);
    }

    /** Hunting rows are small, many, and read three times: what remembers one is as large as the row. */
    private Use use(Source source, Reading reading) {
        return source.feed().isHuntingTable() ? Use.NONE : use(source, reading, source.look());
    }

    private Use use(Source source, Reading reading, Look look) {
        return switch (look) {
            // While a feed catches up, hardly any page has what the next poll reads again.
            case Look.Onward _ -> reading.window().to().isAfter(horizon(source)) ? Use.LOOKS_AND_REMEMBERS : Use.NONE;
            case Look.Second _ -> Use.LOOKS_AND_FILLS;
            case Look.Aside _, Look.Owed _ -> Use.LOOKS;
            case Look.Again _ -> Use.NONE;
            case Look.Held(var held, var _) -> use(source, reading, held);
        };
    }
}
