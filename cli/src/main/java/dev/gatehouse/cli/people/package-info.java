/**
 * The commands about people: accounts, tokens and organizations. Comes in: a person's command line. Goes out: requests to a
 * running Workbench, or to one that is started for the moment on a data directory on which none runs. Read {@link
 * dev.gatehouse.cli.people.WorkbenchAccess} first.
 */
@NullMarked
package dev.gatehouse.cli.people;

import org.jspecify.annotations.NullMarked;
