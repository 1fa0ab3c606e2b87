/**
 * Dashboards: what came in, what became of it, how long that took, and which techniques it was about. Comes in: a range of days.
 * Goes out: numbers, each with the rows behind it, charts with the table that they draw, and tables to take away as CSV. Goes
 * wrong: nothing but a range that makes no sense, which is said. Read {@link
 * dev.gatehouse.workbench.web.pages.dashboards.AlertAnalysisPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.dashboards;

import org.jspecify.annotations.NullMarked;
