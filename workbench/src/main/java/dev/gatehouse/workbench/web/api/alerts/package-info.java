/**
 * The resources of alerts, which the API calls {@code expel_alerts}, and of their histories. Comes in: what a program wants to
 * be different. Goes out: the same calls as from the pages. Goes wrong: what {@code alerts} refuses, and 409 with what happened
 * when somebody was faster. Read {@link dev.gatehouse.workbench.web.api.alerts.AlertResources} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.alerts;

import org.jspecify.annotations.NullMarked;
