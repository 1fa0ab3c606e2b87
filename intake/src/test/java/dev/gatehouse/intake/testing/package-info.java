/**
 * What the tests of this room share: a pretend Microsoft that answers over real HTTP, a clock that can be set, and the
 * folder with recorded answers. Read {@link dev.gatehouse.intake.testing.PretendMicrosoft} first.
 */
@NullMarked
package dev.gatehouse.intake.testing;

import org.jspecify.annotations.NullMarked;
