/**
 * Dashboards: what came in and what became of it. Comes in: a range of days. Goes out: numbers, each with the rows behind it,
 * and tables to take away as CSV. Goes wrong: nothing but a range that makes no sense, which is said. Read {@link
 * dev.gatehouse.workbench.web.pages.dashboards.AlertAnalysisPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.dashboards;

import org.jspecify.annotations.NullMarked;
