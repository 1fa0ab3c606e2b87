package dev.gatehouse.workbench.web.pages.dashboards;

/** Lengths of time as people read them. */
final class Durations {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /** In the two units that matter most: {@code 45 s}, {@code 12 min}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    static String text(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return two(seconds, MINUTE, "min", 1, "s", seconds < 10 * MINUTE);
        }
        return seconds < DAY
                ? two(seconds, HOUR, "h", MINUTE, "min", true)
                : two(seconds, DAY, "d", HOUR, "h", seconds < 100 * DAY);
    }

    private static String two(
            long seconds, long great, String ofGreat, long small, String ofSmall, boolean isSmallToo) {
        var rest = seconds % great / small;
        var text = seconds / great + " " + ofGreat;
        return isSmallToo && rest > 0 ? text + " " + rest + " " + ofSmall : text;
    }
}
