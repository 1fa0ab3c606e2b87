package dev.gatehouse.workbench.store;

/**
 * What became of a page's records.
 *
 * @param newRecords never seen before
 * @param newVersions of records seen before
 * @param same seen before just like this
 * @param unreadable kept for the first time without being understood
 * @param leftOut alerts of other products seen for the first time
 * @param recovered whether the feed was in trouble before this page
 */
public record Taken(int newRecords, int newVersions, int same, int unreadable, int leftOut, boolean recovered) {

    /** Whether anything was stored that was not there before. */
    public boolean isNews() {
        return newRecords > 0 || newVersions > 0;
    }
}
