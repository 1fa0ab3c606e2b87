/**
 * Keeps records in PostgreSQL and finds them again. Comes in: one page's records with what becomes of the checkpoint,
 * in one transaction. Goes out: rows for screens and the API. Goes wrong: Spring's {@code DataAccessException}, and then
 * nothing of the page was kept. Read {@link dev.gatehouse.workbench.records.Records} first.
 */
@NullMarked
package dev.gatehouse.workbench.records;

import org.jspecify.annotations.NullMarked;
