/**
 * Investigations, and incidents, which are investigations that were promoted. Comes in: alerts that need more than a glance,
 * and what people find out, do and decide. Goes out: lists, one investigation with all that is in it, and its history. Goes
 * wrong: somebody else was faster ({@link dev.gatehouse.workbench.investigations.InvestigationChangedMeanwhile}), and an alert
 * that is in another investigation already. Read {@link dev.gatehouse.workbench.investigations.InvestigationActions} first.
 */
@NullMarked
package dev.gatehouse.workbench.investigations;

import org.jspecify.annotations.NullMarked;
