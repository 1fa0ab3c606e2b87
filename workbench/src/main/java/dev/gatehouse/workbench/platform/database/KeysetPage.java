package dev.gatehouse.workbench.platform.database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A part of a list, cut where its rows lie and not by counting, so that the thousandth part costs what the first one does and
 * nothing moves while people turn pages. {@link KeysetOrder} has its SQL.
 *
 * @param rows in the list's order
 * @param previous the place before the first row; empty when nothing comes before it
 * @param next the place after the last row; empty when nothing comes after it
 */
public record KeysetPage<T>(List<T> rows, Optional<Place> previous, Optional<Place> next) {

    public KeysetPage {
        rows = List.copyOf(rows);
    }

    /**
     * Makes a page of what a query found.
     *
     * @param found at most one row more than wanted, in the order of {@link KeysetOrder#orderBy}
     * @param limit how many are wanted
     * @param from where the query began; empty for the beginning of the list
     * @param placeOf the place after a row
     */
    public static <T> KeysetPage<T> of(List<T> found, int limit, Optional<Place> from, Function<T, Place> placeOf) {
        var backwards = from.filter(Place::backwards).isPresent();
        var isMore = found.size() > limit;
        var rows = new ArrayList<>(isMore ? found.subList(0, limit) : found);
        if (backwards) {
            Collections.reverse(rows);
        }
        var isBefore = !rows.isEmpty() && (backwards ? isMore : from.isPresent());
        var isAfter = !rows.isEmpty() && (backwards || isMore);
        return new KeysetPage<>(
                rows,
                isBefore ? Optional.of(placeOf.apply(rows.getFirst()).before()) : Optional.empty(),
                isAfter ? Optional.of(placeOf.apply(rows.getLast())) : Optional.empty());
    }

    /**
     * A place in a list.
     *
     * @param rank of the severity there, one digit
     * @param time that the list is sorted by there
     * @param id of the row there
     * @param backwards whether what comes before it is wanted
     */
    public record Place(int rank, Instant time, UUID id, boolean backwards) {

        private static final Pattern TEXT = Pattern.compile("(before|after)_(\\d)_(-?\\d{1,17})_([0-9a-f-]{36})");

        private Place before() {
            return new Place(rank, time, id, true);
        }

        /** What {@link KeysetOrder#beyond} needs; a statement may have parameters that it does not mention. */
        public Map<String, Object> parameters() {
            return Map.of("placeRank", rank, "placeTime", Columns.timestamp(time), "placeId", id);
        }

        /** As it stands in an address. */
        public String text() {
            var micros = Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
            return "%s_%d_%d_%s".formatted(backwards ? "before" : "after", rank, micros, id);
        }

        /** The place that an address names; empty when it names none. */
        public static Optional<Place> of(String text) {
            var found = TEXT.matcher(text);
            if (!found.matches()) {
                return Optional.empty();
            }
            try {
                var micros = Long.parseLong(found.group(3));
                return Optional.of(new Place(
                        Integer.parseInt(found.group(2)),
                        Instant.ofEpochSecond(
                                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L),
                        UUID.fromString(found.group(4)),
                        found.group(1).equals("before")));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
