/**
 * A stand-in for Microsoft's cloud: sign-in (Entra ID) and security data (Graph) of as many pretend tenants as asked for.
 * Comes in: settings and a seed. Goes out: addresses, a certificate authority to trust, tenants with their credentials.
 * It shares no code with the product. Read {@link dev.gatehouse.simulator.Simulator} first, and docs/simulator.md for
 * what it does not imitate.
 */
@NullMarked
package dev.gatehouse.simulator;

import org.jspecify.annotations.NullMarked;
