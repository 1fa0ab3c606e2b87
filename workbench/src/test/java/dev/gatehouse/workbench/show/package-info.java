@NullMarked
package dev.gatehouse.workbench.show;

import org.jspecify.annotations.NullMarked;
