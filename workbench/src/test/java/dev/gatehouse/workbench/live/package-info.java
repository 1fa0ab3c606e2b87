@NullMarked
package dev.gatehouse.workbench.live;

import org.jspecify.annotations.NullMarked;
