/**
 * Organizations, who may come in, and who may do what. Comes in: requests. Goes out: the same requests with a known {@link
 * dev.gatehouse.workbench.people.Account} or {@link dev.gatehouse.workbench.people.ApiToken} behind them, or a refusal.
 * What can go wrong: hosts that are not ours ({@link dev.gatehouse.workbench.people.FrontDoorFilter}), wrong passwords
 * (slowed down by {@link dev.gatehouse.workbench.people.GuessingGuard}), unknown tokens, roles that do not suffice; the
 * {@link dev.gatehouse.workbench.people.SecurityLog} tells of it. Read {@link
 * dev.gatehouse.workbench.people.Role} first, with its table of rights, and {@link
 * dev.gatehouse.workbench.people.OpenAddresses}, which opens each address with one of them.
 */
@NullMarked
package dev.gatehouse.workbench.people;

import org.jspecify.annotations.NullMarked;
