/**
 * What happens in the pretend tenants: who works there, what attackers do, which alerts and rows come of it. Comes in: a
 * {@linkplain dev.gatehouse.simulator.world.TenantPlan plan} with a seed, and the time. Goes out: records as Microsoft
 * would show them at that time. Goes wrong: nothing on purpose, faults are the business of other rooms; a script that
 * asks for what its organization does not have fails loudly.
 *
 * <p>An {@code Organization} is the company. A {@code Story} is a script that a {@code Scene} turns into moments; a
 * {@code Timeline} puts the moments of all series in order; the {@code Portal} is what readers see.
 *
 * <p>Read {@link dev.gatehouse.simulator.world.Defender} first, then {@code DirectoryTheft}, the classic among the
 * scripts.
 *
 * <p>Not imitated: which detector raises on which traces (the scripts say so), alerts older than thirty days, the ids
 * that Microsoft gives to classic detections in {@code detectorId} (not documented; here they are the external ids), and
 * the names of hunting action types beyond those that have been published.
 */
@NullMarked
package dev.gatehouse.simulator.world;

import org.jspecify.annotations.NullMarked;
