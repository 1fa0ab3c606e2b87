package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One page, understood and sorted, ready to be kept together with what others write with it.
 *
 * @param origin where it comes from
 * @param kept records to keep, all of the origin's tenant and feed
 * @param recognised records to keep that were not parsed: those that are not there yet are parsed then. No hunting rows
 * @param leftOut alerts of other products, to be counted only
 * @param unreadable what could not be understood
 * @param parts what follows from the page, in the order in which it is written: checkpoint, progress, quarantine, ledger
 */
public record Delivery(
        Origin origin,
        List<Collected> kept,
        List<Recognised> recognised,
        List<LeftOut> leftOut,
        List<Unreadable> unreadable,
        List<Part> parts) {

    public Delivery {
        if (origin.feed().isHuntingTable() && !recognised.isEmpty()) {
            throw new IllegalArgumentException("Rows of %s have to be parsed".formatted(origin.feed()));
        }
        kept = List.copyOf(kept);
        recognised = List.copyOf(recognised);
        leftOut = List.copyOf(leftOut);
        unreadable = List.copyOf(unreadable);
        parts = List.copyOf(parts);
    }

    /** One whose records were all parsed. */
    public Delivery(
            Origin origin, List<Collected> kept, List<LeftOut> leftOut, List<Unreadable> unreadable, List<Part> parts) {
        this(origin, kept, List.of(), leftOut, unreadable, parts);
    }

    /** Something that is written in the transaction that keeps a page, by whoever owns the table. */
    @FunctionalInterface
    public interface Part {

        /**
         * Writes it.
         *
         * @param taken what became of the page's records
         */
        void write(Taken taken);
    }

    /**
     * Where a page comes from.
     *
     * @param tenant of which directory
     * @param feed of which feed
     * @param at when it came, by our clock
     * @param requestId Microsoft's name for the request, when it gave one
     */
    public record Origin(TenantId tenant, Feed feed, Instant at, Optional<String> requestId) {}

    /**
     * A record whose bytes were parsed before.
     *
     * @param id Microsoft's id of it, as parsing it says
     * @param version what tells this version from others, as parsing it says
     * @param original the text as received
     */
    public record Recognised(String id, ContentHash version, Original original) {}

    /**
     * An alert of a product that no device of the tenant shows.
     *
     * @param id Microsoft's id of it
     * @param serviceSource the product, in Microsoft's word
     * @param created when Microsoft made it
     */
    public record LeftOut(String id, String serviceSource, Instant created) {

        public static LeftOut of(VendorAlert alert) {
            return new LeftOut(alert.id(), alert.serviceSource(), alert.created());
        }
    }

    /**
     * A record that could not be understood.
     *
     * @param original the text as received
     * @param reason why not
     * @param parserVersion of the parser that could not
     */
    public record Unreadable(Original original, String reason, int parserVersion) {}
}
