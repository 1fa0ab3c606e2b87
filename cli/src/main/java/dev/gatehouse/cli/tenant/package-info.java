/**
 * The {@code gatehouse tenant} commands: what the setup guide asks of a customer's administrator, done through Microsoft
 * Graph. Comes in: options, an administrator who signs in. Goes out: a plan, what was done, JSON for programs, an exit
 * code. What goes wrong ends a command as a {@link dev.gatehouse.cli.tenant.TenantFailure}. Read
 * {@link dev.gatehouse.cli.tenant.TenantCommands} first.
 */
@NullMarked
package dev.gatehouse.cli.tenant;

import org.jspecify.annotations.NullMarked;
