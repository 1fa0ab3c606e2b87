/**
 * People at work in a demonstration. Comes in: alerts of simulated customers. Goes out: alerts that were looked at, one closed
 * incident, one incident and one investigation under way. Never runs unless the setting {@code gatehouse.demo} says so. Read
 * {@code DemoDay} first.
 */
@NullMarked
package dev.gatehouse.workbench.demo;

import org.jspecify.annotations.NullMarked;
