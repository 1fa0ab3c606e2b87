/**
 * Microsoft Entra ID: whom tenants know, and the sign-in of applications. Comes in: a form with a credential. Goes out: a
 * signed token, or an error with its AADSTS code in Microsoft's words ({@link dev.gatehouse.simulator.entra.SignInError}).
 * Everything that can be wrong in a tenant can be broken and cured through
 * {@link dev.gatehouse.simulator.entra.TenantDirectory}. Read {@link dev.gatehouse.simulator.entra.TokenEndpoint} first.
 */
@NullMarked
package dev.gatehouse.simulator.entra;

import org.jspecify.annotations.NullMarked;
