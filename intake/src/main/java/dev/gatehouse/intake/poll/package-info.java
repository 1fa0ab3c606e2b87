/**
 * Asks Microsoft for one page at a time. Comes in: a connection, a feed and a reading. Goes out: the page's records as
 * text, or a diagnosis; never an exception for what can be expected of a network. Read
 * {@link dev.gatehouse.intake.poll.Poller} first, then {@link dev.gatehouse.intake.poll.Reading}.
 */
@NullMarked
package dev.gatehouse.intake.poll;

import org.jspecify.annotations.NullMarked;
