/**
 * Measures a Workbench from outside: its pages on a database that {@code gatehouse generate} has filled, and its collecting from
 * a pretend Graph that costs little, in single rows, by size and for long. Comes in: a data directory or an address, or nothing.
 * Goes out: a table of times and sizes, and what has become slower since it was last written down. Goes wrong: a Workbench that
 * does not answer, or with something other than 200. Read {@link dev.gatehouse.benchmarks.Screens} and {@link dev.gatehouse.benchmarks.Collect} first.
 */
@NullMarked
package dev.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
