/**
 * Compares what Graph has with what is here, hour by hour, and heals what differs; also fetches incidents that others were
 * merged into. Comes in: the schedule, what people ask for at the
 * {@link dev.gatehouse.workbench.reconcile.ReconciliationService}, and the names of survivors that are not here. Goes out:
 * results in words and numbers, records that were missing, and replays of hours that lack hunting rows. Goes wrong:
 * Microsoft's refusals, which are noted with the hour while it stays due. Read
 * {@link dev.gatehouse.workbench.reconcile.ReconcileLoop} first.
 */
@NullMarked
package dev.gatehouse.workbench.reconcile;

import org.jspecify.annotations.NullMarked;
