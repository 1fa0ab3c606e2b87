/**
 * What programs see and write of notifications. Comes in: requests of programs. Goes out: JSON:API documents, by the engine in {@code
 * web.api.resources}. Goes wrong: what is refused is named by its attribute. Read {@code NotificationResources} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.notifications;

import org.jspecify.annotations.NullMarked;
