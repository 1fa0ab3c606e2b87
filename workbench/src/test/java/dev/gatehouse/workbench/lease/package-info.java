@NullMarked
package dev.gatehouse.workbench.lease;

import org.jspecify.annotations.NullMarked;
