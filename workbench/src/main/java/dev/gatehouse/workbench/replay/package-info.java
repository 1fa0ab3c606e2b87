/**
 * Reads ranges of the past again, and the history of new devices. Comes in: what people ask for at the
 * {@link dev.gatehouse.workbench.replay.ReplayService}, and feeds whose past was never read. Goes out: stored pages, by the
 * same conductor as those of polling, but without moving a checkpoint. Goes wrong: Microsoft's refusals, which become the
 * replay's state while it keeps trying; a refusal that cannot pass ends it. Read
 * {@link dev.gatehouse.workbench.replay.ReplayLoop} first.
 */
@NullMarked
package dev.gatehouse.workbench.replay;

import org.jspecify.annotations.NullMarked;
