@NullMarked
package dev.gatehouse.intake.graph;

import org.jspecify.annotations.NullMarked;
