/**
 * Runs people's own hunting queries in their customers' tenants, before everything else that asks Microsoft. Comes in: a
 * device and a query. Goes out: rows, and a note of who asked what. Goes wrong: the query, the connection or the tenant's
 * budget, each with cause and cure. Read {@link dev.gatehouse.workbench.hunt.HuntingService} first.
 */
@NullMarked
package dev.gatehouse.workbench.hunt;

import org.jspecify.annotations.NullMarked;
