/**
 * Suppressions: which new alerts are closed at once because people have said so, with the reason, an owner and an end. Comes in:
 * a condition in CEL over the facts of detection rules, typed or as YAML. Goes out: the answer to every alert that is made,
 * and what a condition would have closed of the last 30 days. Goes wrong: a text that is no condition, refused with line and
 * column; a condition that fails, which closes nothing. Read {@link dev.gatehouse.workbench.suppressions.Suppressions} first.
 */
@NullMarked
package dev.gatehouse.workbench.suppressions;

import org.jspecify.annotations.NullMarked;
