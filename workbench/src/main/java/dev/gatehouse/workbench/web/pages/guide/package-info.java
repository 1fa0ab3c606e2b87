/**
 * The screens of the setup guide. Comes in: what is known of a customer's tenant, and an administrator's wish to check
 * or prepare it. Goes out: the guide with the customer's values, for the screen, for printing and as a script, and what
 * is confirmed of it. Goes wrong: a set-up that is filled in wrongly, one that is running already, and credentials that
 * do not work. Read {@link dev.gatehouse.workbench.web.pages.guide.GuidePages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.guide;

import org.jspecify.annotations.NullMarked;
