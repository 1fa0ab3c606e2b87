/**
 * The screens on collecting: the ledger, the request budget, quarantine, replays, reconciliation, unreadable records
 * and processes. Comes in: filters, and orders to try or read something again. Goes out: what was asked of Microsoft
 * and what became of it. Goes wrong: times that are none, which the page says beside the filter, and windows or records
 * that are gone. Read {@link dev.gatehouse.workbench.web.pages.collection.LedgerPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.collection;

import org.jspecify.annotations.NullMarked;
