@NullMarked
package dev.gatehouse.workbench.rotation;

import org.jspecify.annotations.NullMarked;
