/**
 * The one way to ask Graph something as a customer's application. Comes in: a connection and a request. Goes out: Graph's
 * answer, whatever its status, with the token that it was asked with. Goes wrong: the sign-in, or the network; both are values.
 * Read {@link dev.gatehouse.intake.graph.GraphClient} first.
 */
@NullMarked
package dev.gatehouse.intake.graph;

import org.jspecify.annotations.NullMarked;
