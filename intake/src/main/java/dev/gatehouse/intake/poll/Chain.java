package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The pages of a window that more than one answer is needed for, while they are read link by link. A link may count, and
 * then a record that changes meanwhile pushes another one out of sight; it may lead back to where it came from; it may lead
 * on for ever. So one walk along the links proves nothing: the window is walked again from its start until two walks in a
 * row brought the same records, none of them twice. A record that was pushed out of sight in the first walk was so because
 * another one left, and that one is missing in the second.
 *
 * @param walk what the walk under way has brought so far
 * @param link where it goes on; empty when the window is asked for from its start
 * @param before what the last walk brought, when it brought no record twice
 * @param agreed how many walks in a row brought just that
 * @param walks how many walks have come to their end
 */
record Chain(
        Walk walk, Optional<NextLink> link, Optional<Map<String, Optional<Instant>>> before, int agreed, int walks) {

    /** Far more than an instant has pages, and few enough to notice soon that links never end. */
    static final int MOST_LINKS = 200;

    /** After so many walks that do not agree, the window is changing or Microsoft makes no sense. */
    static final int MOST_WALKS = 6;

    private static final int PROOF = 2;

    /** When Microsoft counts more records than it gives, it has to be wrong often to be taken as wrong. */
    private static final int PROOF_AGAINST_COUNT = 4;

    Chain {
        before = before.map(Map::copyOf);
    }

    /** Before the first page. */
    static Chain begun() {
        return new Chain(Walk.begun(), Optional.empty(), Optional.empty(), 0, 0);
    }

    /** What a page leads to. */
    sealed interface Turn {

        /** There is more to ask for. */
        record Further(Chain chain) implements Turn {}

        /** The walks agree: the window is complete. */
        record Proved() implements Turn {}

        /** It cannot be read in this way. */
        record Stuck(Impasse impasse) implements Turn {}
    }

    /** Adds a page to the walk. */
    Chain with(PollOutcome.Page page, Collection<Seen> inside) {
        return new Chain(walk.with(page, inside, link), link, before, agreed, walks);
    }

    /**
     * Where to go from the page that was added last.
     *
     * @param isFull whether that page had as many records as were asked for
     */
    Turn turn(PollOutcome.Page page, boolean isFull) {
        if (page.next().isEmpty()) {
            return atTheEnd(isFull);
        }
        var next = page.next().get();
        if (walk.links().contains(next)) {
            return new Turn.Stuck(Impasse.CIRCLE);
        }
        return walk.links().size() < MOST_LINKS
                ? new Turn.Further(new Chain(walk, Optional.of(next), before, agreed, walks))
                : new Turn.Stuck(Impasse.ENDLESS);
    }

    private Turn atTheEnd(boolean isFull) {
        var isUsable = !walk.hasRepeats();
        var isTheSame = isUsable && before.filter(walk.records()::equals).isPresent();
        var inARow = isTheSame ? agreed + 1 : isUsable ? 1 : 0;
        // A full page at the end of what is short of the count: more exist, and no link leads to them.
        var isProof = walk.isShortOfCount() ? !isFull && inARow >= PROOF_AGAINST_COUNT : inARow >= PROOF;
        if (isProof) {
            return new Turn.Proved();
        }
        if (walks + 1 >= MOST_WALKS) {
            return new Turn.Stuck(walk.isShortOfCount() ? Impasse.FEWER_THAN_COUNTED : Impasse.NO_AGREEMENT);
        }
        var brought = isUsable ? Optional.of(walk.records()) : Optional.<Map<String, Optional<Instant>>>empty();
        return new Turn.Further(new Chain(Walk.begun(), Optional.empty(), brought, inARow, walks + 1));
    }

    /**
     * One walk along the links.
     *
     * @param records the window's records that came, each with the time it came with
     * @param links the links that were followed
     * @param count how many records Microsoft says the window has, by the walk's first page
     * @param hasRepeats whether a record came twice, so that the list must have moved
     * @param isEmpty whether no page has come yet
     */
    record Walk(
            Map<String, Optional<Instant>> records,
            Set<NextLink> links,
            OptionalLong count,
            boolean hasRepeats,
            boolean isEmpty) {

        Walk {
            records = Map.copyOf(records);
            links = Set.copyOf(links);
        }

        static Walk begun() {
            return new Walk(Map.of(), Set.of(), OptionalLong.empty(), false, true);
        }

        Walk with(PollOutcome.Page page, Collection<Seen> inside, Optional<NextLink> cameBy) {
            var all = new HashMap<>(records);
            inside.forEach(seen -> all.put(seen.key(), seen.time()));
            var followed = new HashSet<>(links);
            cameBy.ifPresent(followed::add);
            return new Walk(
                    all,
                    followed,
                    isEmpty ? page.count() : count,
                    hasRepeats || all.size() < records.size() + inside.size(),
                    false);
        }

        boolean isShortOfCount() {
            return count.orElse(0) > records.size();
        }
    }

    /** The records of a page that belong to the window; Graph ignores filters at times. */
    static List<Seen> inside(Window window, Collection<Seen> page) {
        return page.stream()
                .filter(seen ->
                        seen.time().filter(time -> !window.contains(time)).isEmpty())
                .toList();
    }
}
