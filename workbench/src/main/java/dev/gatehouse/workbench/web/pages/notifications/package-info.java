/**
 * The screens that say where notifications go, and what became of them. Comes in: what people type. Goes out: pages. Goes wrong: what
 * is typed is refused field by field, and stays in the form. Read {@link
 * dev.gatehouse.workbench.web.pages.notifications.IntegrationPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.notifications;

import org.jspecify.annotations.NullMarked;
