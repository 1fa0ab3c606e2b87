@NullMarked
package dev.gatehouse.intake.hunt;

import org.jspecify.annotations.NullMarked;
