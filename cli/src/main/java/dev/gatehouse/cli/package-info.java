/**
 * The command line. Comes in: what somebody typed. Goes out: requests to a running Workbench, or, for the demo,
 * child processes; text or JSON for the terminal and an exit code. Goes wrong: a {@link
 * dev.gatehouse.cli.exit.Failure} with the exit code and one line that says what to do. Each group of commands is
 * a package: {@code device}, {@code collection}, {@code records}, {@code tenant}, {@code demo}, {@code serve}.
 * They share {@code http}, the client of the Workbench's API, {@code list}, what all lists have in common, and
 * {@code terminal}. Only {@code tenant} uses code of another room, {@code setup}. Read {@link
 * dev.gatehouse.cli.Gatehouse} first, then {@code device.DeviceImport}.
 */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
