package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.VendorAlert;

/**
 * A vendor alert that a rule has to take, or must not.
 *
 * @param alert the example, with what it left out filled in
 * @param isMatch whether the rule has to take it
 * @param text as it stands in the rule, as JSON
 * @param line of the YAML where it begins, from 1
 * @param column of the YAML, from 1
 */
public record Example(VendorAlert alert, boolean isMatch, String text, int line, int column) {}
