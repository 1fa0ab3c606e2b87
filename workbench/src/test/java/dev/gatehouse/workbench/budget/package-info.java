@NullMarked
package dev.gatehouse.workbench.budget;

import org.jspecify.annotations.NullMarked;
