/**
 * The commands about detection rules. A running Workbench does the work, so that rules are understood in one place only. Read
 * {@code RulesCheck} first.
 */
@NullMarked
package dev.gatehouse.cli.detections;

import org.jspecify.annotations.NullMarked;
