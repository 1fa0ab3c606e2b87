/**
 * Brings customers on board: the setup guide as a living page. Comes in: what somebody typed about a customer, and an
 * administrator's sign-in at Microsoft. Goes out: plans, progress, which points of the guide are confirmed and why the
 * others are not, and security devices with their secrets. The only place of the Workbench that knows the room
 * {@code setup}. What can go wrong is told by how a run ends. Read {@link dev.gatehouse.workbench.onboard.SetUps} first,
 * then {@link dev.gatehouse.workbench.onboard.Run}.
 */
@NullMarked
package dev.gatehouse.workbench.onboard;

import org.jspecify.annotations.NullMarked;
