/**
 * Keeps what was collected and shows it to analysts. Comes in: settings. Goes out: a running server. Goes wrong: one
 * line that names the setting or the file, and exit code 2. Read {@link dev.gatehouse.workbench.Workbench} first.
 */
@NullMarked
package dev.gatehouse.workbench;

import org.jspecify.annotations.NullMarked;
