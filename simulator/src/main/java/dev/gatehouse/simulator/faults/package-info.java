/**
 * What goes wrong on purpose. Comes in: plans, each saying what ({@link dev.gatehouse.simulator.faults.Fault}), where
 * and how often. Goes out: answers that are worse than those that the endpoints gave. The same seed and the same requests
 * give the same trouble. Read {@link dev.gatehouse.simulator.faults.Faults} first.
 */
@NullMarked
package dev.gatehouse.simulator.faults;

import org.jspecify.annotations.NullMarked;
