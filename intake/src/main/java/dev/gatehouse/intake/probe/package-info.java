/**
 * Tries a connection step by step before it is saved, and says which step fails and why. Read
 * {@link dev.gatehouse.intake.probe.ConnectionTest} first.
 */
@NullMarked
package dev.gatehouse.intake.probe;

import org.jspecify.annotations.NullMarked;
