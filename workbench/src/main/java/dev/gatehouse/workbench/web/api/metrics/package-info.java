/**
 * The raw route of time metrics. Comes in: a range of time. Goes out: a line for each alert in it, with when what happened, in
 * the columns that known clients read. Goes wrong: times that are none. Read {@link
 * dev.gatehouse.workbench.web.api.metrics.ServiceMetricsApi} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.metrics;

import org.jspecify.annotations.NullMarked;
