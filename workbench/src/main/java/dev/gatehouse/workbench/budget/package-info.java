/**
 * Plans how often each tenant's Microsoft is asked, below what Microsoft allows. Comes in: everybody who wants to ask, with
 * what for. Goes out: the right to ask now, or how long to wait; and what was spent, for people to see. Goes wrong: nothing.
 * Read {@link dev.gatehouse.workbench.budget.Budget} first.
 */
@NullMarked
package dev.gatehouse.workbench.budget;

import org.jspecify.annotations.NullMarked;
