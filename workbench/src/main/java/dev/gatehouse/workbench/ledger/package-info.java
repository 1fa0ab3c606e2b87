/**
 * Every window that Microsoft was asked for, and what became of it. Comes in: requests and their outcomes. Goes out: rows for
 * screens and the API. Read {@link dev.gatehouse.workbench.ledger.Ledger} first.
 */
@NullMarked
package dev.gatehouse.workbench.ledger;

import org.jspecify.annotations.NullMarked;
