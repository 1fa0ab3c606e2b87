package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One hour of a tenant's feed: what Graph has against what is here.
 *
 * @param device the one that the tenant is known by
 * @param deviceName what that is called
 * @param feed which one
 * @param hour its start
 * @param state how the two compare
 * @param count what was counted; all zero before the first check
 * @param checks how often the hour was compared
 * @param checkedAt when it was last, by our clock
 * @param isWanted whether somebody asked for another check, which is to come
 * @param requestedBy who last asked for one
 * @param replay what fetches, or fetched, missing hunting rows
 * @param problem why the last attempt failed; empty when it succeeded
 * @param requestId Microsoft's name for the last request, when it gave one
 */
public record Reconciliation(
        UUID device,
        String deviceName,
        Feed feed,
        Instant hour,
        State state,
        Count count,
        int checks,
        Optional<Instant> checkedAt,
        boolean isWanted,
        Optional<String> requestedBy,
        Optional<UUID> replay,
        Optional<Diagnosis> problem,
        Optional<String> requestId) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How Graph and we compare in an hour. */
    public enum State {
        /** It was not compared yet. */
        WAITING("Not yet"),
        /** Both have the same. */
        EQUAL("Equal"),
        /** Rows were missing here and are being fetched. */
        HEALING("Fetching"),
        /** Records were missing or old here, and were fetched. Both have the same now. */
        HEALED("Healed"),
        /** We hold records that Graph does not show any more, or could not fetch what is missing. */
        DIFFERS("Differs"),
        /** The comparison failed, and is tried again. */
        FAILED("Failed");

        private final String title;

        State(String title) {
            this.title = title;
        }

        /** The word in the database, in addresses and in the API. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The word on the screens. */
        public String title() {
            return title;
        }

        /** The state with that {@link #key()}, in any case. */
        public static Optional<State> of(String key) {
            for (var state : values()) {
                if (state.key().equals(key.strip().toLowerCase(Locale.ROOT))) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * What was counted.
     *
     * @param inGraph records that Graph had at the last check
     * @param here records that are here since the last check
     * @param missingHere those that were in Graph and not here, of all checks together
     * @param missingThere those that are here and were not in Graph, at the last check
     * @param changed those of which an older version was here, of all checks together
     * @param healed of those missing here or changed, how many were fetched
     * @param alike hunting rows that are alike in every column. Here each is stored once
     */
    public record Count(
            long inGraph, long here, long missingHere, long missingThere, long changed, long healed, long alike) {

        /** Before the first check. */
        public static final Count NOTHING = new Count(0, 0, 0, 0, 0, 0, 0);
    }

    public Window window() {
        return new Window(hour, hour.plus(Duration.ofHours(1)));
    }

    /** {@code 09:00–10:00}. */
    public String clock() {
        return CLOCK.format(hour) + "–" + CLOCK.format(window().to());
    }

    /** {@code Contoso, 09:00–10:00: 214 in Graph, 214 here}, and behind it what was not so at once. */
    public String sentence() {
        return "%s, %s: %s".formatted(deviceName, clock(), verdict());
    }

    /** The part of {@link #sentence()} behind the colon. */
    public String verdict() {
        return switch (state) {
            case WAITING -> "not compared yet";
            case FAILED ->
                "could not be compared. " + problem.map(Diagnosis::cause).orElse("");
            case EQUAL, HEALING, HEALED, DIFFERS ->
                String.format(Locale.ROOT, "%,d in Graph, %,d here", count.inGraph(), count.here()) + remarks();
        };
    }

    private String remarks() {
        var remarks = new StringBuilder();
        var missing = count.inGraph() - count.alike() + count.missingThere() - count.here();
        remark(remarks, missing, state == State.HEALING ? "being fetched" : "still missing here");
        remark(remarks, count.healed(), "fetched because of this check");
        remark(remarks, count.missingThere(), "not in Graph any more");
        remark(remarks, count.alike(), "the same as others and stored once");
        return remarks.toString();
    }

    private static void remark(StringBuilder remarks, long number, String what) {
        if (number > 0) {
            remarks.append(remarks.isEmpty() ? "; " : ", ").append(String.format(Locale.ROOT, "%,d %s", number, what));
        }
    }
}
