package dev.gatehouse.workbench.web.frame;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of a list.
 *
 * @param key its name in cookies and templates, e.g. {@code severity}
 * @param title what stands over it
 * @param isFixed whether it cannot be taken away, because the list makes no sense without it
 * @param isNumber whether it stands to the right
 * @param address the list sorted by it, or sorted the other way when it is sorted by it now; empty when it cannot be
 * @param direction {@code ascending} or {@code descending} when the list is sorted by it now, as ARIA calls it
 */
public record Column(
        String key,
        String title,
        boolean isFixed,
        boolean isNumber,
        Optional<Address> address,
        @Nullable String direction) {

    /** One that can be taken away and not sorted by. */
    public static Column of(String key, String title) {
        return new Column(key, title, false, false, Optional.empty(), null);
    }

    /** The same, which always stays. */
    public Column fixed() {
        return new Column(key, title, true, isNumber, address, direction);
    }

    /** The same, with its cells to the right. */
    public Column number() {
        return new Column(key, title, isFixed, true, address, direction);
    }

    /**
     * The same, for a list that can be sorted by it both ways. The first click sorts it the way that is wanted more often, the
     * next one turns it.
     *
     * @param list the address of the list, with {@code sort} as it is now
     * @param now the value of {@code sort} that the list is in
     * @param first the value for the first click
     * @param isFirstDescending whether that puts the greatest on top
     * @param turned the value for the other way
     */
    public Column sorting(Address list, String now, String first, boolean isFirstDescending, String turned) {
        var isFirst = now.equals(first);
        var isTurned = now.equals(turned);
        var isDescending = isFirst == isFirstDescending;
        return new Column(
                key,
                title,
                isFixed,
                isNumber,
                Optional.of(list.with("sort", isFirst ? turned : first)),
                isFirst || isTurned ? (isDescending ? "descending" : "ascending") : null);
    }
}
