package dev.gatehouse.workbench.records;

/**
 * One thing that differs between two versions of a record.
 *
 * @param path where, e.g. {@code status} or {@code evidence › userEvidence CONTOSO\jdoe › verdict}
 * @param kind how
 * @param before what was there; empty when something was added
 * @param after what is there now; empty when something was removed
 */
public record Difference(String path, Kind kind, String before, String after) {

    /** The ways in which two versions can differ. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    static Difference added(String path, String after) {
        return new Difference(path, Kind.ADDED, "", after);
    }

    static Difference removed(String path, String before) {
        return new Difference(path, Kind.REMOVED, before, "");
    }

    static Difference changed(String path, String before, String after) {
        return new Difference(path, Kind.CHANGED, before, after);
    }
}
