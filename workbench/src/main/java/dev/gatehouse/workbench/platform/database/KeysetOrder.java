package dev.gatehouse.workbench.platform.database;

/**
 * The order of a list that is read from a key on, as SQL.
 *
 * @param rank the column that is sorted by first; empty for none
 * @param time the column that is sorted by then
 * @param id the column of the key, at the end, so that no row stands on two pages
 * @param descending whether the greatest come first
 */
public record KeysetOrder(String rank, String time, String id, boolean descending) {

    /** The whole clause; turned round for what comes before a place. */
    public String orderBy(boolean backwards) {
        var direction = descending != backwards ? " desc" : "";
        return " order by " + (rank.isEmpty() ? "" : rank + direction + ", ") + time + direction + ", " + id
                + direction;
    }

    /** The condition for what comes after a place, or before it; its parameters are {@link KeysetPage.Place#parameters}. */
    public String beyond(boolean backwards) {
        var than = descending != backwards ? "<" : ">";
        return rank.isEmpty()
                ? "(%s, %s) %s (:placeTime, :placeId)".formatted(time, id, than)
                : "(%s, %s, %s) %s (:placeRank, :placeTime, :placeId)".formatted(rank, time, id, than);
    }
}
