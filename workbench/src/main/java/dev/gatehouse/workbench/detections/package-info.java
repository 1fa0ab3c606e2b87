/**
 * Detection rules: what Microsoft's vendor alerts are made into. Comes in: a vendor alert and whose it is; rules as YAML
 * with conditions in CEL, shipped, from the data directory and from the database. Goes out: for every vendor alert one
 * {@link dev.gatehouse.workbench.detections.Decision}, with the rule, the severity and the reasons, and the hunting queries
 * of a rule with their values filled in. Goes wrong: a rule that is not understood, which is refused with line and column; a
 * condition that fails, which is passed over. Read {@link dev.gatehouse.workbench.detections.Rules} first.
 */
@NullMarked
package dev.gatehouse.workbench.detections;

import org.jspecify.annotations.NullMarked;
