@NullMarked
package dev.gatehouse.workbench.postgres;

import org.jspecify.annotations.NullMarked;
