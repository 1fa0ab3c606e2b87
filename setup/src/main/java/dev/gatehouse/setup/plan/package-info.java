/**
 * The words of a set-up, shared by all who plan it, carry it out and show it: how a tenant should look ({@code
 * Desired}), how it looks ({@code Present}), the difference ({@code Plan}), and how each part ended ({@code
 * Outcome}). Nothing here asks Microsoft. Read {@link dev.gatehouse.setup.plan.Part} and {@link
 * dev.gatehouse.setup.plan.Plan} first.
 */
@NullMarked
package dev.gatehouse.setup.plan;

import org.jspecify.annotations.NullMarked;
