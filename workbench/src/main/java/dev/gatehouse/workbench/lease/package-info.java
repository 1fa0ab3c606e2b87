/**
 * Runs what has to be done for each device, again and again. Comes in: the devices, and {@link
 * dev.gatehouse.workbench.lease.DeviceWork}, which says what there is to do. Goes out: nothing; the loops store what they
 * do. Goes wrong: nothing gets out; a loop that fails tries again. Read {@link dev.gatehouse.workbench.lease.DeviceWork}
 * first.
 */
@NullMarked
package dev.gatehouse.workbench.lease;

import org.jspecify.annotations.NullMarked;
