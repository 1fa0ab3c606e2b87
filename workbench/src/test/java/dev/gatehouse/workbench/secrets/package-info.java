@NullMarked
package dev.gatehouse.workbench.secrets;

import org.jspecify.annotations.NullMarked;
