/**
 * Signs in to a tenant as the customer's app registration. Comes in: a connection. Goes out: a token, or a diagnosis.
 * Read {@link dev.gatehouse.intake.signin.SignIn} first.
 */
@NullMarked
package dev.gatehouse.intake.signin;

import org.jspecify.annotations.NullMarked;
