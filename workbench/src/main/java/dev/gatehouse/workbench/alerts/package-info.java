/**
 * Alerts, which analysts work on: detection rules make them from vendor alerts, people take, close and explain them. Comes
 * in: vendor alerts that no rule has looked at, and what people do. Goes out: lists, one alert with what happened to it, and
 * counts. Goes wrong: somebody else was faster ({@link dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile}); what a rule
 * fails at waits and is tried again. What is kept no longer is removed ({@link
 * dev.gatehouse.workbench.alerts.AlertRemovalPart}). Read {@link dev.gatehouse.workbench.alerts.AlertMaking} first.
 */
@NullMarked
package dev.gatehouse.workbench.alerts;

import org.jspecify.annotations.NullMarked;
