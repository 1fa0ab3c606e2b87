/**
 * The conductor: the one place that knows the whole journey of a record. Comes in: devices and their feeds. Goes out:
 * stored pages, and the events {@link dev.gatehouse.workbench.collect.PageStored},
 * {@link dev.gatehouse.workbench.collect.FeedFailed} and {@link dev.gatehouse.workbench.collect.FeedRecovered}. Goes
 * wrong: nothing gets out; a failure becomes the feed's state, and the feed is tried again. Read
 * {@link dev.gatehouse.workbench.collect.Collector} first, then {@link dev.gatehouse.workbench.collect.FeedLoop}.
 */
@NullMarked
package dev.gatehouse.workbench.collect;

import org.jspecify.annotations.NullMarked;
