/**
 * The terminal that a command runs in: its environment, its user, and tables that fit on it. Read {@link
 * dev.gatehouse.cli.terminal.CommandContext} first.
 */
@NullMarked
package dev.gatehouse.cli.terminal;

import org.jspecify.annotations.NullMarked;
