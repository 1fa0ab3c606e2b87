/**
 * Runbooks, which do the first ten minutes of an alert: the hunting queries of its rule, run by themselves. Comes in: alerts
 * as they are made. Goes out: investigative actions with a result, or why there is none. Goes wrong: what Microsoft refuses;
 * that is the result then. Read {@link dev.gatehouse.workbench.runbooks.RunbookLoop} first.
 */
@NullMarked
package dev.gatehouse.workbench.runbooks;

import org.jspecify.annotations.NullMarked;
