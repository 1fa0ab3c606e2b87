/**
 * What tests of this room stand on: {@link dev.gatehouse.workbench.WorkbenchDatabase} is a real PostgreSQL,
 * {@link dev.gatehouse.workbench.WorkbenchParts} the rooms without a web server, and
 * {@link dev.gatehouse.workbench.RunningWorkbench} the whole server.
 */
@NullMarked
package dev.gatehouse.workbench;

import org.jspecify.annotations.NullMarked;
