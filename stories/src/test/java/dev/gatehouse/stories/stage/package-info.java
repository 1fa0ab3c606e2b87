/**
 * What stories need on stage: the pretend cloud, the product, a browser. Read {@link
 * dev.gatehouse.stories.stage.Browser} first.
 */
@NullMarked
package dev.gatehouse.stories.stage;

import org.jspecify.annotations.NullMarked;
