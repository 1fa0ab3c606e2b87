/**
 * Measures a Workbench from outside, by HTTP, on a database that {@code gatehouse generate} has filled. Comes in: a data
 * directory or an address. Goes out: a table of times and sizes, and what has become slower since it was last written down. Goes
 * wrong: a Workbench that does not answer, or with something other than 200. Read {@link dev.gatehouse.benchmarks.Screens} first.
 */
@NullMarked
package dev.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
