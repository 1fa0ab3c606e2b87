/**
 * Steps 1 and 2 of the provider's setup guide, done through Microsoft Graph. Comes in: the provider's profile, the
 * customer's tenant and an administrator's right to call Graph. Goes out: a plan of what differs, the plan made so, a
 * verdict on drift, or everything taken away again. What can go wrong is a value for each part of the plan: blocked by a
 * missing role, refused by Microsoft, waiting for another part. Read {@link dev.gatehouse.setup.Planner} first, then
 * {@link dev.gatehouse.setup.Apply} with {@code Making}, the one loop by which every part is made, and {@code Search},
 * which finds what is there.
 */
@NullMarked
package dev.gatehouse.setup;

import org.jspecify.annotations.NullMarked;
