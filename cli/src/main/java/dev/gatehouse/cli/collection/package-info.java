/**
 * The commands about how data is collected: replays, quarantined windows, the ledger, reconciliation and the
 * processes that share the work. Read {@code LedgerList} first, which is a list like the others.
 */
@NullMarked
package dev.gatehouse.cli.collection;

import org.jspecify.annotations.NullMarked;
