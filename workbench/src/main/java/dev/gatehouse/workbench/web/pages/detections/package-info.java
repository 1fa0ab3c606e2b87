/**
 * The pages on detection rules. Comes in: filters, a rule's text, a reason for switching it off. Goes out: screens, and changes
 * by way of {@code detections.RuleEditing}. Goes wrong: a rule that is refused, shown with line and column beside its text.
 * Read {@code RulePages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.detections;

import org.jspecify.annotations.NullMarked;
