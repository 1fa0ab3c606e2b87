@NullMarked
package dev.gatehouse.workbench.platform.postgres;

import org.jspecify.annotations.NullMarked;
