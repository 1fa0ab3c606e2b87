package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import java.util.Set;

/**
 * Records that could not be understood when they came have moved to those that can; published after it was committed, once
 * for all that were tried together. They are no news: they keep the time at which they came.
 *
 * @param feeds the feeds that they came by
 */
public record ReadAfterAll(Set<Feed> feeds) {

    public ReadAfterAll {
        feeds = Set.copyOf(feeds);
    }
}
