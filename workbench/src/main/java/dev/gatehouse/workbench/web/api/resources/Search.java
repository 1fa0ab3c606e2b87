package dev.gatehouse.workbench.web.api.resources;

import java.util.Optional;

/**
 * How {@code flag[search]} looks for a text. In each statement {@code {pattern}} is a pattern that contains the text, and
 * {@code {text}} the text itself.
 *
 * @param condition that a row has it, with {@code {r}} for the row
 * @param index a statement that gives the key of rows that have it, by the names of its columns: as many as {@code {most}} or
 *     more when there may be others; empty when the condition is cheap enough
 */
record Search(String condition, Optional<String> index) {}
