package dev.gatehouse.workbench.web.api.dialect;

import java.util.Optional;

/**
 * Which part of a collection is wanted.
 *
 * @param offset how many resources to skip
 * @param limit how many to give; 0 to learn the total only
 */
public record Page(int offset, int limit) {

    static final int USUAL_LIMIT = 50;

    /** A larger limit is lowered to this; clients follow {@code links.next} anyway. */
    static final int LARGEST_LIMIT = 200;

    public Page {
        limit = Math.min(limit, LARGEST_LIMIT);
    }

    /** The first one, when a client does not say which. */
    public static Page usual() {
        return new Page(0, USUAL_LIMIT);
    }

    Optional<Page> first() {
        return limit == 0 ? Optional.empty() : Optional.of(new Page(0, limit));
    }

    Optional<Page> previous() {
        return limit == 0 || offset == 0 ? Optional.empty() : Optional.of(new Page(Math.max(0, offset - limit), limit));
    }

    Optional<Page> next(long total) {
        var next = (long) offset + limit;
        return limit == 0 || next >= total ? Optional.empty() : Optional.of(new Page((int) next, limit));
    }

    Optional<Page> last(long total) {
        if (limit == 0 || total == 0) {
            return Optional.empty();
        }
        return Optional.of(new Page((int) Math.min(Integer.MAX_VALUE, (total - 1) / limit * limit), limit));
    }
}
