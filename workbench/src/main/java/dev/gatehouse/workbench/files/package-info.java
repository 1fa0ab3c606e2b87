/**
 * Files of investigations and of their actions. Comes in: what somebody uploads, as a stream. Goes out: the same bytes, as
 * chunks, and who uploaded what, in the history of the investigation. Goes wrong: a file that is larger than the setting
 * allows, a second upload, and an upload that breaks off, of which nothing stays. Read {@link
 * dev.gatehouse.workbench.files.Files} first.
 */
@NullMarked
package dev.gatehouse.workbench.files;

import org.jspecify.annotations.NullMarked;
