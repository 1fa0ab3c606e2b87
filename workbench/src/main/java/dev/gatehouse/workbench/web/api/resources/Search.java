package dev.gatehouse.workbench.web.api.resources;

import java.util.Optional;

/**
 * How {@code flag[search]} looks for a text. In each statement {@code {pattern}} is a pattern that contains the text, and
 * {@code {text}} the text itself.
 *
 * @param condition that a row has it, with {@code {r}} for the row
 * @param index a statement that gives the keys of rows that have it, in the order of the key's columns and more than {@code {most}}
 *     when there may be more; empty when the condition is cheap enough
 */
record Search(String condition, Optional<String> index) {}
