/**
 * The resources of investigations and of what is in them. Comes in: what a program wants to be different. Goes out: the same
 * calls as from the pages. Goes wrong: what {@code investigations} refuses, and 409 with what happened when somebody was
 * faster. Read {@link dev.gatehouse.workbench.web.api.investigations.InvestigationResources} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.investigations;

import org.jspecify.annotations.NullMarked;
