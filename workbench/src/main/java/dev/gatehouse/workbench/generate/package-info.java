/**
 * Fills an empty database with made-up customers, so that pages can be tried and measured at the size of a large provider.
 * Comes in: how many of what, and a seed. Goes out: organizations, people, devices, vendor records, alerts and investigations,
 * written by the same classes that write real ones, at times that lie in the past. Goes wrong: a database that holds something
 * already. Read {@link dev.gatehouse.workbench.generate.Generator} first.
 */
@NullMarked
package dev.gatehouse.workbench.generate;

import org.jspecify.annotations.NullMarked;
