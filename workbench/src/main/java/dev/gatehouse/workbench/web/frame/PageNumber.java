package dev.gatehouse.workbench.web.frame;

/** Reads page numbers out of addresses. */
public final class PageNumber {

    /** Nobody turns to it by hand; it keeps offsets far from overflowing. */
    private static final int LAST = 100_000;

    private PageNumber() {}

    /** The number, or one when the text is none that makes sense. */
    public static int of(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 1, LAST);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
