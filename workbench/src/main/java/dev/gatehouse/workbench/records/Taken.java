package dev.gatehouse.workbench.records;

/**
 * What became of a page's records.
 *
 * @param newRecords never seen before
 * @param newVersions of records seen before
 * @param same seen before just like this
 * @param unreadable kept for the first time without being understood
 * @param leftOut alerts of other products seen for the first time
 */
public record Taken(int newRecords, int newVersions, int same, int unreadable, int leftOut) {

    /** No record at all. */
    public static final Taken NOTHING = new Taken(0, 0, 0, 0, 0);

    /** Whether anything was stored that was not there before. */
    public boolean isNews() {
        return newRecords > 0 || newVersions > 0;
    }
}
