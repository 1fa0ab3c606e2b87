/**
 * What a customer's people say about their own accounts, hosts and addresses: labels such as "backup servers", and
 * notes about a name. Comes in: labels and notes that people write, with why and until when. Goes out: which labels the names of vendor alerts have, for conditions of detection
 * rules and suppressions and for whoever reads an alert, and what follows from them for new alerts. What can go wrong: a label that nobody looks after any more; so it may
 * end by itself, and who said what when stays in its history. Read {@link dev.gatehouse.workbench.context.ContextLabels} first.
 */
@NullMarked
package dev.gatehouse.workbench.context;

import org.jspecify.annotations.NullMarked;
