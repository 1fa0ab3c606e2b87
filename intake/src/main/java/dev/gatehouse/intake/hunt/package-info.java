/**
 * Runs people's own hunting queries. Comes in: a connection and a query. Goes out: rows as text, or a diagnosis; never an
 * exception for what can be expected of a network. Read {@link dev.gatehouse.intake.hunt.Hunter} first.
 */
@NullMarked
package dev.gatehouse.intake.hunt;

import org.jspecify.annotations.NullMarked;
