/**
 * Watches over what devices sign in with and replaces it in time. Comes in: when each credential ends, and a person who
 * presses a button. Goes out: a device with a new secret or certificate and not a single poll that failed; notices that grow more
 * pressing, a line in the log, figures for monitoring. Goes wrong: a replacement fails, which is written down with cause
 * and cure, shown as a notice and tried again daily, while the old one stays in use. Read
 * {@link dev.gatehouse.workbench.rotation.RotationLoop} first.
 */
@NullMarked
package dev.gatehouse.workbench.rotation;

import org.jspecify.annotations.NullMarked;
