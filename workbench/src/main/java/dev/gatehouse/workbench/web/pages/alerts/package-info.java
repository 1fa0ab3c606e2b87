/**
 * The screens on alerts, which analysts work on. Comes in: filters, and what people do. Goes out: the list, and all about one
 * alert. Goes wrong: somebody else was faster, or a form lacks something; both come back with what was typed. Read {@link
 * dev.gatehouse.workbench.web.pages.alerts.AlertPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.alerts;

import org.jspecify.annotations.NullMarked;
