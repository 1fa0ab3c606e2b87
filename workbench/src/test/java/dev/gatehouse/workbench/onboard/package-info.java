/** Tests of {@code workbench.onboard}, against a pretend tenant. */
@NullMarked
package dev.gatehouse.workbench.onboard;

import org.jspecify.annotations.NullMarked;
