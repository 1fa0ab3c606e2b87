/**
 * The client of the Workbench's API. Comes in: an address and a token, from options or from the data directory of
 * the Workbench on this machine. Goes out: JSON:API documents. Goes wrong: no answer, or an answer that is an
 * error, as a {@code Failure}. Read {@link dev.gatehouse.cli.http.WorkbenchClient} first.
 */
@NullMarked
package dev.gatehouse.cli.http;

import org.jspecify.annotations.NullMarked;
