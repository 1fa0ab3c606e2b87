/**
 * A useful part of the Kusto query language, enough for advanced hunting over the Identity tables. Used by the simulator
 * only. Comes in: a query's
 * text and tables. Goes out: rows, or a {@link dev.gatehouse.kql.KqlException} in Microsoft's words; nothing
 * else, whatever the text. The way of a query: {@code Lexer} and {@code Parser} make statements of it, {@code Planner} and
 * {@code Binder} find what its names mean and lay operators upon tables, and then rows are fed through, one by one. Read
 * {@link dev.gatehouse.kql.Kql} first.
 */
@NullMarked
package dev.gatehouse.kql;

import org.jspecify.annotations.NullMarked;
