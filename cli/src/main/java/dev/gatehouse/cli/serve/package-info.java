/**
 * {@code gatehouse serve}: the Workbench in this very process. Read {@link dev.gatehouse.cli.serve.Serve} first.
 */
@NullMarked
package dev.gatehouse.cli.serve;

import org.jspecify.annotations.NullMarked;
