/**
 * Watches over what devices sign in with. Comes in: when each credential ends. Goes out: notices that grow more pressing,
 * a line in the log, figures for monitoring. Read {@link dev.gatehouse.workbench.rotation.Notices} first.
 */
@NullMarked
package dev.gatehouse.workbench.rotation;

import org.jspecify.annotations.NullMarked;
