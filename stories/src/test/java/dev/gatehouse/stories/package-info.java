/**
 * One class per promise to the user, told from the pretend cloud to the page on the screen, and the rules that hold the
 * house together. Comes in: the whole product and the simulator. Read the class names first.
 */
@NullMarked
package dev.gatehouse.stories;

import org.jspecify.annotations.NullMarked;
