/**
 * What changed from one version of a record to the next. Comes in: two texts of Microsoft's. Goes out: the differences in
 * words that an analyst reads. Goes wrong: a text that is not a JSON object counts as one without members. Read {@link
 * dev.gatehouse.workbench.versions.Differences} first.
 */
@NullMarked
package dev.gatehouse.workbench.versions;

import org.jspecify.annotations.NullMarked;
