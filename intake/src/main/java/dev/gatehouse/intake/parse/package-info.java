/**
 * Turns one record's text into the model. What cannot be understood is kept as unreadable, with the reason. Read
 * {@link dev.gatehouse.intake.parse.Parser} first.
 */
@NullMarked
package dev.gatehouse.intake.parse;

import org.jspecify.annotations.NullMarked;
