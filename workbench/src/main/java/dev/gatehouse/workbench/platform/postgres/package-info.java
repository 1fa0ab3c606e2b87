/**
 * Brings up the database: a PostgreSQL server of our own as a child process, or the connection to one that the operator
 * names. PostgreSQL's licence, which is not in the archive of its programs, is put beside them. Comes in: settings and the
 * data directory. Goes out: a {@code DataSource}. Goes wrong: {@link dev.gatehouse.workbench.platform.settings.InvalidSetting} with
 * the cure. Read {@link dev.gatehouse.workbench.platform.postgres.EmbeddedPostgres} first.
 */
@NullMarked
package dev.gatehouse.workbench.platform.postgres;

import org.jspecify.annotations.NullMarked;
