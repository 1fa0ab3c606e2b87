/**
 * The screens on vendor alerts and vendor incidents. Comes in: filters, and the ids that Microsoft gave. Goes out:
 * lists, everything about one record, its versions and its original text. Goes wrong: records of a strange shape, of
 * endless length, or that mean harm; what a page shows of them is cut and escaped, and the original can be downloaded.
 * Read {@link dev.gatehouse.workbench.web.pages.vendor.VendorAlertPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.vendor;

import org.jspecify.annotations.NullMarked;
