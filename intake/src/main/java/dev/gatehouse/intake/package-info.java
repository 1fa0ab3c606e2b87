/**
 * From Microsoft's cloud to parsed records. Comes in: a connection and a reading. Goes out: a page of records, or a
 * diagnosis. Read {@link dev.gatehouse.intake.Intake} first: it puts the parts together.
 */
@NullMarked
package dev.gatehouse.intake;

import org.jspecify.annotations.NullMarked;
