/** Tests of the command line against a Workbench written by hand, see {@link dev.gatehouse.cli.FakeWorkbench}. */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
