/**
 * The screen for hunting. Comes in: a Kusto query for one customer's tenant. Goes out: its rows as a table, and the
 * queries of the past. Goes wrong: a query that Microsoft refuses, whose cause and cure stand where the rows would.
 * Read {@link dev.gatehouse.workbench.web.pages.hunting.HuntingPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.hunting;

import org.jspecify.annotations.NullMarked;
