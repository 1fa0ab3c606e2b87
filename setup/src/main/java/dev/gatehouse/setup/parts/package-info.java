/**
 * What a set-up consists of: one class for each part, which says how the part is read, planned, made and removed.
 * Comes in: the tenant's directory, what is wanted of it, and the journal. Goes out: the plan of a part, how
 * making it ended, or how to undo it. What can go wrong is a value for each part: refused by Microsoft, or
 * waiting for another part. Read {@link dev.gatehouse.setup.parts.SetupPart} first, then {@code GuestRole}, the
 * shortest part, and {@link dev.gatehouse.setup.parts.Provisioner}, the one loop by which every part is made.
 */
@NullMarked
package dev.gatehouse.setup.parts;

import org.jspecify.annotations.NullMarked;
