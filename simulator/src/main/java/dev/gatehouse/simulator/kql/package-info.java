/**
 * A useful part of the Kusto query language, enough for advanced hunting over the Identity tables. Comes in: a query's
 * text and tables. Goes out: rows, or a message in Microsoft's words. Read {@link dev.gatehouse.simulator.kql.Table}
 * first.
 */
@NullMarked
package dev.gatehouse.simulator.kql;

import org.jspecify.annotations.NullMarked;
