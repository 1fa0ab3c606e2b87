@NullMarked
package dev.gatehouse.workbench.suppressions;

import org.jspecify.annotations.NullMarked;
