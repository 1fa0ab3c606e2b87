/**
 * The resource of vendor alerts. Comes in: filters, and ids of a directory and an alert. Goes out: documents in the
 * attributes of the known product, with Microsoft's own words and the original text. Goes wrong: filters with words
 * that there are not, and ids that lead nowhere. Read {@link dev.gatehouse.workbench.web.api.vendor.VendorAlertResources}
 * first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.vendor;

import org.jspecify.annotations.NullMarked;
