/**
 * The command line. Comes in: what somebody typed. Goes out: requests to a running Workbench, or, for the demo, child
 * processes; text or JSON for the terminal and an exit code. Goes wrong: a {@link dev.gatehouse.cli.Failure} with the
 * exit code and one line that says what to do. This room speaks HTTP and starts programs; only {@code tenant} below it
 * uses code of another room, {@code setup}. Read {@link dev.gatehouse.cli.Gatehouse} first, then {@link dev.gatehouse.cli.DeviceImport}.
 */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
