/**
 * The commands about what was collected: vendor alerts, hunting queries, and records that could not be understood. Read
 * {@code VendorAlertList} first.
 */
@NullMarked
package dev.gatehouse.cli.records;

import org.jspecify.annotations.NullMarked;
