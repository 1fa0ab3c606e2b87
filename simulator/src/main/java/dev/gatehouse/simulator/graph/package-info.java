/**
 * Microsoft Graph's security reading: {@code alerts_v2}, {@code incidents}, {@code runHuntingQuery}. Comes in: a request
 * with a token. Goes out: a page of records, rows, or an error in Microsoft's words
 * ({@link dev.gatehouse.simulator.graph.GraphErrorAnswer}). Where the contract is silent or undecided,
 * {@link dev.gatehouse.simulator.graph.GraphBehaviour} has a switch. Read
 * {@link dev.gatehouse.simulator.graph.GraphEndpoints} first.
 */
@NullMarked
package dev.gatehouse.simulator.graph;

import org.jspecify.annotations.NullMarked;
