/**
 * The pages about investigations and incidents: the list, one of them in sections, the forms that change it, and its report.
 * Comes in: addresses and forms. Goes out: pages. Goes wrong: what somebody typed cannot be saved, or somebody else was
 * faster; then the page says so and what was typed still stands in the form. Read {@link
 * dev.gatehouse.workbench.web.pages.investigations.InvestigationPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.investigations;

import org.jspecify.annotations.NullMarked;
