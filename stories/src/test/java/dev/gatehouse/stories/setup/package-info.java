/**
 * The set-up of a customer's tenant, told over real HTTPS against the simulator's directory. Comes in: a tenant in some
 * state. Goes out: the tenant as the guide wants it. Read {@link dev.gatehouse.stories.setup.CleanTenantTest} first.
 */
@NullMarked
package dev.gatehouse.stories.setup;

import org.jspecify.annotations.NullMarked;
