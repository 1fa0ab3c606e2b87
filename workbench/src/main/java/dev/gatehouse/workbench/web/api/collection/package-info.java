/**
 * The resources about collecting: poll windows, request budgets, quarantined windows, replays, reconciliations,
 * unreadable records and processes. Comes in: filters, and orders to read, compare or try something again. Goes out:
 * documents of what was asked of Microsoft and what became of it. Goes wrong: ranges that cannot be read, and ids that
 * lead nowhere. Read {@link dev.gatehouse.workbench.web.api.collection.PollWindowApi} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.collection;

import org.jspecify.annotations.NullMarked;
