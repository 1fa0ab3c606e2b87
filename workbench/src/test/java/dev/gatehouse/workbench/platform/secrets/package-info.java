@NullMarked
package dev.gatehouse.workbench.platform.secrets;

import org.jspecify.annotations.NullMarked;
