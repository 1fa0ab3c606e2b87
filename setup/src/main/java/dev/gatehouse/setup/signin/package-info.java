/**
 * Signs an administrator in. Comes in: a tenant and what the administrator wants to do. Goes out: a token that is held in
 * memory only, or the reason why there is none. Read {@link dev.gatehouse.setup.signin.AdminSignIn} first.
 */
@NullMarked
package dev.gatehouse.setup.signin;

import org.jspecify.annotations.NullMarked;
