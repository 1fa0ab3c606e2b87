package dev.gatehouse.workbench.investigations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A part of a list of investigations, cut where its rows lie and not by counting.
 *
 * @param rows in the list's order
 * @param previous the place before the first row; empty when nothing comes before it
 * @param next the place after the last row; empty when nothing comes after it
 */
public record InvestigationPage(List<Investigation> rows, Optional<Place> previous, Optional<Place> next) {

    public InvestigationPage {
        rows = List.copyOf(rows);
    }

    /**
     * A place in a list.
     *
     * @param rank of the severity there
     * @param time of opening or change there, as the list is sorted
     * @param id of the investigation there
     * @param backwards whether what comes before it is wanted
     */
    public record Place(int rank, Instant time, UUID id, boolean backwards) {

        private static final Pattern TEXT = Pattern.compile("(before|after)_(\\d)_(-?\\d{1,17})_([0-9a-f-]{36})");

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
