/**
 * What happens in the pretend tenants: who works there, what attackers do, which alerts and rows come of it. Comes in: a
 * seed and the time. Goes out: records as Microsoft would show them at that time. Read
 * {@link dev.gatehouse.simulator.world.Defender} first.
 */
@NullMarked
package dev.gatehouse.simulator.world;

import org.jspecify.annotations.NullMarked;
