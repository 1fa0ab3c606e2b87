/**
 * The screens. Comes in: requests of people who are signed in. Goes out: pages, written on the server and kept fresh by
 * asking for parts of them again. Goes wrong: addresses of things that do not exist, and forms that were filled in
 * wrongly; both are answered on the page. Read {@link dev.gatehouse.workbench.web.pages.DevicePages} first, then
 * {@link dev.gatehouse.workbench.web.pages.VendorAlertPages}.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages;

import org.jspecify.annotations.NullMarked;
