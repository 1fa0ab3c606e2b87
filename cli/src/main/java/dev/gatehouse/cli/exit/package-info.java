/**
 * How a command ends when it cannot do what it should: a {@link dev.gatehouse.cli.exit.Failure} with a sentence
 * for the person and an {@link dev.gatehouse.cli.exit.ExitCode} for the shell.
 */
@NullMarked
package dev.gatehouse.cli.exit;

import org.jspecify.annotations.NullMarked;
