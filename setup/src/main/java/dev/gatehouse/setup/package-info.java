/**
 * Steps 1 and 2 of the provider's setup guide, done through Microsoft Graph. Comes in: the provider's profile,
 * the customer's tenant and an administrator's right to call Graph. Goes out: a plan of what differs, the plan
 * carried out, a verdict on drift, or everything taken away again. What can go wrong is a value for each part of
 * the plan: blocked by a missing role, refused by Microsoft, waiting for another part. Read {@link
 * dev.gatehouse.setup.Planner} and {@link dev.gatehouse.setup.Apply} first; what the parts are and how each is
 * made stands in {@code parts}.
 */
@NullMarked
package dev.gatehouse.setup;

import org.jspecify.annotations.NullMarked;
