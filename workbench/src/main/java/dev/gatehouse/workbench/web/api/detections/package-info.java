/**
 * Detection rules for programs. Comes in: filters, and rules to be checked. Goes out: rules as resources, and what is wrong with
 * a text. Goes wrong: what the dialect refuses. Read {@code DetectionApi} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.detections;

import org.jspecify.annotations.NullMarked;
