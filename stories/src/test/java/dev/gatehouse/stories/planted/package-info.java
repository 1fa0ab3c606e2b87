/** Violations on purpose: they prove that the rules notice. */
@NullMarked
package dev.gatehouse.stories.planted;

import org.jspecify.annotations.NullMarked;
