/**
 * What everybody who keeps something in PostgreSQL needs: fenced transactions, connections, columns, portions, the health of
 * the storage. Comes in: statements. Goes out: rows. Goes wrong: {@code DataAccessException}, and
 * {@link dev.gatehouse.workbench.platform.database.LeaseLost} when somebody else has taken a device over. Read
 * {@link dev.gatehouse.workbench.platform.database.Fence} first.
 */
@NullMarked
package dev.gatehouse.workbench.platform.database;

import org.jspecify.annotations.NullMarked;
