/**
 * The programs of other rooms, run in this process or as children of it. Comes in: a program and its arguments.
 * Goes out: a process that ends with this one. Goes wrong: a program that is not built, ends by itself or finds
 * its port taken. Read {@link dev.gatehouse.cli.program.Programs} first.
 */
@NullMarked
package dev.gatehouse.cli.program;

import org.jspecify.annotations.NullMarked;
