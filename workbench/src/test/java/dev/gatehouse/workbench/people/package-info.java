@NullMarked
package dev.gatehouse.workbench.people;

import org.jspecify.annotations.NullMarked;
