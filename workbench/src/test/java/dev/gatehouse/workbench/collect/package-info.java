@NullMarked
package dev.gatehouse.workbench.collect;

import org.jspecify.annotations.NullMarked;
