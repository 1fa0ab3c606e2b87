/**
 * Tells open pages that something has changed, so that they ask again. Comes in: facts, after their commit. Goes out:
 * names of topics, by server-sent events, each at most once a second; never data, so nothing can leak here. Goes wrong:
 * pages that vanish or read too slowly, which are dropped or skipped, and sessions that open too many streams. Read {@link
 * dev.gatehouse.workbench.web.live.Broadcast} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.live;

import org.jspecify.annotations.NullMarked;
