/**
 * The screens on security devices. Comes in: filters, forms and buttons of people who are signed in. Goes out: the list
 * and what opens over it, the steps for adding a device, and the details of one. Goes wrong: fields that are filled in
 * wrongly, and a device that somebody else has changed meanwhile; both bring the form again, with what was typed and
 * without secrets. Read {@link dev.gatehouse.workbench.web.pages.devices.DevicePages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.devices;

import org.jspecify.annotations.NullMarked;
