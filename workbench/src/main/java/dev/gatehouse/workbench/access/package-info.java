/**
 * Who may come in. Comes in: requests. Goes out: the same requests with a known {@link
 * dev.gatehouse.workbench.access.Account} or {@link dev.gatehouse.workbench.access.ApiToken} behind them, or a refusal.
 * What can go wrong: hosts that are not ours ({@link dev.gatehouse.workbench.access.FrontDoorFilter}), wrong passwords
 * (slowed down by {@link dev.gatehouse.workbench.access.GuessingGuard}), unknown tokens, roles that do not suffice; the
 * {@link dev.gatehouse.workbench.access.SecurityLog} tells of it. Read {@link
 * dev.gatehouse.workbench.access.SecurityRules} first: it holds all rules about addresses.
 */
@NullMarked
package dev.gatehouse.workbench.access;

import org.jspecify.annotations.NullMarked;
