/**
 * A customer's directory as Microsoft Graph shows it: users, roles, policies, applications, consent. Comes in: typed
 * questions and orders. Goes out: records, or a {@link dev.gatehouse.setup.directory.Refusal}, which travels to the one
 * loop that handles it. What Microsoft's words mean for each kind of order is a table, {@code KnownAnswers}. Read
 * {@link dev.gatehouse.setup.directory.Directory} first.
 */
@NullMarked
package dev.gatehouse.setup.directory;

import org.jspecify.annotations.NullMarked;
