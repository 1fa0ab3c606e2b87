/**
 * What Gatehouse did in each tenant. The journal is written before and after each order, so that an interrupted
 * run is finished by the next one and a removal takes away exactly what was made. Can go wrong: a file that
 * cannot be read or written ends the run. Read {@link dev.gatehouse.setup.journal.Journal} first.
 */
@NullMarked
package dev.gatehouse.setup.journal;

import org.jspecify.annotations.NullMarked;
