/**
 * Turns one record's text into the model. What cannot be understood is kept as unreadable, with the reason. Read
 * {@link dev.gatehouse.intake.parse.Parser} first. {@link dev.gatehouse.intake.parse.RecordCache} remembers what reading
 * gave, for records that come again unchanged.
 */
@NullMarked
package dev.gatehouse.intake.parse;

import org.jspecify.annotations.NullMarked;
