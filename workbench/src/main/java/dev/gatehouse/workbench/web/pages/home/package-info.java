/**
 * The overview. Comes in: the address of the site. Goes out: how much is open, how the devices are, and what came last.
 * Goes wrong: nothing of its own; a Workbench without devices shows zeros. Read {@link
 * dev.gatehouse.workbench.web.pages.home.HomePage} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.home;

import org.jspecify.annotations.NullMarked;
