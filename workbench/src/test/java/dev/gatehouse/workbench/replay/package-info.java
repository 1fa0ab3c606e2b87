@NullMarked
package dev.gatehouse.workbench.replay;

import org.jspecify.annotations.NullMarked;
